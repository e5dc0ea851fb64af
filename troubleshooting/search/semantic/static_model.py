"""Static embeddings in the format of model2vec: a vector for each token; a text is their mean.

A folder holds ``tokenizer.json``, ``config.json`` and ``model.safetensors`` with a matrix
``embeddings`` of one row a token, perhaps with ``weights`` (one a token) and ``mapping`` (from
tokens to rows). The matrix is mapped, not read, so that processes share its pages and only the rows
that texts need are ever in memory. Nothing is fetched from anywhere. Imported only where a model
is named: it needs numpy and tokenizers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from .problems import FILES, UnusableModel

#: A text is its vector of this many numbers; every row has length 1, or 0 where nothing is known.
Vectors = npt.NDArray[np.float32]

_TOKENIZER, _CONFIG, _TENSORS = FILES
#: What is made of texts with a model; another number makes all vectors stale.
_VERSION = 1
#: Tokens of a text that count, unless the model says another number.
_LONGEST = 512
#: Characters that are given to the tokenizer for each token that counts.
_CHARACTERS = 12
_MOST_HEADER = 10_000_000
#: Numbers as safetensors names them.
_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I8": "i1", "I64": "<i8", "I32": "<i4"}
_MATRICES = ("embeddings", "embedding.weight")


class StaticModel:
    """A model, ready to make vectors; ``digest`` tells it from every other one."""

    def __init__(self, folder: Path) -> None:
        """Open the model in ``folder``. Raise ``UnusableModel``: what is wrong with its files."""
        for name in FILES:
            if not (folder / name).is_file():
                raise UnusableModel("missing", name)
        self._tokenizer = _tokenizer(folder / _TOKENIZER)
        config = _json(folder / _CONFIG)
        tensors = _tensors(folder / _TENSORS)
        self._matrix = _matrix(tensors)
        self._weights, self._mapping = tensors.get("weights"), tensors.get("mapping")
        self._unknown = _unknown_token(self._tokenizer)
        self._check_sizes()
        longest = config.get("max_length", _LONGEST)
        self._longest = longest if isinstance(longest, int) and longest > 0 else _LONGEST
        self.digest = _digest(folder)

    @property
    def size(self) -> int:
        """Return how many numbers a vector has."""
        return int(self._matrix.shape[1])

    def _check_sizes(self) -> None:
        """Raise ``UnusableModel``: a token of the tokenizer would have no vector or weight."""
        tokens = 1 + max(self._tokenizer.get_vocab().values(), default=-1)
        first = self._matrix if self._mapping is None else self._mapping
        held = [len(one) for one in (first, self._weights) if one is not None]
        if tokens == 0 or min(held) < tokens:
            raise UnusableModel("sizes", f"{min(held)} / {tokens}")
        places = (0, 0) if self._mapping is None else (self._mapping.min(), self._mapping.max())
        if places[0] < 0 or places[1] >= len(self._matrix):
            raise UnusableModel("sizes", f"{len(self._matrix)} / {places[1]}")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text, of length 1; of length 0 for one without a known token."""
        found = np.zeros((len(texts), self.size), dtype=np.float32)
        for place, text in enumerate(texts):
            if tokens := self._tokens(text):
                found[place] = self._mean(np.array(tokens))
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        made: Vectors = np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)
        return made

    def _tokens(self, text: str) -> list[int]:
        part = text[: self._longest * _CHARACTERS].encode(errors="replace").decode()
        found = self._tokenizer.encode(part, add_special_tokens=False).ids
        return [one for one in found[: self._longest] if one != self._unknown]

    def _mean(self, tokens: npt.NDArray[Any]) -> Vectors:
        places = tokens if self._mapping is None else self._mapping[tokens]
        rows = np.asarray(self._matrix[places], dtype=np.float32)
        if self._weights is not None:
            rows = rows * np.asarray(self._weights[tokens], dtype=np.float32)[:, None]
        mean: Vectors = np.nan_to_num(rows.mean(axis=0), posinf=0.0, neginf=0.0)
        return mean


def _tokenizer(path: Path) -> Tokenizer:
    try:
        made = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more precise
        raise UnusableModel("format", path.name) from error
    made.no_truncation()
    made.no_padding()
    return made


def _unknown_token(tokenizer: Tokenizer) -> int | None:
    """Return the token that stands for what the tokenizer does not know; it says nothing."""
    model = json.loads(tokenizer.to_str())["model"]
    name = model.get("unk_token")
    found = tokenizer.token_to_id(name) if name else model.get("unk_id")
    return found if isinstance(found, int) else None


def _matrix(tensors: dict[str, npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Return the vectors of all tokens. Raise ``UnusableModel``: there are none."""
    found = next((tensors[name] for name in _MATRICES if name in tensors), None)
    if found is None or found.ndim != 2:
        raise UnusableModel("matrix", _TENSORS)
    return found


def _json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableModel("format", path.name) from error
    if not isinstance(said, dict):
        raise UnusableModel("format", path.name)
    return said


class _Place(NamedTuple):
    """Where a tensor stands, and what it is."""

    kind: str
    shape: tuple[int, ...]
    start: int
    end: int


def _tensors(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the tensors of a safetensors file, mapped.

    The file begins with the length of a header in eight bytes, little end first, and the header in
    JSON: by name the type, the shape, and where in the rest of the file the numbers are.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > min(_MOST_HEADER, size - 8):
                raise ValueError("the header is longer than the file")
            header = json.loads(file.read(length))
        places = {
            name: _place(said, 8 + length) for name, said in header.items() if name[:2] != "__"
        }
        return {
            name: np.memmap(path, _TYPES[one.kind], "r", one.start, one.shape)
            for name, one in places.items()
            if one.kind in _TYPES and one.end <= size and _size(one.shape)
        }
    except UnusableModel:
        raise
    except Exception as error:  # of whatever kind: it is no such file
        raise UnusableModel("format", path.name) from error


def _place(header: dict[str, Any], start: int) -> _Place:
    """Return where a tensor is. Raise ``ValueError``: its shape and its bytes do not agree."""
    kind, shape = header["dtype"], tuple(map(int, header["shape"]))
    first, last = map(int, header["data_offsets"])
    if min((first, *shape)) < 0:
        raise ValueError("a shape is negative")
    if kind in _TYPES and last - first != _size(shape) * np.dtype(_TYPES[kind]).itemsize:
        raise ValueError("a shape does not fit its bytes")
    return _Place(kind, shape, start + first, start + last)


def _size(shape: tuple[int, ...]) -> int:
    """Return how many numbers a tensor has; numpy's own product would overflow."""
    size = 1
    for length in shape:
        size *= length
    return size


def _digest(folder: Path) -> str:
    made = hashlib.sha256(str(_VERSION).encode())
    for name in FILES:
        with (folder / name).open("rb") as file:
            made.update(hashlib.file_digest(file, "sha256").digest())
    return made.hexdigest()
