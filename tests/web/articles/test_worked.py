"""What worked before: reports of readers beside resolutions, and the order that may follow them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.web.content import BILINGUAL
from troubleshooting.models import Article, Outcome
from troubleshooting.views.articles.worked import Worked, by_chance, with_figures

pytestmark = pytest.mark.usefixtures("portal")
FIRST, SECOND = "resolution-1-step-1", "resolution-2-step-1"


def report(solved: int, stuck: int, anchor: str = FIRST, days: int = 1) -> None:
    article = Article.objects.get(slug=BILINGUAL)
    created = timezone.now() - timedelta(days=days)
    Outcome.objects.bulk_create(
        Outcome(
            article=article, language="fr", revision_number=1, anchor=anchor, verdict=verdict,
            created=created,
        )
        for verdict, number in (("solved", solved), ("stuck", stuck))
        for _one in range(number)
    )  # fmt: skip
    cache.clear()


def text(client, query: str = "", language: str = "fr") -> str:
    return client.get(f"/{language}/articles/{BILINGUAL}/{query}").content.decode()


@pytest.mark.parametrize(
    ("solved", "stuck", "days", "said"),
    [
        (31, 9, 1, "Résolu pour 31 lecteurs sur 40 sous Android"),
        (0, 10, 1, "Résolu pour 0 lecteurs sur 10 sous Android"),
        (9, 0, 1, ""),  # too few
        (31, 9, 0, ""),  # of today: pages are kept for the day
        (31, 9, 400, ""),  # too old
    ],
)
def test_a_resolution_says_for_how_many_it_worked(client, solved, stuck, days, said):
    report(solved, stuck, days=days)
    page = text(client)
    assert ('class="worked"' in page) is bool(said)
    assert said in page.replace("\u00a0", " ")


def test_what_is_said_of_the_whole_article_counts_for_one_resolution_alone(client):
    report(40, 0, anchor="")
    assert 'class="worked"' not in text(client)


def test_the_order_follows_only_where_a_setting_says_so(client, settings):
    report(2, 18, FIRST)
    report(15, 3, SECOND)
    places = [page.index('id="resolution-1"') < page.index('id="resolution-2"')
              for page in (text(client), text(client, language="en"))]  # fmt: skip
    assert places == [True, True]
    settings.RESOLUTIONS_BY_OUTCOME = True
    cache.clear()  # a process has one setting
    page = text(client)
    assert page.index('id="resolution-2"') < page.index('id="resolution-1"')
    assert "?order=author#resolution" in page
    page = text(client, "?order=author")
    assert page.index('id="resolution-1"') < page.index('id="resolution-2"')


def section(number: int) -> str:
    """A resolution as it is rendered; the first has no heading."""
    if number == 1:
        return '<div class="resolution" id="resolution-1"><p id="resolution-1-step-1">x</p></div>'
    inner = f'<h3>R{number}</h3><p id="resolution-{number}-step-1">x</p>'
    return f'<section class="resolution" id="resolution-{number}">{inner}</section>'


@pytest.mark.parametrize(
    ("known", "order"),
    [
        ({}, [1, 2, 3]),
        ({3: Worked(10, 10)}, [3, 1, 2]),
        ({1: Worked(1, 10)}, [2, 3, 1]),
        ({1: Worked(10, 12), 2: Worked(100, 105)}, [2, 1, 3]),
        ({9: Worked(10, 10)}, [1, 2, 3]),
    ],
)
def test_resolutions_by_chance_with_nothing_lost(known, order):
    html = f"<p>Before</p>{''.join(map(section, (1, 2, 3)))}<p>After</p>"
    expected = f"<p>Before</p>{''.join(map(section, order))}<p>After</p>"
    assert by_chance(html, known) == expected


@pytest.mark.parametrize("html", ["", "<p>Free</p>", section(1), section(1) + "<p>After</p>"])
def test_one_resolution_is_left_as_it_is(html):
    assert by_chance(html, {1: Worked(1, 10)}) == html
    assert with_figures(html, {}, []) == html


def test_names_of_platforms_are_escaped():
    assert "<b>" not in with_figures(section(1), {1: Worked(10, 10)}, ["<b>x"])
