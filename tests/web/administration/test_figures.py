"""What readers tell us: the page of figures, its files, and the queue of reports."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone, translation

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.access import reader_for
from troubleshooting.figures import outcomes, searches
from troubleshooting.figures.period import Period
from troubleshooting.models import AuditEntry, ErrorReport, GapReport, Outcome, SearchLog

STEP = "resolution-1-step-2-1"


def address(name: str, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(f"admin:troubleshooting_{name}")


@pytest.fixture
def reviewer(portal, client):
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


def searched(days_ago: float = 0, **values) -> SearchLog:
    row = {"kind": "text", "language": "fr", "created": timezone.now(), **values}
    row["created"] -= timedelta(days=days_ago)
    return SearchLog.objects.create(**row)


def said(article, verdict: str, times: int = 1, anchor: str = "") -> None:
    Outcome.objects.bulk_create(
        Outcome(
            article=article, language="fr", revision_number=1, anchor=anchor, verdict=verdict
        )
        for _ in range(times)
    )  # fmt: skip


def period(length: int = 30, language: str = "") -> Period:
    return Period(length, timezone.localdate(), language)


def test_days_are_those_of_the_portals_time_zone(db, settings):
    settings.TIME_ZONE = "America/New_York"
    with timezone.override("America/New_York"):
        # 2026-03-08 has 23 hours there; 03:30 UTC is still the evening before.
        for hour in (3, 5):
            SearchLog.objects.create(
                kind="text",
                language="fr",
                created=datetime(2026, 3, 9, hour, 30, tzinfo=timezone.get_fixed_timezone(0)),
            )
        days = searches.per_day(Period(7, date(2026, 3, 9)))
    assert [(day.date.day, day.searches) for day in days[-2:]] == [(8, 1), (9, 1)]
    assert sum(day.searches for day in days) == 2


def test_each_day_counts_what_came_of_its_searches(portal):
    searched(hits=0, words="profil")
    searched(hits=3, chosen=portal.articles[BILINGUAL])
    searched(1, hits=3, language="en")
    searched(40, hits=0)
    *_, yesterday, today = searches.per_day(period())
    assert (today.searches, today.without_hit, today.opened) == (2, 1, 1)
    assert (yesterday.searches, yesterday.without_hit) == (1, 0)
    assert sum(day.searches for day in searches.per_day(period(language="fr"))) == 2


def test_searches_are_grouped_by_codes_else_by_words(db):
    for words in ("erreur", "", "erreur echec"):
        searched(hits=0, codes=["0x80180014"], words=words)
    searched(hits=0, words="vpn coupe")
    searched(hits=0, words="vpn coupe", language="en")
    searched(hits=0, unknown=4)  # nothing is known of it
    searched(hits=2, codes=["0x80180014"])
    found = list(searches.groups(searches.without_hit(period())))
    assert [(group.subject, group.language, group.count) for group in found[:1]] == [
        ("0x80180014", "fr", 3)
    ]
    assert {(group.subject, group.language) for group in found[1:]} == {
        ("vpn coupe", "fr"),
        ("vpn coupe", "en"),
    }
    (unopened,) = searches.groups(searches.nothing_opened(period()))
    assert (unopened.subject, unopened.count) == ("0x80180014", 1)


def test_steps_are_named_by_their_words(portal, reviewer):
    article = portal.articles[BILINGUAL]
    said(article, "stuck", 3, STEP)
    said(article, "solved", 1, STEP)
    said(article, "stuck", 1, "resolution-9-step-9")
    first, gone = outcomes.stuck_most(period(), reader_for(reviewer), "en", None)
    assert (first.stuck, first.solved, first.resolution, first.number) == (3, 1, 1, "2.1")
    assert (first.words, first.title.text) == ("Tap Remove.", "Limit reached")
    assert gone.words == ""


def test_articles_need_enough_answers_and_the_surest_failure_comes_first(portal, reviewer):
    said(portal.articles[BILINGUAL], "stuck", 16)
    said(portal.articles[BILINGUAL], "solved", 4)
    said(portal.articles[FRENCH_ONLY], "stuck", 5)
    said(portal.articles["conseils"], "stuck", 4)
    answers = outcomes.helpfulness(period(), reader_for(reviewer), "fr")
    assert (answers.total, answers.solved) == (29, 4)
    assert [row.title.slug for row in answers.articles] == [BILINGUAL, FRENCH_ONLY]
    assert answers.articles[0].share == pytest.approx(0.2)


def test_titles_of_what_a_person_may_not_see_are_left_out(portal):
    said(portal.articles[DRAFT], "stuck", 9, STEP)
    searched(hits=1, chosen=portal.articles[DRAFT])
    staff = person("stan")
    assert not outcomes.helpfulness(period(), reader_for(staff), "fr").articles
    assert not outcomes.stuck_most(period(), reader_for(staff), "fr", None)
    assert not searches.opened_most(period(), reader_for(staff), "fr", None)


def test_the_page_shows_the_figures_and_leads_to_a_new_article(client, reviewer, portal):
    searched(hits=0, codes=["0x80180014"], language="en")
    searched(hits=3, chosen=portal.articles[BILINGUAL])
    said(portal.articles[BILINGUAL], "stuck", 6, STEP)
    page = Page(client.get(address("figures")).content.decode())
    assert "0x80180014" in page.words
    assert "Résolution 1, étape 2.1" in page.words
    assert "Appuyez sur Supprimer." in page.words
    assert not [element for element in page.elements if element.get("style")]
    assert len(page.all("rect", class_="chart-whole")) == 30
    link = next(a for a in page.all("a") if "problem=0x80180014" in a.get("href"))
    form = Page(client.get(link.get("href")).content.decode())
    assert form.one("input", name="language", type="hidden").get("value") == "en"
    assert "0x80180014" in form.one("textarea", name="problem").text


@pytest.mark.parametrize("query", ["days=7&language=fr", "days=9999&language=xx", "days=²"])
def test_any_period_is_answered(client, reviewer, query):
    assert client.get(f"{address('figures')}?{query}").status_code == 200


def test_empty_figures_say_so(client, reviewer):
    page = Page(client.get(address("figures")).content.decode())
    assert "Aucune recherche pendant cette période." in page.words
    assert not page.all("svg", role="img")


def test_queries_do_not_grow(client, reviewer, portal, django_assert_max_num_queries):
    for number in range(40):
        searched(number % 20, hits=number % 3, codes=[f"0x8018{number:04X}"])
        said(portal.articles[BILINGUAL], "stuck", 1, f"resolution-1-step-{number + 1}")
        GapReport.objects.report(f"0x8017{number:04X}", "", "fr")
    with django_assert_max_num_queries(16):
        client.get(address("figures"))
    with django_assert_max_num_queries(12):
        client.get(address("reports"))


def read_csv(response, separator: str) -> list[list[str]]:
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.mark.parametrize(("language", "separator"), [("fr", ";"), ("en", ",")])
def test_files_read_as_spreadsheets_of_the_language_do(client, reviewer, language, separator):
    for number in range(12):
        searched(hits=0, codes=[f"0x8018{number:04X}"])
    response = client.get(address("figures_without-hit", language), {"days": "7"})
    assert response.headers["Content-Type"].startswith("text/csv")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="without-hit')
    header, *rows = read_csv(response, separator)
    assert len(header) == len(rows[0]) == 5
    assert len(rows) == 12


@pytest.mark.parametrize(
    "table",
    ["searches", "without-hit", "nothing-opened", "opened", "steps", "helpfulness", "reports"],
)
def test_every_file_is_as_wide_as_its_head(client, reviewer, portal, table):
    article = portal.articles[BILINGUAL]
    searched(hits=0, words="a")
    searched(hits=1, words="b")
    searched(hits=1, chosen=article)
    said(article, "stuck", 6, STEP)
    GapReport.objects.report("=HYPERLINK(1)", "+1", "fr")
    header, *rows = read_csv(client.get(address(f"figures_{table}")), ";")
    (noted,) = AuditEntry.objects.filter(act="exported").values_list("name", flat=True)
    assert table in noted
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("name", ["figures", "figures_without-hit", "figures_reports", "reports"])
def test_only_those_who_write_may_read_them(client, portal, name):
    assert client.get(address(name)).status_code == 302
    client.force_login(person("stan"))
    assert client.get(address(name)).status_code == 403
    client.force_login(person("aline", "Author"))
    assert client.get(address(name)).status_code == 200


@pytest.fixture
def reports(portal) -> list[str]:
    """Return the names of a gap and an error, as the queue posts them."""
    GapReport.objects.report("0x80180099", "Souvent.", "fr")
    error = ErrorReport.objects.create(
        article=portal.articles[BILINGUAL],
        language="en",
        revision_number=1,
        anchor=STEP,
        comment="Menu renamed",
        created=timezone.now() - timedelta(days=3),
    )
    return [f"gap-{GapReport.objects.get().pk}", f"error-{error.pk}"]


def test_the_queue_has_both_kinds_the_oldest_first(client, reviewer, reports):
    page = Page(client.get(address("reports")).content.decode())
    assert page.words.index("Menu renamed") < page.words.index("0x80180099")
    (place,) = [a for a in page.all("a") if f"#{STEP}" in a.get("href")]
    assert place.get("href").startswith(f"/en/articles/{BILINGUAL}/")
    assert [a for a in page.all("a") if f"gap={reports[0][4:]}" in a.get("href")]
    only = Page(client.get(address("reports"), {"kind": "gap"}).content.decode())
    assert "Menu renamed" not in only.words


def test_a_report_changes_its_state_in_place(client, reviewer, reports):
    query = "?status=open&kind=&page=1"
    for name in reports:
        form = {"report": name, "status": "done"}
        response = client.post(address("reports") + query, form)
        assert response.status_code == 303
        assert response.headers["Location"].endswith("status=open&kind=&page=1")
    assert GapReport.objects.get().status == ErrorReport.objects.get().status == "done"
    assert LogEntry.objects.filter(user=reviewer).count() == 2
    page = Page(client.get(address("reports")).content.decode())
    assert "Aucun signalement n’est ouvert." in page.words
    client.post(address("reports"), {"report": reports[0], "status": "open"})
    assert GapReport.objects.get().status == "open"


@pytest.mark.parametrize(
    ("report", "status"),
    [("gap-0", "done"), ("nonsense", "done"), ("gap-²", "done"), ("gap-1", "gone")],
)
def test_what_is_no_report_or_status_is_not_found(client, reviewer, reports, report, status):
    form = {"report": report, "status": status}
    assert client.post(address("reports"), form).status_code == 404
    assert GapReport.objects.get().status == "open"


def test_an_author_reads_the_queue_and_changes_nothing(client, reports):
    client.force_login(person("aline", "Author"))
    page = Page(client.get(address("reports")).content.decode())
    assert not [b for b in page.all("button") if b.get("name") == "status"]
    for name in reports:
        form = {"report": name, "status": "done"}
        assert client.post(address("reports"), form).status_code == 403
    assert GapReport.objects.get().status == "open"


@pytest.mark.parametrize("model", ["gapreport", "errorreport"])
@pytest.mark.parametrize(("group", "changes"), [("Author", False), ("Reviewer", True)])
def test_lists_of_reports_change_states_by_role(client, reports, model, group, changes):
    client.force_login(person("une", group))
    page = Page(client.get(address(f"{model}_changelist")).content.decode())
    boxes = [one for one in page.all("select") if one.get("name") == "form-0-status"]
    assert bool(boxes) is changes
    assert all(box.get("aria-label") for box in boxes)
