"""A first text that an import brings waits where an editor has begun the translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tests.importing.reimports.test_four_eyes import FRENCH, exported, upload, waiting
from tests.importing.reimports.test_pending import DOCUMENT
from tests.people import person
from troubleshooting.editing import (
    EditConflict,
    change_status,
    pending_of,
    publish_pending,
    save_pending,
    save_unfinished,
    unfinished,
)
from troubleshooting.models import Article, ArticleTranslation

pytestmark = pytest.mark.django_db

HALF = {"title": "L’horloge retarde", "problem": "Il est tard, dit-elle."}


@pytest.fixture
def ada():
    return person("reviewer", "ada")


@pytest.fixture
def article(tmp_path: Path, ada) -> Article:
    upload(tmp_path, ada, "Wait.", form=DOCUMENT)
    return Article.objects.get()


def begin(article: Article, author, texts: dict = HALF) -> None:
    save_unfinished(article=article, language="fr", texts=texts, source_language="en",
                    author=author)  # fmt: skip


def bring(folder: Path, author, words: str, form: str = FRENCH) -> list[str]:
    return upload(folder, author, words, form=form, name="hall.fr.md")


def of_product(words: str) -> str:
    return exported(words).replace("language: en", "language: fr")


@pytest.mark.parametrize("is_exported", [False, True])
def test_both_are_kept(tmp_path, ada, is_exported: bool):
    form = exported("Wait.") if is_exported else DOCUMENT
    upload(tmp_path, ada, "Wait.", form=form, name="clock.md" if is_exported else "hall.en.md")
    article = Article.objects.get()
    begin(article, ada)
    said = of_product("Attendez.") if is_exported else FRENCH
    assert bring(tmp_path, ada, "Attendez.", said) == ["waiting"]
    assert not ArticleTranslation.objects.filter(language="fr").exists()
    assert unfinished(article, "fr").texts["problem"] == HALF["problem"]
    assert waiting("fr") == "Attendez."
    assert Article.objects.count() == 1


def test_the_document_goes_on_waiting_with_its_changes(tmp_path, ada, article):
    begin(article, ada)
    assert bring(tmp_path, ada, "Attendez.") == ["waiting"]
    assert bring(tmp_path, ada, "Attendez une heure.") == ["waiting"]
    assert waiting("fr") == "Attendez une heure."


def test_what_was_begun_waits_beside_the_text_that_is_published(tmp_path, ada, article):
    lea = person("author", "lea")
    begin(article, lea)
    bring(tmp_path, ada, "Attendez.")
    publish_pending(pending_of(article, "fr", "import"), user=ada)
    assert ArticleTranslation.objects.get(language="fr").resolution == "Attendez."
    assert unfinished(article, "fr") is None
    left = pending_of(article, "fr")
    assert (left.author, left.state, left.texts["problem"]) == (lea, "writing", HALF["problem"])
    with pytest.raises(EditConflict):  # a half text never takes the place of a whole one
        publish_pending(left, user=ada)


def test_so_it_is_without_a_title(tmp_path, ada, article):
    begin(article, ada, {"cause": "La pile."})
    bring(tmp_path, ada, "Attendez.")
    publish_pending(pending_of(article, "fr", "import"), user=ada)
    publish_pending(pending_of(article, "fr"), user=ada)
    text = ArticleTranslation.objects.get(language="fr")
    assert (text.cause, text.resolution) == ("La pile.", "Attendez.")


def test_a_third_text_is_decided_about_first(tmp_path, ada, article):
    begin(article, ada)
    bring(tmp_path, ada, "Attendez.")
    save_pending(article=article, language="fr", texts={**HALF, "cause": "La pile."}, author=ada,
                 base_revision=0)  # fmt: skip
    with pytest.raises(ValidationError, match="décidez d’abord"):
        publish_pending(pending_of(article, "fr", "import"), user=ada)
    assert not ArticleTranslation.objects.filter(language="fr").exists()
    publish_pending(pending_of(article, "fr"), user=ada, accepted={"resolution-1"})
    assert pending_of(article, "fr").texts["problem"] == HALF["problem"]


def test_an_article_that_readers_do_not_see_keeps_both_too(tmp_path, ada, article):
    change_status(article, "archive", user=ada)
    begin(article, ada)
    assert bring(tmp_path, ada, "Attendez.") == ["waiting"]
    assert (unfinished(article, "fr") is not None, waiting("fr")) == (True, "Attendez.")
