"""The index of error codes, and one code with the articles that cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from ...access import reader_of
from ...caching.responses import page_state
from ...filters.indexes import IndexRow
from ...filters.values import FAMILY_LABELS
from ...models import Article, CodeSpelling, ErrorCode, Platform, SearchFacets
from ...querysets import codes_with_counts
from ...search import SearchRequest, search
from ...templatetags.portal import language_name
from ...texts.codes import (
    Code,
    Lookup,
    Reading,
    ReadingKind,
    normalise_spelling,
    parse_code,
    readings,
    spellings,
)
from ...texts.codes.decoding.wording import decoded
from ..articles.cards import Card, cards
from ..base import PortalView
from ..incidents import notices_for
from ..searching.cards import Action, first_actions, guess_cards
from ..searching.gaps import gap_form
from .listing import ADDRESSES, IndexView, ShownRow
from .rows import code_rows

#: Articles on a page.
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """Codes of one family; without a label where the list is not by family."""

    label: str
    rows: list[ShownRow]


class CodeListView(IndexView):
    template_name = "troubleshooting/indexes/code_list.html"
    name_label = _("Code")

    def rows(self) -> list[IndexRow]:
        return code_rows(reader_of(self.request), page_state(self.request))

    def address(self, name: str) -> str:
        return _address(self.language, get_script_prefix(), name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        by_family = context["filter"].sorted_by == "name"
        return {**context, "groups": _groups(context["rows"], by_family)}


@lru_cache(maxsize=ADDRESSES)
def _address(_language: str, _mounted: str, name: str) -> str:
    return reverse("troubleshooting:code", kwargs={"canonical": name})


def _groups(rows: list[ShownRow], by_family: bool) -> list[CodeGroup]:
    """Return the rows as listed, below the names of families where that is the order."""
    if not by_family:
        return [CodeGroup("", rows)] if rows else []
    return [
        CodeGroup(FAMILY_LABELS.get(kind, kind), list(members))
        for kind, members in groupby(rows, key=lambda shown: shown.family)
    ]


class CitingCard(NamedTuple):
    """An article that cites a code, and what to do first if it is about that."""

    card: Card
    action: Action | None


class CodeView(PortalView):
    """A code's page. Any other spelling leads to it; an undocumented code is taken apart."""

    template_name = "troubleshooting/indexes/code.html"

    def get(self, request: HttpRequest, canonical: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if "\0" in canonical:  # no text holds it, and PostgreSQL refuses to compare it
            raise Http404
        code = self._visible(ErrorCode.objects.filter(canonical=canonical))
        if code is not None:
            return self.render_to_response(self.get_context_data(code=code))
        other = self._by_spelling(canonical)
        if other is not None:
            return redirect("troubleshooting:code", canonical=other.canonical)
        return self._undocumented(canonical)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code: ErrorCode = kwargs.pop("code")
        articles = Article.objects.visible_to(reader_of(self.request)).with_code(code.canonical)
        ordered = articles.in_document_order().own_language_first(self.language)
        page = Paginator(ordered.for_list(self.language), PAGE_SIZE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            **kwargs,
            code=code,
            notices=notices_for(self.request, self.language, codes=[code.canonical]),
            spellings=_all_spellings(code),
            decoded=decoded(Code(code.kind, code.canonical, code.value), self.language),
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            cards=list(self._cards(page, code)),
        )

    def _cards(self, articles: Iterable[Article], code: ErrorCode) -> Iterator[CitingCard]:
        """Yield the articles; those about the code itself with what to do first."""
        shown = cards(articles, self.language, shows_platforms=True)
        about = [card.article.pk for card in shown if _is_about(card, code)]
        actions = first_actions(about, self.language)
        for card in shown:
            yield CitingCard(card, actions.get(card.article.pk))

    def _visible(self, codes: QuerySet[ErrorCode]) -> ErrorCode | None:
        return codes_with_counts(codes, reader_of(self.request)).order_by("pk").first()

    def _by_spelling(self, text: str) -> ErrorCode | None:
        """Return the visible code that ``text`` is another spelling of."""
        spelt = CodeSpelling.objects.filter(key__in=code_keys(text))
        code = self._visible(ErrorCode.objects.filter(spellings__in=spelt))
        return code or self._by_number(text)

    def _by_number(self, text: str) -> ErrorCode | None:
        """Return the visible code with the number that ``text`` means, the most plausible first."""
        for reading in readings(text):
            if reading.lookup == Lookup.VALUE and not _is_further(reading):
                same = ErrorCode.objects.filter(value=reading.value, kind__in=reading.code_kinds)
                if code := self._visible(same):
                    return code
        return None

    def _undocumented(self, text: str) -> HttpResponse:
        """Return status 404 with what can be said of a code that no visible article cites.

        Raise ``Http404``: ``text`` is no code.
        """
        code = parse_code(text)
        if code is None:
            raise Http404
        visible = SearchFacets.objects.visible_to(reader_of(self.request))
        result = search(visible, SearchRequest(code.canonical, self.language))
        platforms = {platform.slug: platform for platform in Platform.objects.all()}
        context = super().get_context_data(
            code=code,
            missing=[(code.canonical, decoded(code, self.language))],
            guesses=guess_cards(result, platforms, [code.canonical]),
            searched_names=[language_name(code) for code in result.searched],
            gap_form=gap_form(code.canonical),
        )
        return render(
            self.request, "troubleshooting/indexes/code_missing.html", context, status=404
        )


def _is_about(card: Card, code: ErrorCode) -> bool:
    """Return whether an article's title or problem names the code; others only mention it."""
    cited = card.translation.citations.all()
    return any(one.code_id == code.pk and one.section in ("title", "problem") for one in cited)


def _is_further(reading: Reading) -> bool:
    """Return whether a reading says more than that a text is another spelling of one code."""
    return reading.kind == ReadingKind.NAME_PART


def _all_spellings(code: ErrorCode) -> list[str]:
    """Return every spelling to recognise the code by: those of the texts, then the usual ones."""
    written = [spelling.text for spelling in code.spellings.all()]
    usual = spellings(Code(code.kind, code.canonical, code.value))
    return [text for text in dict.fromkeys([*written, *usual]) if text != code.canonical]


def code_keys(text: str) -> list[str]:
    """Return the look-up keys of what may be a code, as typed and as canonically spelt."""
    code = parse_code(text)
    keys = [normalise_spelling(text), code.key if code else ""]
    return [key for key in dict.fromkeys(keys) if key]
