"""The lists of platforms and codes: how much each is used, platforms that are merged."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation

from tests.web.content import BILINGUAL, CODE, DRAFT_CODE, FRENCH_ONLY, STAFF, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.editing import delete_platforms, merge_platforms
from troubleshooting.importing.creating import platform_of
from troubleshooting.models import (
    Article,
    CodeCitation,
    CodeSpelling,
    ErrorCode,
    Platform,
    SearchEntry,
)


def address(model: str, page: str = "changelist", *args) -> str:
    with translation.override("fr"):
        return reverse(f"admin:troubleshooting_{model}_{page}", args=args)


@pytest.fixture
def administrator(portal, client):
    user = person("ada", "Administrator")
    client.force_login(user)
    return user


def listed(client, **query: str) -> list[str]:
    found = client.get(address("errorcode"), query).context["cl"].result_list
    return [code.canonical for code in found]


def act(client, *slugs: str, **values: object):
    keys = list(Platform.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    form = {"action": "merge", "_selected_action": keys, **values}
    return client.post(address("platform"), form, follow=True)


def platforms_of(slug: str) -> set[str]:
    return set(Article.objects.get(slug=slug).platforms.values_list("slug", flat=True))


def test_platforms_count_their_articles_by_status(client, administrator):
    page = Page(client.get(address("platform")).content.decode())
    counted = {
        platform.slug: (platform.of_published, platform.of_drafts)
        for platform in client.get(address("platform")).context["cl"].result_list
    }
    assert counted["android"] == (2, 0)
    assert counted["ios"] == (1, 1)
    ios = Platform.objects.get(slug="ios")
    query = f"platforms__id__exact={ios.pk}&status__exact=draft"
    (link,) = [a for a in page.all("a") if a.get("href").endswith(query)]
    shown = client.get(link.get("href")).context["cl"].result_list
    assert [article.slug for article in shown] == ["brouillon"]


def test_merging_asks_which_stays_and_says_what_would_move(client, administrator):
    page = Page(act(client, "android", "ios").content.decode())
    assert len(page.all("input", type="radio", name="kept")) == 2
    assert "2 articles lui seraient rattachés" in page.words
    assert Platform.objects.filter(slug="ios").exists()
    assert "Ce champ est obligatoire" in act(client, "android", "ios", apply="1").content.decode()


def test_merged_platforms_are_one_everywhere(client, administrator, portal):
    portal.articles[BILINGUAL].platforms.set(Platform.objects.filter(slug__in=["android", "ios"]))
    kept = Platform.objects.get(slug="ios")
    page = Page(act(client, "android", "ios", apply="1", kept=kept.pk).content.decode())
    assert "Fusion avec iOS/iPadOS\u00a0: Android. 1 article a été rattaché." in page.words
    assert not Platform.objects.filter(slug="android").exists()
    assert platforms_of(BILINGUAL) == platforms_of(STAFF) == platforms_of(FRENCH_ONLY) == {"ios"}
    assert platforms_of("conseils") == set()
    entries = SearchEntry.objects.filter(article__slug=STAFF)
    members = entries.values_list("facets__members", flat=True)
    assert {tuple(json.loads(text)["platform"]) for text in members} == {(kept.pk,)}
    found = client.get("/fr/search/", {"q": CODE, "platform": "ios"}).content.decode()
    assert "Plafond atteint" in found
    assert LogEntry.objects.get().object_id == str(kept.pk)


def test_fewer_than_two_are_refused(client, administrator):
    page = Page(act(client, "ios").content.decode())
    assert "Choisissez au moins deux plateformes à fusionner." in page.words
    ios = Platform.objects.get(slug="ios")
    with pytest.raises(ValidationError):
        merge_platforms(ios, [ios], user=administrator)


def test_only_administrators_merge(client, portal):
    reviewer = person("rene", "Reviewer")
    client.force_login(reviewer)
    ios = Platform.objects.get(slug="ios")
    act(client, "android", "ios", apply="1", kept=ios.pk)
    assert Platform.objects.filter(slug="android").exists()
    with pytest.raises(PermissionDenied):
        merge_platforms(ios, Platform.objects.all(), user=reviewer)
    assert platforms_of(BILINGUAL) == {"android"}


def test_codes_by_who_cites_them(client, administrator, portal):
    write(portal.articles[STAFF], "fr", "Article interne", problem="Erreur 0x80070006.")
    ErrorCode.objects.create(canonical="0x8007FFFF", kind="hex", value=0x8007FFFF)
    assert CODE in listed(client, cited="published")
    assert listed(client, cited="hidden") == [DRAFT_CODE]
    assert listed(client, cited="none") == ["0x8007FFFF"]
    assert CODE in listed(client, kind="hex", q="80cf0440")
    assert listed(client, kind="ndr") == []


def test_a_code_names_the_articles_that_cite_it_with_their_status(client, administrator):
    code = ErrorCode.objects.get(canonical=DRAFT_CODE)
    page = Page(client.get(address("errorcode", "change", code.pk)).content.decode())
    assert "Codes hexadécimaux" in page.words
    assert "Brouillon secret (Brouillon)" in page.words
    assert "Article interne (Publié)" in page.words


@pytest.mark.parametrize("model", ["errorcode", "platform"])
def test_long_lists_take_few_queries(
    client, administrator, portal, model, django_assert_max_num_queries
):
    codes = ErrorCode.objects.bulk_create(
        ErrorCode(canonical=f"0x8A00{n:04X}", kind="hex", value=0x8A000000 + n) for n in range(5000)
    )
    CodeSpelling.objects.bulk_create(
        CodeSpelling(code=code, text=code.canonical, key=code.canonical) for code in codes
    )
    text = portal.articles[BILINGUAL].translations.first()
    CodeCitation.objects.bulk_create(
        CodeCitation(translation=text, code=code, section="cause", position=0, spelling=str(code))
        for code in codes[:4000]
    )
    with django_assert_max_num_queries(10):
        assert client.get(address(model)).status_code == 200


@pytest.mark.parametrize("status", ["published", "draft", "in_review", "archived"])
def test_a_platform_in_use_is_not_deleted(client, administrator, portal, status):
    """Without it the article would be about all platforms."""
    android = Platform.objects.get(slug="android")
    Article.objects.filter(platforms=android).update(status=status)
    about = Article.objects.filter(platforms=android).count()
    delete = reverse("admin:troubleshooting_platform_delete", args=[android.pk])
    page = client.get(delete).content.decode()
    assert f"{about} article" in page
    assert "object (" not in page
    client.post(delete, {"post": "yes"})
    form = {"action": "delete_selected", "_selected_action": [android.pk], "post": "yes"}
    client.post(address("platform"), form)
    with pytest.raises(ValidationError):
        delete_platforms([android], user=administrator)
    assert Article.objects.filter(platforms=android).count() == about


def test_it_is_merged_instead_and_its_address_leads_on(client, administrator, portal):
    android, ios = (Platform.objects.get(slug=slug) for slug in ("android", "ios"))
    delete = reverse("admin:troubleshooting_platform_delete", args=[android.pk])
    client.post(delete, {"kept": ios.pk})
    assert not Platform.objects.filter(pk=android.pk).exists()
    assert platforms_of(BILINGUAL) == {"ios"}
    answer = client.get("/fr/platforms/android/")
    assert (answer.status_code, answer.url) == (301, "/fr/platforms/ios/")
    merge_platforms(Platform.objects.get(slug="macos"), [ios], user=administrator)
    assert client.get("/fr/platforms/android/").url == "/fr/platforms/macos/"
    assert client.get("/fr/platforms/absent/").status_code == 404
    assert platform_of("android").slug == "macos"


def test_a_platform_that_gets_another_address_is_found_at_the_old_one(client, administrator):
    ios = Platform.objects.get(slug="ios")
    change = reverse("admin:troubleshooting_platform_change", args=[ios.pk])
    client.post(change, {"name": ios.name, "slug": "ipados", "position": 2, "icon": ""})
    assert client.get("/fr/platforms/ios/").url == "/fr/platforms/ipados/"
    add = reverse("admin:troubleshooting_platform_add")
    answer = client.post(add, {"name": "Autre", "slug": "ios", "position": 9, "icon": ""})
    assert answer.status_code == 200
    assert not Platform.objects.filter(slug="ios").exists()
    client.post(change, {"name": ios.name, "slug": "ios", "position": 2, "icon": ""})
    assert client.get("/fr/platforms/ipados/").url == "/fr/platforms/ios/"


def test_an_unused_platform_is_deleted(client, administrator):
    new = Platform.objects.create(slug="chromeos", name="ChromeOS")
    delete = reverse("admin:troubleshooting_platform_delete", args=[new.pk])
    client.post(delete, {"post": "yes"})
    assert not Platform.objects.filter(pk=new.pk).exists()


def test_a_new_term_begins_with_two_languages(client, superuser):
    page = client.get("/fr/admin/troubleshooting/glossaryterm/add/")
    initial = page.context["adminform"].form.initial
    assert (initial["language"], initial["target_language"]) == ("fr", "en")
    asked = client.get("/fr/admin/troubleshooting/glossaryterm/add/?language=en&target_language=fr")
    assert asked.context["adminform"].form.initial["language"] == "en"
