"""The answer to a code, a message or a pasted text.

A short query stands in the address. A text of several lines or a long one is sent as a form:
it is in no address, no log and no session, and leaves nothing behind but the codes in it.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from ...access import reader_of
from ...filters import ResultFilter
from ...filters.facets import chosen_options
from ...models import SearchFacets
from ...narrowing import Narrowing, read_narrowing, search_narrowed, without
from ...representing.marking import blocks
from ...search import SearchResult
from ...search.engine import PAGE
from ...search.reading.query import clean, is_log
from ...templatetags.portal import language_name
from ...texts.codes import parse_code
from ...texts.codes.decoding.wording import decoded
from ..base import PortalView
from .cards import CodeCard, HitCard, code_cards, guess_cards, hit_cards, perhaps_cards
from .folding import told_apart
from .gaps import gap_form
from .history import note
from .interpretation import chips, removed
from .question import Interview

#: Characters of an encoded query that fit into an address everywhere.
LONGEST_ADDRESS = 1500
#: Pages that a reader can turn to; who has not found it there asks differently.
PAGES = 10
#: Things understood that a reader can take out.
_WITHOUT = 50
#: Undocumented codes that are taken apart on one page.
_MISSING = 5


class SortChoice(NamedTuple):
    """An order of results: the value of the address, its name, whether it is the present one."""

    value: str
    label: str
    selected: bool


@method_decorator(csrf_exempt, name="dispatch")  # a search changes nothing of anybody's
@method_decorator(cache_control(private=True), name="dispatch")
class SearchView(PortalView):
    """``?q=`` or a posted ``q``; facets, ``page`` and ``without`` are in the address for both."""

    template_name = "troubleshooting/searching/search.html"
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.GET.get("q", "")
        read = read_narrowing(typed, reader_of(request))
        if not read.chosen:
            return self._answer(typed, read, posted=False)
        query = request.GET.copy()
        query["q"] = read.kept
        for facet, values in read.filters(dict(query.lists())).items():
            query.setlist(facet, values)
        if read.kept:
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
        del query["q"]  # nothing but facets: what is meant is the list of these articles
        return HttpResponseRedirect(
            f"{reverse('troubleshooting:article_list')}?{query.urlencode()}"
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            text = request.POST.get("q", "")
        except RequestDataTooBig:
            return self.render_to_response(super().get_context_data(too_big=True), status=413)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _fits_an_address(text):
            query = request.GET.copy()
            query["q"] = text.strip()
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}", status=303)
        return self._answer(text)

    def _answer(
        self, typed: str, narrowing: Narrowing | None = None, posted: bool = True
    ) -> HttpResponse:
        """Answer what was ``typed``; nothing narrows a posted text but the address."""
        narrowing = narrowing or Narrowing(typed, typed)
        visible = SearchFacets.objects.visible_to(reader_of(self.request))
        wanted = ResultFilter(self.request.GET, visible)
        interview = Interview(self.request.GET, self.language)
        result = self._search(narrowing, wanted, interview)
        context = self.get_context_data(
            asked=clean(typed),
            posted=posted,
            filter=wanted,
            result=result,
            interview=interview,
            narrowing=narrowing,
        )
        return self.render_to_response(context)

    def _search(
        self, narrowing: Narrowing, filters: ResultFilter, interview: Interview
    ) -> SearchResult:
        """Return the result; a page beyond the last is the first."""
        number = _page_number(self.request.GET.get("page", ""))
        assert filters.queryset is not None  # the filter was given what the reader may see
        return search_narrowed(
            filters.queryset,
            narrowing,
            self.language,
            filters.chosen_values,
            limit=PAGE,
            offset=(number - 1) * PAGE,
            without=frozenset(self.request.GET.getlist("without")[:_WITHOUT]),
            sort=self._sort(),
            keep=interview.keep if interview.is_answered else None,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked: str = kwargs.pop("asked")
        result: SearchResult = kwargs.pop("result")
        interview: Interview = kwargs.pop("interview")
        number = result.offset // PAGE + 1
        wanted: ResultFilter = kwargs["filter"]
        narrowing: Narrowing = kwargs["narrowing"]
        is_narrowed = bool(wanted.chosen_values or narrowing.unwanted)
        facets = wanted.facets(result.facets)
        cards = hit_cards(result, wanted.platforms)
        codes = self._code_cards(result, cards, number)
        shown = {card.hit.hit.article_id for card in codes}
        page = _paged(result.total, number)
        taken_out = self.request.GET.getlist("without")[:_WITHOUT]
        first = not (is_narrowed or taken_out or interview.given) and "page" not in self.request.GET
        return super().get_context_data(
            **kwargs,
            asked=asked,
            result=result,
            facets=facets,
            chosen=chosen_options(facets),
            hits=told_apart([card for card in cards if card.hit.article_id not in shown]),
            documents=result.documents if number == 1 and not is_narrowed else [],
            page=page,
            sorts=self._sorts() if result.total > 1 and result.kind != "log" else [],
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            chips=chips(result.understood),
            removed=removed(taken_out),
            blocks=blocks(asked, result.evidence) if result.kind == "log" else [],
            codes=codes,
            question=interview.next(result, wanted.platforms),
            answered=interview.answers(),
            entry=note(self.request, asked, result) if first else "",
            is_narrowed=not result.total
            and "only_excluded" not in result.notices
            and bool((wanted.chosen_values and facets) or narrowing.unwanted),
            all_wanted=without(asked, narrowing.left_out) if narrowing.left_out else "",
            left_out=[(part, without(asked, [part])) for part in narrowing.left_out],
            unknown=[(part, without(asked, [part])) for part in narrowing.unknown],
            **_missing(clean(narrowing.text), result, wanted),
        )

    def _code_cards(
        self, result: SearchResult, cards: list[HitCard], number: int
    ) -> list[CodeCard]:
        if number > 1:
            return []
        return code_cards(result, cards, self.language)

    def _sort(self) -> str:
        return "date" if self.request.GET.get("sort") == "date" else ""

    def _sorts(self) -> list[SortChoice]:
        return [
            SortChoice("", _("relevance"), self._sort() == ""),
            SortChoice("date", _("date"), self._sort() == "date"),
        ]


def _missing(text: str, result: SearchResult, wanted: ResultFilter) -> dict[str, Any]:
    """Return what is not documented: codes with their parts, the nearest ones, a report to send."""
    unknown = [one.value for one in result.understood if one.what == "reading" and not one.known]
    codes = [(value, parse_code(value)) for value in list(dict.fromkeys(unknown))[:_MISSING]]
    subject = ", ".join(value for value, _code in codes[:3])
    if not subject and result.kind != "log":
        subject = text
    is_asked = "only_excluded" not in result.notices
    return {
        "missing": [(value, decoded(code, result.language)) for value, code in codes],
        "guesses": guess_cards(result, wanted.platforms, list(dict.fromkeys(unknown))),
        "perhaps": perhaps_cards(result, wanted.platforms),
        "perhaps_by_meaning": any(hit.tier == "meaning" for hit in result.guesses),
        "searched_names": [language_name(code) for code in result.searched],
        "gap_form": gap_form(subject) if is_asked and not result.total else None,
    }


def _fits_an_address(text: str) -> bool:
    """Return whether a posted text may stand in an address.

    It is typed rather than pasted, and short.
    """
    stripped = text.strip()
    return not is_log(stripped) and len(urlencode({"q": stripped})) <= LONGEST_ADDRESS


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return min(max(int(text), 1), PAGES) if is_number else 1


def _paged(total: int, number: int) -> Page[int]:
    """Return the page as lists have it; the hits themselves come from the search."""
    return Paginator(range(min(total, PAGES * PAGE)), PAGE).get_page(number)
