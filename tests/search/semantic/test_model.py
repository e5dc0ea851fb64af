"""What a folder has to hold, what its files may say, and what is said of one that is no model."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from benchmarks.material import semantic_model
from troubleshooting.operation.semantics import in_words, remedy
from troubleshooting.search.semantic import loading
from troubleshooting.search.semantic.problems import FILES, UnusableModel
from troubleshooting.search.semantic.static_model import StaticModel

from .conftest import write_model

ONE, OTHER = [1.0, 0.0], [0.0, 1.0]


def small(folder: Path, **tensors) -> Path:
    """A model of the words ``red`` and ``blue``, each an axis."""
    semantic_model.write(folder, {"[UNK]": 0, "red": 1, "blue": 2}, np.array([ONE, ONE, OTHER]))
    if tensors:
        semantic_model.write_tensors(folder / FILES[2], tensors)
    return folder


@pytest.mark.parametrize(
    ("text", "vector"),
    [
        ("red", [1, 0]),
        ("RED Réd", [1, 0]),
        ("red blue", [0.7071, 0.7071]),
        ("red red blue", [0.8944, 0.4472]),
        ("red zebra", [1, 0]),
        ("zebra", [0, 0]),
        ("", [0, 0]),
        ("\x00 \ud800", [0, 0]),
    ],
)
def test_a_text_is_the_mean_of_what_is_known_of_it(tmp_path, text, vector):
    (made,) = StaticModel(small(tmp_path)).encode([text])
    assert made == pytest.approx(vector, abs=1e-4)


def test_tokens_may_be_weighed_and_share_rows(tmp_path):
    folder = small(
        tmp_path,
        embeddings=np.array([ONE, OTHER]),
        weights=np.array([1.0, 3.0, 4.0]),
        mapping=np.array([0, 0, 1]),
    )
    (made,) = StaticModel(folder).encode(["red blue"])
    assert made == pytest.approx([0.6, 0.8], abs=1e-4)


def test_only_so_many_tokens_count(tmp_path):
    folder = small(tmp_path)
    (folder / "config.json").write_text(json.dumps({"max_length": 2}))
    (made,) = StaticModel(folder).encode(["red red blue blue blue"])
    assert made == pytest.approx([1, 0], abs=1e-4)


@pytest.mark.parametrize("length", [None, 0, -1, "2", 2.5])
def test_a_length_that_is_none_cuts_nothing(tmp_path, length):
    folder = small(tmp_path)
    (folder / "config.json").write_text(json.dumps({"max_length": length}))
    (made,) = StaticModel(folder).encode(["red red blue"])
    assert made == pytest.approx([0.8944, 0.4472], abs=1e-4)


def test_tokens_that_frame_a_text_are_none_of_it(tmp_path):
    """Tokenizers of larger models put a token before each text, whatever it says."""
    folder = small(tmp_path)
    path = folder / "tokenizer.json"
    text = [{"Sequence": {"id": "A", "type_id": 0}}]
    framed = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, *text]
    token = {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}
    framing = {"single": framed, "pair": framed, "special_tokens": {"[CLS]": token}}
    tokenizer = json.loads(path.read_text())
    tokenizer["post_processor"] = {"type": "TemplateProcessing", **framing}
    path.write_text(json.dumps(tokenizer))
    (made,) = StaticModel(folder).encode(["red"])
    assert made == pytest.approx([1, 0], abs=1e-4)


def test_a_number_that_is_none_says_nothing(tmp_path):
    folder = small(tmp_path, embeddings=np.array([ONE, [np.nan, 2.0], [np.inf, 1.0]]))
    made = StaticModel(folder).encode(["red", "blue"])
    assert np.isfinite(made).all()


def test_another_model_has_another_digest(tmp_path):
    folder = small(tmp_path)
    before = StaticModel(folder).digest
    assert StaticModel(folder).digest == before
    (folder / "config.json").write_text("{}")
    assert StaticModel(folder).digest != before


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def _header(text: str):
    said = text.encode()
    return lambda path: path.write_bytes(struct.pack("<Q", len(said)) + said)


WRONG = {
    "no tokenizer": ("tokenizer.json", Path.unlink, "missing"),
    "no settings": ("config.json", Path.unlink, "missing"),
    "no vectors": ("model.safetensors", Path.unlink, "missing"),
    "tokenizer of nothing": ("tokenizer.json", lambda path: path.write_text("{}"), "format"),
    "settings are a list": ("config.json", lambda path: path.write_text("[]"), "format"),
    "settings are no text": (
        "config.json",
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        "format",
    ),
    "empty": ("model.safetensors", lambda path: path.write_bytes(b""), "format"),
    "eight bytes": ("model.safetensors", lambda path: path.write_bytes(b"\xff" * 8), "format"),
    "cut": ("model.safetensors", _cut, "matrix"),
    "a pickle": (
        "model.safetensors",
        lambda path: path.write_bytes(b"\x80\x04\x95" * 90),
        "format",
    ),
    "a page": ("model.safetensors", lambda path: path.write_text("<html>" * 90), "format"),
    "header is a list": ("model.safetensors", _header("[]"), "format"),
    "no tensor": ("model.safetensors", _header("{}"), "matrix"),
    "another name": (
        "model.safetensors",
        lambda path: semantic_model.write_tensors(path, {"head": np.array([ONE, ONE, OTHER])}),
        "matrix",
    ),
    "a shape that lies": (
        "model.safetensors",
        _header('{"embeddings":{"dtype":"F32","shape":[3,2],"data_offsets":[0,4]}}'),
        "format",
    ),
    "a negative shape": (
        "model.safetensors",
        _header('{"embeddings":{"dtype":"F32","shape":[-3,-2],"data_offsets":[0,24]}}'),
        "format",
    ),
    "before the file": (
        "model.safetensors",
        _header('{"embeddings":{"dtype":"F32","shape":[3,2],"data_offsets":[-24,0]}}'),
        "format",
    ),
    "numbers of a kind that numpy lacks": (
        "model.safetensors",
        _header('{"embeddings":{"dtype":"BF16","shape":[3,2],"data_offsets":[0,12]}}'),
        "matrix",
    ),
    "one dimension": (
        "model.safetensors",
        lambda path: semantic_model.write_tensors(path, {"embeddings": np.array([1.0, 2.0])}),
        "matrix",
    ),
    "too few rows": (
        "model.safetensors",
        lambda path: semantic_model.write_tensors(path, {"embeddings": np.array([ONE, OTHER])}),
        "sizes",
    ),
    "a mapping beyond the rows": (
        "model.safetensors",
        lambda path: semantic_model.write_tensors(
            path, {"embeddings": np.array([ONE, OTHER]), "mapping": np.array([0, 1, 7])}
        ),
        "sizes",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_model_that_is_none_is_told_in_words(tmp_path, settings, what, caplog):
    name, spoil, expected = WRONG[what]
    settings.SEMANTIC_MODEL = str(small(tmp_path))
    spoil(tmp_path / name)
    assert loading.opened() is None
    wrong = loading.problem()
    assert wrong is not None
    assert wrong.what == expected
    assert "SEMANTIC_MODEL" in in_words(wrong) or expected == "sizes"
    assert remedy(wrong)
    loading.opened()
    assert len(caplog.records) == 1


def test_a_folder_that_is_not_there_is_told(tmp_path, settings):
    settings.SEMANTIC_MODEL = str(tmp_path / "nowhere")
    assert "nowhere" in in_words(loading.problem())


def test_packages_that_are_not_there_are_told(model, monkeypatch):
    def no_package(name):
        raise ModuleNotFoundError(name, name="numpy")

    loading._opened.clear()
    monkeypatch.setattr(loading, "import_module", no_package)
    wrong = loading.problem()
    assert (wrong.what, wrong.detail) == ("packages", "numpy")
    assert "requirements-semantic.txt" in remedy(wrong)
    assert "numpy" in in_words(wrong)


def test_a_model_that_is_put_right_is_opened(tmp_path, settings):
    settings.SEMANTIC_MODEL = str(tmp_path / "model")
    assert isinstance(loading.problem(), UnusableModel)
    write_model(tmp_path / "model")
    assert loading.problem() is None
    assert loading.opened().size == 32
