"""The trash: nothing is left where anybody looks, and all of it comes back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import CASCADE
from django.utils import timezone

from tests.people import person
from tests.web.content import BILINGUAL
from troubleshooting.editing import (
    restore_article,
    save_pending,
    save_unfinished,
    trash_articles,
    update_article,
)
from troubleshooting.editing.whole.trash import CONTENTS
from troubleshooting.models import (
    Article,
    EditingPresence,
    ErrorReport,
    FormerAddress,
    FormReceipt,
    GapReport,
    Incident,
    MediaImage,
    Outcome,
    SearchCode,
    SearchEntry,
    SearchMessage,
    SharedCall,
    SourceDocument,
    StatusChange,
    TrashedArticle,
)

pytestmark = pytest.mark.django_db
#: Asked again, made anew, or over soon.
NOT_KEPT = {
    EditingPresence,
    FormReceipt,
    Incident.articles.through,
    SearchCode,
    SearchEntry,
    SearchMessage,
    SharedCall,
}


@pytest.fixture
def administrator(db):
    return person("administrator")


@pytest.fixture
def article(portal, administrator) -> Article:
    """Return a published article to which everything belongs that can."""
    found = Article.objects.get(slug=BILINGUAL)
    update_article(found, slug="elsewhere")
    text = found.translations.get(language="fr")
    save_pending(article=found, language="fr", texts={**text.texts(), "cause": "Autre."},
                 author=administrator, comment="", base_revision=text.revision_number)  # fmt: skip
    save_unfinished(article=found, language="de", texts={"title": "Begonnen"},
                    source_language="fr", author=administrator)  # fmt: skip
    StatusChange.objects.create(article=found, before="draft", after="published")
    Outcome.objects.create(article=found, language="fr", revision_number=1, verdict="solved")
    ErrorReport.objects.create(article=found, language="fr", revision_number=1, comment="Faux.")
    GapReport.objects.create(article=found, subject="plafond", key="plafond")
    return found


def everything() -> dict:
    """Return the rows that belong to articles, without their own keys."""
    return {
        model.__name__: sorted(
            (
                tuple(str(row[name]) for name in sorted(row) if not name.endswith("id"))
                for row in model._base_manager.values()
            ),
        )
        for model, _path in CONTENTS
    }


def test_every_relation_to_an_article_is_kept_or_said_not_to_be():
    relations = {
        relation.related_model
        for model in (Article,)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and getattr(relation, "on_delete", None) is CASCADE
    }
    own = {Article.platforms.through}
    assert relations - own == {model for model, path in CONTENTS if path == "article"} | NOT_KEPT


def test_what_is_trashed_is_gone_and_comes_back_whole(article, administrator, client):
    before, key = everything(), article.pk
    platforms = set(article.platforms.values_list("slug", flat=True))
    page = client.get("/fr/articles/elsewhere/").content
    [trashed] = trash_articles([article], user=administrator)
    for address in ("elsewhere", BILINGUAL):
        assert client.get(f"/fr/articles/{address}/").status_code == 404
    assert not Article.objects.filter(pk=key).exists()
    assert everything() != before

    restored = restore_article(trashed, user=administrator)
    assert everything() == before
    assert (restored.pk, restored.status) == (key, "published")
    assert set(restored.platforms.values_list("slug", flat=True)) == platforms
    assert client.get(f"/fr/articles/{BILINGUAL}/").headers["Location"].endswith("/elsewhere/")
    assert GapReport.objects.get().article == restored
    assert SearchEntry.objects.filter(article=key).count() == 2
    again = client.get("/fr/articles/elsewhere/").content
    assert len(again) == pytest.approx(len(page), abs=200)
    assert not TrashedArticle.objects.exists()


def test_what_took_its_place_meanwhile_stays(article, administrator):
    [trashed] = trash_articles([article], user=administrator)
    taken = Article.objects.create(slug="elsewhere")
    FormerAddress.objects.create(slug=BILINGUAL, article=taken)
    SourceDocument.objects.all().delete()
    restored = restore_article(trashed, user=administrator)
    assert restored.slug == "elsewhere-2"
    assert not restored.former_addresses.exists()
    assert not restored.sources.exists()
    assert FormerAddress.objects.get(slug=BILINGUAL).article == taken


def test_only_an_administrator_empties_or_fills_it(article, administrator):
    reviewer = person("reviewer")
    with pytest.raises(PermissionDenied):
        trash_articles([article], user=reviewer)
    [trashed] = trash_articles([article], user=administrator)
    with pytest.raises(PermissionDenied):
        restore_article(trashed, user=reviewer)


@pytest.mark.parametrize(("days", "age", "left"), [(30, 29, 1), (30, 31, 0), (0, 9999, 1)])
def test_prune_empties_it(article, administrator, settings, days: int, age: int, left: int):
    settings.TRASH_DAYS = days
    trash_articles([article], user=administrator)
    TrashedArticle.objects.update(deleted=timezone.now() - timezone.timedelta(days=age))
    call_command("prune", verbosity=0)
    assert TrashedArticle.objects.count() == left


def test_an_image_of_the_trash_is_in_use(article, administrator):
    name = f"{1:016x}.png"
    MediaImage.objects.create(name=name, content_type="image/png", width=1, height=1, size=1)
    text = article.translations.get(language="fr")
    type(text).objects.filter(pk=text.pk).update(other=f"![x](/media/{name})")
    trash_articles([article], user=administrator)
    assert not MediaImage.objects.unused().filter(name=name).exists()
