"""The tables of "What readers tell us" as files for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ...access import reader_for
from ...figures import outcomes, reports, searches, uses
from ...figures.period import Period
from ...figures.rendering.spreadsheets import Cell

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Rows = Iterable[tuple[Cell, ...]]
_CODES, _LANGUAGE, _LAST = _("Codes"), _("Language"), _("Last time")
_ARTICLE, _ADDRESS, _SEARCHES = _("Article"), _("Address"), _("Searches")


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of the page, complete; ``name`` is its file's, ``rows`` returns a period's rows."""

    name: str
    columns: tuple[_StrPromise, ...]
    rows: Callable[[Period, User, str], Rows]


def _per_day(period: Period, user: User, language: str) -> Rows:
    for day in searches.per_day(period):
        yield day.date.isoformat(), day.searches, day.without_hit, day.opened


def _without_hit(period: Period, user: User, language: str) -> Rows:
    return _groups(searches.groups(searches.without_hit(period)))


def _nothing_opened(period: Period, user: User, language: str) -> Rows:
    return _groups(searches.groups(searches.nothing_opened(period)))


def _groups(groups: Iterable[searches.SearchGroup]) -> Rows:
    for group in groups:
        codes = ", ".join(group.codes)
        yield codes, group.words, group.language, group.count, group.last.isoformat()


def _opened(period: Period, user: User, language: str) -> Rows:
    for row in searches.opened_most(period, reader_for(user), language, None):
        yield row.title.slug, row.title.text, row.count


def _steps(period: Period, user: User, language: str) -> Rows:
    for row in outcomes.stuck_most(period, reader_for(user), language, None):
        title = row.title
        yield title.slug, title.text, row.resolution, row.number, row.words, row.solved, row.stuck


def _helpfulness(period: Period, user: User, language: str) -> Rows:
    for row in outcomes.helpfulness(period, reader_for(user), language).articles:
        yield row.title.slug, row.title.text, row.solved, row.stuck, round(row.share, 3)


def _uses(period: Period, user: User, language: str) -> Rows:
    for row in uses.used_most(period, reader_for(user), language, None):
        yield row.title.slug, row.title.text, row.linked, row.sent, row.flagged


def _flags(period: Period, user: User, language: str) -> Rows:
    for row in uses.flags(reader_for(user), language):
        said = (row.language, row.revision, row.count, row.last.isoformat())
        yield row.title.slug, row.title.text, *said


def _reports(period: Period, user: User, language: str) -> Rows:
    kinds = reports.kinds_for(user)
    with override(language):  # the file is written after the request was answered
        names = {kind: str(reports.MODELS[kind]._meta.verbose_name) for kind in kinds}
        states = {value: str(label) for value, label in reports.Status.choices}
    for status, state in states.items() if kinds else ():
        for row in reports.load(reports.queue(kinds, status), reader_for(user), language):
            slug = row.title.slug if row.title else ""
            said = (row.subject, slug, row.anchor, row.comment)
            when = row.time.isoformat()
            yield names[row.kind], state, *said, row.language, row.count, when


_GROUPED = (_CODES, _("Words"), _LANGUAGE, _SEARCHES, _LAST)
TABLES = (
    FigureTable(
        "searches",
        (_("Day"), _SEARCHES, _("Without a result"), _("With an article opened")),
        _per_day,
    ),
    FigureTable("without-hit", _GROUPED, _without_hit),
    FigureTable("nothing-opened", _GROUPED, _nothing_opened),
    FigureTable("opened", (_ADDRESS, _ARTICLE, _("Times opened")), _opened),
    FigureTable(
        "steps",
        (_ADDRESS, _ARTICLE, _("Resolution"), _("Step"), _("Words"), _("Solved"), _("Stuck")),
        _steps,
    ),
    FigureTable(
        "helpfulness",
        (_ADDRESS, _ARTICLE, _("Solved"), _("Not solved"), _("Share solved")),
        _helpfulness,
    ),
    FigureTable(
        "reports",
        (
            _("Kind"),
            _("Status"),
            _("Code or message"),
            _ADDRESS,
            _("Step"),
            _("Comment"),
            _LANGUAGE,
            _("Reports"),
            _LAST,
        ),
        _reports,
    ),
    FigureTable(
        "uses",
        (_ADDRESS, _ARTICLE, _("Linked"), _("Sent to the caller"), _("Flagged")),
        _uses,
    ),
    FigureTable(
        "flags",
        (_ADDRESS, _ARTICLE, _LANGUAGE, _("Revision"), _("Flags"), _LAST),
        _flags,
    ),
)
