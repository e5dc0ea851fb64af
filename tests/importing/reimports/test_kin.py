"""A part of a document is split in two, or two are joined in one: it is noted, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from tests.web.content import write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.importing import import_paths
from troubleshooting.importing.report import ArticleReport
from troubleshooting.importing.runs import tasks
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, ImportRun, Source, SourceDocument, SourceEntry

pytestmark = pytest.mark.django_db

LAMP = (
    "Open the cover of the lamp at the counter, take out the old bulb with a dry cloth, and put in "
    "the new one until it clicks twice."
)
BELL = (
    "Turn the small screw below the bell to the left with a coin, wait until the second tone is "
    "heard in the hall, then tighten it again."
)
DOOR = "Ask the guard for the key of the side door and keep it."


def part(anchor: str, title: str, *told: str) -> str:
    return f'## <a name="{anchor}"></a>{title}\n\n**Resolution:**\n\n' + "\n\n".join(told)


WHOLE = part("hall", "The hall is dark and silent", LAMP, BELL)
HALVES = (part("hall", "The hall is dark", LAMP), part("bell", "The bell is silent", BELL))
TOLD_TWICE = part("hall", "The hall is dark and silent", LAMP, BELL, DOOR)
SEPARATE = (part("hall", "The hall is dark", LAMP), part("bell", "The bell is silent", BELL))


def written(folder: Path, *parts: str) -> Path:
    path = folder / "hall.en.md"
    path.write_text("# The hall\n\n" + "\n\n".join(parts) + "\n", "utf-8")
    return path


def upstream(folder: Path, *parts: str) -> dict[str, ArticleReport]:
    (report,) = import_paths([str(written(folder, *parts))]).documents
    return {article.anchor: article for article in report.articles}


def kin_of(anchor: str) -> str:
    kin = SourceEntry.objects.get(anchor=anchor).kin
    return kin.slug if kin else ""


@pytest.mark.parametrize(
    ("before", "after", "anchor", "kin", "outcome"),
    [
        ((WHOLE,), HALVES, "bell", "hall", "created"),
        (SEPARATE, (WHOLE,), "bell", "hall", "removed"),
        # Words that are new, or that stay where they were, are no part of another.
        ((WHOLE,), (WHOLE, part("door", "The door is shut", DOOR, DOOR)), "door", "", "created"),
        ((WHOLE,), (WHOLE, part("bell", "The bell is silent", BELL)), "bell", "", "created"),
        ((WHOLE,), (TOLD_TWICE, HALVES[1]), "bell", "", "created"),
        (SEPARATE, (HALVES[0],), "bell", "", "removed"),
    ],
)
def test_what_was_split_or_joined_is_noted(tmp_path, before, after, anchor, kin, outcome):
    upstream(tmp_path, *before)
    told = upstream(tmp_path, *after)[anchor]
    assert (told.outcome, told.kin, kin_of(anchor)) == (outcome, kin, kin)


def test_what_comes_back_is_joined_no_more(tmp_path):
    upstream(tmp_path, *SEPARATE)
    upstream(tmp_path, WHOLE)
    assert kin_of("bell") == "hall"
    upstream(tmp_path, *SEPARATE)
    assert kin_of("bell") == ""


def test_a_report_of_before_has_no_kin(tmp_path):
    told = upstream(tmp_path, WHOLE)["hall"].as_json()
    del told["kin"]
    assert ArticleReport.from_json(told).kin == ""


@pytest.fixture
def rene(client):
    client.force_login(person("rene", "Reviewer"))


def links(page: Page) -> list[str]:
    return [a.get("href") for a in page.all("a") if "/merge/" in a.get("href")]


@pytest.mark.parametrize(("before", "after"), [((WHOLE,), HALVES), (SEPARATE, (WHOLE,))])
@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_the_report_offers_to_merge_the_two_once_they_are(
    tmp_path, client, rene, before, after, is_rehearsal
):
    upstream(tmp_path, *before)
    source = Source.objects.create(slug="hall", name="The hall", location=str(tmp_path))
    SourceDocument.objects.update(source=source)
    written(tmp_path, *after)
    run = tasks.start(ImportRun(source=source, is_rehearsal=is_rehearsal))
    work_off()
    address = reverse("admin:troubleshooting_importrun_change", args=[run.pk])
    page = Page(client.get(address).content.decode())
    hall = Article.objects.get(slug="hall")
    bell = Article.objects.filter(slug="bell").first()
    expected = f"/fr/admin/troubleshooting/article/{hall.pk}/merge/en/?other="
    assert links(page) == ([f"{expected}{bell.pk}"] if bell and not is_rehearsal else [])
    assert "Ses mots se trouv" in page.words
    for link in links(page):
        assert client.get(link).status_code == 200


def test_the_queue_says_where_the_words_are(tmp_path, client, rene):
    upstream(tmp_path, *SEPARATE)
    upstream(tmp_path, WHOLE)
    queue = reverse("admin:troubleshooting_sourceentry_changelist")
    (link,) = links(Page(client.get(queue).content.decode()))
    assert link.endswith(f"?other={Article.objects.get(slug='bell').pk}")


def test_what_is_merged_from_there_loses_no_words_of_the_other_language(tmp_path, client, rene):
    upstream(tmp_path, *SEPARATE)
    bell = Article.objects.get(slug="bell")
    write(bell, "fr", "La sonnette", problem="La sonnette reste muette.")
    upstream(tmp_path, WHOLE)
    queue = reverse("admin:troubleshooting_sourceentry_changelist")
    (link,) = links(Page(client.get(queue).content.decode()))
    page = Page(client.get(link).content.decode())
    assert "La sonnette reste muette." in page.words


def test_an_article_says_where_it_came_from(tmp_path, client, rene):
    upstream(tmp_path, WHOLE)
    upstream(tmp_path, *HALVES)
    source = Source.objects.create(slug="hall", name="The hall", location=str(tmp_path))
    SourceDocument.objects.update(source=source, revision="0123456789abcdef")
    bell = SourceEntry.objects.get(anchor="bell")
    address = reverse("admin:troubleshooting_article_change", args=[bell.article_id])
    words = Page(client.get(f"{address}?language=en").content.decode()).words
    for told in ("The hall ·", "hall.en.md", f"lignes {bell.first_line} à {bell.last_line}"):
        assert told in words
    assert "0123456789ab " in words
    assert "Ses mots se trouvaient" in words
