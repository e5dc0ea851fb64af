"""What is exported comes back: as equal content, into the same base and into an empty one."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.test_entries import FIXTURES, SUPPLIED, needs_supplied
from tests.pictures import picture
from troubleshooting.docfx import DocumentError
from troubleshooting.docfx.source import decode
from troubleshooting.editing import save_translation
from troubleshooting.exporting import Selection, write_archive
from troubleshooting.importing import Outcome, import_paths
from troubleshooting.interchange import (
    ArticleFile,
    Origin,
    digest_of,
    read_article,
    write_article,
)
from troubleshooting.markup import canonical
from troubleshooting.media import store_image
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    MediaImage,
    Platform,
    Revision,
    SourceDocument,
    SourceImage,
)

SECTIONS = ("problem", "cause", "resolution", "other", "internal")
#: Lines that a text may hold and that mean something in a file.
MEANINGFUL = st.sampled_from(
    [
        "<!-- section: problem -->",
        "<!-- section-2: cause -->",
        "<!-- section: internal -->",
        "---",
        "```",
        "    <!-- section: other -->",
        "\ufeff",
        "a\r\nb",
        "> quoted",
        "1. one",
        "",
    ]
)
LINE = st.one_of(MEANINGFUL, st.text(max_size=8))
TEXT = st.one_of(st.text(max_size=30), st.lists(LINE, max_size=10).map("\n".join))


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(SECTIONS, TEXT)), st.text(min_size=1), TEXT)
def test_any_canonical_text_comes_back_equal(sections: dict[str, str], title: str, words: str):
    texts = {name: canonical(text) for name, text in sections.items()}
    texts["title"] = " ".join(title.split()) or "?"
    origin = Origin("guide", "fr", "Guide", attribution=words, anchors=[words], codes=[])
    file = ArticleFile("slug", "fr", texts, owner=words, origins=[origin])
    back = read_article(decode(write_article(file).replace("\0", "").encode()))
    assert {name: back.texts.get(name, "") for name in texts} == texts
    assert (back.owner, back.origins) == (words, [origin])
    assert back.digest == digest_of(texts)


BAD = [
    ("portal-article: 2\nslug: a\nlanguage: fr\ntitle: A\n", "portal_version", 2),
    ("portal-article: 1\nslug: ../a\nlanguage: fr\ntitle: A\n", "portal_field", 3),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: ' '\n", "portal_field", 5),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: A\nreviewed: soon\n", "portal_field", 6),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: A\nplatforms: [x]\n", "portal_field", 6),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: A\norigins: [x]\n", "portal_field", 6),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: [A\n", "front_matter_broken", 5),
]


@pytest.mark.parametrize(("header", "code", "line"), BAD)
def test_a_bad_field_is_named_with_its_line(header: str, code: str, line: int):
    with pytest.raises(DocumentError) as caught:
        read_article(f"---\n{header}---\n")
    assert (caught.value.code, caught.value.line) == (code, line)


HEADER = "---\nportal-article: 1\nslug: a\nlanguage: fr\ntitle: A\n---\n"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Lost words.\n", "portal_body"),
        ("<!-- section: reason -->\n", "portal_section"),
        ("<!-- section: cause -->\n<!-- section: cause -->\n", "portal_section"),
    ],
)
def test_no_line_outside_of_a_section_is_lost_in_silence(body: str, code: str):
    with pytest.raises(DocumentError) as caught:
        read_article(HEADER + body)
    assert caught.value.code == code


def export(path: Path, **options) -> bytes:
    with path.open("wb") as target:
        write_archive(target, Selection(Article.objects.all(), **options))
    return path.read_bytes()


def outcomes(*paths: Path) -> set[str]:
    """How the articles of an import ended; no document may fail."""
    run = import_paths([str(path) for path in paths])
    assert not run.failed, [d.messages for d in run.documents if d.messages]
    return {article.outcome for document in run.documents for article in document.articles}


def empty() -> None:
    """Leaves the base as it was before the first import."""
    for model in (Article, SourceDocument, SourceImage, MediaImage, Platform):
        model.objects.all().delete()


def contents() -> dict:
    """What readers and editors see of the texts, without what a base numbers for itself."""
    texts = ArticleTranslation.objects.select_related("article", "rendered")
    return {
        (text.article.slug, text.language): (
            text.texts(),
            text.article.kind,
            text.article.status,
            text.article.audience,
            sorted(text.article.platforms.values_list("slug", "name")),
            text.source_language,
            text.rendered.counts,
            [step.anchor for step in text.steps.all()],
        )
        for text in texts
    }


def check_both_ways(folder: Path) -> None:
    """Export; import into the same base; empty it; import again; export the same bytes."""
    before, first = contents(), export(folder / "first.zip")
    assert outcomes(folder / "first.zip") == {Outcome.UNCHANGED}
    assert Revision.objects.count() == len(before)
    empty()
    assert outcomes(folder / "first.zip") == {Outcome.CREATED}
    assert contents() == before
    assert export(folder / "second.zip") == first


@pytest.mark.django_db
def test_all_articles_of_the_fixtures_come_back(tmp_path: Path):
    import_paths([str(FIXTURES)])
    check_both_ways(tmp_path)
    assert SourceDocument.objects.count() == 2
    document = SourceDocument.objects.get(language="fr")
    assert document.licence
    assert document.attribution


@needs_supplied
@pytest.mark.django_db
def test_all_articles_of_the_supplied_document_come_back(tmp_path: Path):
    import_paths([str(SUPPLIED)])
    check_both_ways(tmp_path)
