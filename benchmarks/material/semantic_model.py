"""A small semantic model made of texts alone, in the format of model2vec, with nothing but numpy.

Words that stand in the same contexts get like vectors: positive pointwise mutual information of
words and contexts, reduced by a randomised singular value decomposition (Halko et al. 2011) and
weighed by the frequency of words (Arora et al. 2017). It knows no more than the texts say; a model
trained on more does better.
"""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from .corpus import Section

_UNKNOWN = "[UNK]"
_SEED = 11
#: Words that stand in fewer contexts say nothing; and how many there are at most.
_RAREST, _MOST_WORDS = 2, 8000
_FREQUENT = 1e-3

Matrix = npt.NDArray[np.float32]


def make(folder: Path, contexts: Sequence[str], size: int = 200) -> None:
    """Write a model with vectors of ``size`` numbers, made of ``contexts``, into ``folder``."""
    tokenizer = _tokenizer({_UNKNOWN: 0})
    said = [_words(tokenizer, one) for one in contexts]
    counted = Counter(word for words in said for word in set(words))
    common = [w for w, n in counted.most_common(_MOST_WORDS) if n >= _RAREST]
    vocabulary = {_UNKNOWN: 0} | {word: place for place, word in enumerate(sorted(common), 1)}
    write(folder, vocabulary, _vectors(said, vocabulary, size))


def contexts_of(sections: Sequence[Section]) -> list[str]:
    """Return what belongs together: each section of documents, in all its languages."""
    return [
        "\n".join(
            piece.text
            for language, title in one.titles.items()
            for piece in (title, *one.paragraphs[language])
        )
        for one in sections
    ]


def write(folder: Path, vocabulary: dict[str, int], vectors: npt.NDArray[np.floating]) -> None:
    """Write the files of a model whose tokens are words, in lower case and without accents."""
    folder.mkdir(parents=True, exist_ok=True)
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    config = {"model_type": "model2vec", "normalize": True, "hidden_dim": vectors.shape[1]}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    write_tensors(folder / "model.safetensors", {"embeddings": vectors.astype("<f4")})


def write_tensors(path: Path, tensors: dict[str, npt.NDArray[np.generic]]) -> None:
    """Write a safetensors file of numbers of four bytes."""
    header, data = {}, b""
    for name, one in tensors.items():
        kind = "F32" if one.dtype.kind == "f" else "I32"
        raw = one.astype("<f4" if kind == "F32" else "<i4").tobytes()
        places = [len(data), len(data) + len(raw)]
        header[name] = {"dtype": kind, "shape": list(one.shape), "data_offsets": places}
        data += raw
    said = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(said)) + said + data)


def _tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    made = Tokenizer(models.WordLevel(vocabulary, unk_token=_UNKNOWN))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def _words(tokenizer: Tokenizer, text: str) -> list[str]:
    """Return the words of a text as the model will read them."""
    plain = tokenizer.normalizer.normalize_str(text)
    found = (word for word, _place in tokenizer.pre_tokenizer.pre_tokenize_str(plain))
    return [word for word in found if len(word) > 1 and not word.isdigit()]


def _vectors(said: Sequence[Sequence[str]], vocabulary: dict[str, int], size: int) -> Matrix:
    counts = np.zeros((len(vocabulary), len(said)), dtype=np.float32)
    for place, words in enumerate(said):
        for word, times in Counter(words).items():
            if row := vocabulary.get(word, 0):
                counts[row, place] = 1 + np.log(times)
    by_word, by_context = counts.sum(axis=1), counts.sum(axis=0)
    total = float(counts.sum())
    expected = np.outer(by_word, by_context / total) + 1e-9
    with np.errstate(divide="ignore"):
        counts = np.maximum(0, np.log(counts / expected)).astype(np.float32)
    axes, strengths = _decompose(counts, min(size, *counts.shape))
    share = by_word / total
    weight = _FREQUENT / (_FREQUENT + share)
    found: Matrix = axes * np.sqrt(strengths) * weight[:, None]
    found[0] = 0
    return found


def _decompose(matrix: Matrix, size: int) -> tuple[Matrix, Matrix]:
    """Return the left singular vectors and the singular values, nearly."""
    random = np.random.default_rng(_SEED)
    basis = matrix @ random.standard_normal((matrix.shape[1], size + 8)).astype(np.float32)
    for _ in range(3):
        basis, _triangle = np.linalg.qr(basis)
        basis = matrix @ (matrix.T @ basis)
    basis, _triangle = np.linalg.qr(basis)
    left, strengths, _right = np.linalg.svd(basis.T @ matrix, full_matrices=False)
    return (basis @ left[:, :size]), strengths[:size]
