"""The write path: one save is the texts, a revision and everything derived, or nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from troubleshooting.deriving import derive
from troubleshooting.editing import EditConflict, restore_revision, save_translation
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    CodeCitation,
    CodeSpelling,
    ErrorCode,
    Revision,
    SearchText,
    Step,
    Symptom,
)

pytestmark = pytest.mark.django_db

TEXTS = {
    "title": "Horloge  fausse",
    "problem": "L’erreur **Heure invalide** et le code 0x80cf0437 apparaissent.",
    "resolution": "1. Réglez l’heure.\n2. Réessayez.",
}


@pytest.fixture
def article() -> Article:
    return Article.objects.create(slug="clock")


OPTIONS = ("base_revision", "size")


def save(article: Article, **texts):
    options = {name: texts.pop(name) for name in OPTIONS if name in texts}
    return save_translation(
        article=article,
        language="fr",
        texts={**TEXTS, **texts},
        **options,
        author=None,
        origin=Revision.Origin.EDITOR,
    )


def derived() -> list:
    models = (Symptom, Step, CodeCitation)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_save_stores_texts_revision_and_what_is_derived(article: Article):
    outcome = save(article)
    assert outcome.changed
    stored = ArticleTranslation.objects.get()
    assert stored.title == "Horloge fausse"
    assert stored.resolution == "1.  Réglez l’heure.\n2.  Réessayez."
    assert [r.number for r in stored.revisions.all()] == [1]
    assert [s.text for s in stored.symptoms.all()] == ["Heure invalide"]
    assert [s.anchor for s in stored.steps.all()] == ["resolution-1-step-1", "resolution-1-step-2"]
    assert [c.code.canonical for c in stored.citations.all()] == ["0x80CF0437"]
    assert stored.rendered.counts["steps"] == 2


def test_a_save_that_says_nothing_new_makes_no_revision(article: Article):
    save(article)
    before = derived()
    again = save(article, problem=TEXTS["problem"] + "\n")
    assert not again.changed
    assert Revision.objects.count() == 1
    assert derived() == before


def test_only_the_difference_is_written(article: Article):
    save(article)
    first = Step.objects.get(anchor="resolution-1-step-1")
    save(article, resolution="1. Réglez l’heure.\n2. Redémarrez.\n3. Réessayez.")
    assert Step.objects.get(anchor="resolution-1-step-1").pk == first.pk
    assert Step.objects.count() == 3


def test_a_revision_keeps_the_five_texts(article: Article):
    save(article)
    save(article, cause="La pile est vide.")
    newest, oldest = Revision.objects.order_by("-number")
    assert (oldest.cause, newest.cause) == ("", "La pile est vide.")
    assert newest.title == "Horloge fausse"


def test_deriving_again_changes_nothing(article: Article):
    save(article)
    before = derived()
    derive(ArticleTranslation.objects.get())
    call_command("rebuild_derived", verbosity=0)
    assert derived() == before


def test_a_code_is_one_row_with_its_spellings(article: Article):
    save(article, cause="Le journal dit -2133916617, ou 0x80CF0437.")
    assert ErrorCode.objects.count() == 1
    spellings = set(CodeSpelling.objects.values_list("text", flat=True))
    assert spellings == {"0x80CF0437", "0x80cf0437", "-2133916617"}


def test_a_title_is_one_line_and_keeps_its_no_break_spaces(article: Article):
    save(article, title=" 0x1, …\u00a0:\n  l’heure \u00a0")
    assert ArticleTranslation.objects.get().title == "0x1, …\u00a0: l’heure"


@pytest.mark.parametrize("title", ["", "   ", "x" * 301])
def test_a_title_is_needed_and_fits(article: Article, title: str):
    with pytest.raises(ValidationError):
        save(article, title=title)
    assert not ArticleTranslation.objects.exists()


def test_a_failed_save_leaves_nothing(article: Article, monkeypatch):
    monkeypatch.setattr("troubleshooting.deriving.rows.add_entries", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(article)
    assert not ArticleTranslation.objects.exists()
    assert not Revision.objects.exists()
    assert not Step.objects.exists()


def test_one_translation_per_article_and_language(article: Article):
    save(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleTranslation.objects.create(article=article, language="fr", title="Encore")


def test_one_row_per_code():
    ErrorCode.objects.create(canonical="0x80CF0437", kind="hex")
    with pytest.raises(IntegrityError), transaction.atomic():
        ErrorCode.objects.create(canonical="0x80CF0437", kind="hex")


def test_a_save_from_an_older_revision_is_a_conflict(article: Article):
    save(article)
    save(article, problem="Autre texte.", base_revision=1)
    with pytest.raises(EditConflict) as raised:
        save(article, problem="Encore un autre.", base_revision=1)
    conflict = raised.value
    assert conflict.base["problem"].startswith("L’erreur")
    assert (conflict.stored["problem"], conflict.typed["problem"]) == (
        "Autre texte.",
        "Encore un autre.",
    )
    assert conflict.revision == 2
    assert ArticleTranslation.objects.get().problem == "Autre texte."


def test_two_first_saves_are_a_conflict(article: Article):
    save(article, base_revision=0)
    with pytest.raises(EditConflict) as raised:
        save(article, problem="Autre.", base_revision=0)
    assert raised.value.base["problem"] == ""


def test_saying_the_same_twice_is_no_conflict(article: Article):
    save(article, base_revision=0)
    assert not save(article, base_revision=0).changed


def test_the_size_is_measured_unless_given(article: Article):
    save(article)
    save(article, problem=TEXTS["problem"].replace("apparaissent", "aparaissent"))
    save(article, size="major")
    assert list(Revision.objects.order_by("number").values_list("size", flat=True)) == [
        "major",
        "typo",
        "major",
    ]


def test_restoring_is_a_new_revision(article: Article):
    save(article)
    save(article, cause="La pile est vide.")
    first = Revision.objects.get(number=1)
    restore_revision(first, author=None, comment="Retour", base_revision=2)
    newest = Revision.objects.latest("number")
    assert (newest.number, newest.texts(), newest.comment) == (3, first.texts(), "Retour")


def test_an_internal_note_gives_nothing_but_its_html(article: Article):
    save(article, internal="Voir **0xDEADBEEF** et l’erreur « Très secret ».")
    text = ArticleTranslation.objects.get()
    assert "<strong>0xDEADBEEF</strong>" in text.rendered.internal
    assert not CodeCitation.objects.filter(code__canonical="0xDEADBEEF").exists()
    assert not Symptom.objects.filter(text__contains="secret").exists()
    assert "DEADBEEF" not in str(SearchText.objects.values())
