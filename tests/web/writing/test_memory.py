"""The translation memory: what the base has said before is offered where it is to be said again."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.web import editors
from tests.web.content import BILINGUAL, FRENCH_ONLY, STAFF, write
from tests.web.html import Page
from troubleshooting.checking.survey import survey
from troubleshooting.jobs import work_off
from troubleshooting.memory import begin_aligning, matches_for
from troubleshooting.memory.building import align, align_texts, outdated
from troubleshooting.models import AlignedUnit, Article, GlossaryTerm, Job

FRENCH = (
    "1.  Ouvrez les paramètres de l’appareil.\n2.  Lancez `dsregcmd /status` en"
    " tant qu’administrateur.\n3.  Redémarrez l’appareil."
)
ENGLISH = (
    "1.  Open the settings of the device.\n2.  Run `dsregcmd /status` as an"
    " administrator.\n3.  Restart the device."
)


@pytest.fixture
def article(portal) -> Article:
    """Return an article in both languages that the memory knows."""
    article = portal.articles[BILINGUAL]
    article.translations.all().delete()
    write(article, "fr", "Plafond", problem="Avant.", resolution=FRENCH, internal="Un secret.")
    write(article, "en", "Limit", problem="Before.", resolution=ENGLISH, internal="A secret.")
    remember()
    return article


def remember() -> None:
    begin_aligning()
    work_off()


def offered(text: str, language: str = "fr", into: str = "en") -> list[tuple[int, str]]:
    return [(one.percent, one.text) for one in matches_for([text], language, into)[text]]


#: What is asked in French, and what is offered for it.
CASES = {
    "the same": ("Redémarrez l’appareil.", [(100, "Restart the device.")]),
    "another apostrophe": ("Redémarrez l'appareil.", [(99, "Restart the device.")]),
    "another blank": ("Redémarrez  l’appareil.", [(100, "Restart the device.")]),
    "a word more": (
        "Ouvrez les paramètres de votre appareil.",
        [(83, "Open the settings of the device.")],
    ),
    "another command": (
        "Lancez `dsregcmd /leave` en tant qu’administrateur.",
        [(85, "Run `dsregcmd /status` as an administrator.")],
    ),
    "other words": ("Attendez que la synchronisation soit terminée.", []),
    "too few words in common": ("Redémarrez le serveur de fichiers.", []),
    "a note of editors": ("Un secret.", []),
    "no word": ("---", []),
}


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("case", CASES)
def test_what_is_offered(case):
    asked, matches = CASES[case]
    assert offered(asked) == matches


@pytest.mark.usefixtures("article")
def test_it_is_read_in_both_directions():
    assert offered("Restart the device.", "en", "fr") == [(100, "Redémarrez l’appareil.")]
    assert offered("Restart the device.", "en", "de") == []


def test_it_follows_the_texts(article):
    write(
        article, "en", "Limit", problem="Before.", resolution=ENGLISH.replace("Restart", "Reboot")
    )
    assert offered("Redémarrez l’appareil.") == [(100, "Restart the device.")]
    remember()
    assert offered("Redémarrez l’appareil.") == [(100, "Reboot the device.")]
    article.delete()
    assert offered("Redémarrez l’appareil.") == []
    remember()
    assert not AlignedUnit.objects.filter(text__contains="Reboot").exists()


def test_a_source_that_was_changed_since_is_remembered_as_it_was_rendered(article):
    write(article, "fr", "Plafond", problem="Avant.", resolution=FRENCH.replace("Redém", "Dém"))
    remember()
    assert offered("Redémarrez l’appareil.") == [(100, "Restart the device.")]
    assert offered("Démarrez l’appareil.") == []


def test_what_does_not_stand_side_by_side_is_not_remembered(portal):
    other = portal.articles[FRENCH_ONLY]
    write(other, "fr", "A", resolution="1.  Une étape.\n2.  Lancez `dism`.\n3.  Une autre étape.")
    write(other, "en", "B", resolution="1.  Run `dism`.\n2.  Something else.")
    remember()
    assert offered("Lancez `dism`.") == [(100, "Run `dism`.")]
    assert offered("Une étape.") == offered("Une autre étape.") == []


def test_what_is_up_to_date_is_aligned_once(article):
    assert not outdated().exists()
    begin_aligning()
    waiting = Job.objects.filter(task=align_texts.path, state=Job.State.WAITING)
    begin_aligning()
    # The next look, and the one that was asked for just now.
    assert waiting.count() == 2


@pytest.mark.usefixtures("article")
def test_all_is_aligned_anew_where_all_is_derived_anew():
    call_command("rebuild_derived", "--stale", verbosity=0)
    assert not outdated().exists()
    call_command("rebuild_derived", verbosity=0)
    assert outdated().exists()
    work_off()
    assert not outdated().exists()


@pytest.mark.usefixtures("article")
def test_a_call_that_was_cut_off_is_taken_up_where_it_stopped(monkeypatch):
    call_command("rebuild_derived", verbosity=0)
    monkeypatch.setattr("troubleshooting.memory.building.AT_ONCE", 1)
    left = outdated().count()
    align(list(outdated().order_by("pk")[:1]))
    assert outdated().count() == left - 1
    remember()
    known = set(AlignedUnit.objects.values_list("digest", flat=True))
    remember()
    assert set(AlignedUnit.objects.values_list("digest", flat=True)) == known
    assert not outdated().exists()


@pytest.mark.usefixtures("article")
def test_no_reader_reaches_it(portal, client):
    target = editors.address("translate", portal.articles[FRENCH_ONLY].pk, "en")
    assert client.get(target).status_code == 302
    client.force_login(editors.person("helper"))
    assert client.get(target).status_code == 403


@pytest.fixture
def page(article, client):
    """Return the page of a text that is to be translated into English, as somebody sees it."""
    target = Article.objects.get(slug=FRENCH_ONLY)
    steps = "1.  Redémarrez l’appareil.\n2.  Ouvrez les paramètres de votre appareil."
    write(target, "fr", "Échec", problem="Rien.", resolution=steps, internal="Avant.")

    def opened(group: str) -> Page:
        client.force_login(editors.person(f"x{group}", group))
        answer = client.get(editors.address("translate", target.pk, "en"))
        assert answer.status_code == 200
        return Page(answer.content.decode())

    return opened


def test_each_row_offers_what_the_base_says(page):
    shown = page("Reviewer")
    uses = [one for one in shown.all("button") if one.get("class") == "match-use"]
    assert [one.get("data-offer") for one in uses] == [
        "Restart the device.",
        "Open the settings of the device.",
    ]
    words = shown.words.replace("\xa0", " ")
    assert "100 % identique" in words
    assert "83 % identique" in words
    assert "De : Limit" in words
    copies = [one.get("data-offer") for one in shown.all("button")
              if one.get("class") == "offer-copy"]  # fmt: skip
    assert copies[:3] == ["Échec", "Rien.", "Redémarrez l’appareil."]


def test_who_may_not_write_is_offered_nothing(page):
    # An author would propose a change of what is published.
    Article.objects.filter(slug=FRENCH_ONLY).update(status=Article.Status.ARCHIVED)
    assert not [one for one in page("Author").all("button") if one.get("data-offer")]


def test_what_stands_in_internal_articles_alone_is_marked(portal, client):
    inside = portal.articles[STAFF]
    write(inside, "fr", "Article interne", problem="Appelez le poste 12.")
    write(inside, "en", "Internal article", problem="Call extension 12.")
    remember()
    (match,) = matches_for(["Appelez le poste 12."], "fr", "en")["Appelez le poste 12."]
    assert match.is_internal


@pytest.mark.usefixtures("article")
def test_a_term_that_is_not_called_as_agreed_is_found(client):
    def found() -> list[str]:
        return [one.text for one in survey() if one.rule == "missed_term"]

    assert found() == []
    term = GlossaryTerm.objects.create(
        language="fr", term="appareil", target_language="en", translation="device"
    )
    assert found() == []
    term.translation = "machine"
    term.save()
    (said,) = found()
    assert "machine" in said
    assert "appareil" in said
    client.force_login(editors.person("ada", "Reviewer"))
    answer = client.get(reverse("admin:troubleshooting_findings") + "?rule=missed_term")
    assert "machine" in answer.content.decode()
