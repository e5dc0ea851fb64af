"""Which images a text names, and what a document means by a path."""

import pytest

from troubleshooting.texts.image_paths import NamedImage, named_images, path_of


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("media/a.png", "media/a.png"),
        ("./media/a%20b.png?raw=true#top", "media/a b.png"),
        ("media//x/../a.png", "media/a.png"),
        ("../media/a.png", "../media/a.png"),
        ("~/media/a.png", "/media/a.png"),
        ("media\\a.png", "media/a.png"),
        ("media/e\u0301cran.png", "media/écran.png"),
        ("https://example.org/a.png", ""),
        ("//example.org/a.png", ""),
        ("data:image/png;base64,AA", ""),
        ("//[", ""),
        ("media/%00.png", ""),
        ("a" * 400, ""),
        ("", ""),
    ],
)
def test_path_of(source, path):
    assert path_of(source) == path


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("No image.", []),
        ("![A *b*](x.png)", [NamedImage("x.png", "A *b*")]),
        ('1.  One\n\n    ![A](<x y.png> "Title")', [NamedImage("x%20y.png", "A")]),
        ("| ![A](x.png) |\n| --- |\n| ![B](y.png) |", [
            NamedImage("x.png", "A"), NamedImage("y.png", "B"),
        ]),
        ('<IMG alt="A" src=x.png>', [NamedImage("x.png", "A")]),
        ("Text <img src='x.png' alt='A b'> text", [NamedImage("x.png", "A b")]),
        ("`![A](x.png)`\n\n```\n![B](y.png)\n```", []),
        ("\\![A](x.png)", []),
    ],
)  # fmt: skip
def test_named_images(text, named):
    assert named_images(text) == named
