"""The index of error codes, and one code with the articles that cite it."""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ..codes import (
    NUMERIC_KINDS,
    Code,
    CodeKind,
    Lookup,
    Note,
    normalise_spelling,
    parse_code,
    readings,
    spellings,
)
from ..filters.results import FAMILY_LABELS
from ..models import Article, CodeCitation, CodeSpelling, ErrorCode, Platform, SearchFacets
from ..querysets import codes_with_counts
from ..search import SearchRequest, search
from ..templatetags.portal import language_name
from .base import PortalView
from .cards import Card, cards
from .decoding import decoded
from .gaps import gap_form
from .result_cards import guess_cards

PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A line of the index: a code and the articles that cite it."""

    code: ErrorCode
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """Codes of one kind."""

    label: str
    rows: list[CodeRow]


class CodeListView(PortalView):
    template_name = "troubleshooting/code_list.html"

    def get_context_data(self, **kwargs) -> dict:
        platforms = list(Platform.objects.all())
        wanted = self.request.GET.get("platform", "")
        platform = next((row for row in platforms if row.slug == wanted), None)
        page = Paginator(self._codes(platform), PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            **kwargs,
            platforms=platforms,
            platform=platform,
            unknown=bool(wanted) and platform is None,
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            groups=list(self._groups(page.object_list)),
        )

    def _codes(self, platform: Platform | None) -> QuerySet:
        cited = CodeCitation.objects.visible_to(self.request.user)
        if platform:
            cited = cited.filter(
                translation__article__in=Article.objects.for_platform(platform.slug).values("pk")
            )
        rows = cited.select_related("translation").only("code", "translation__article")
        return (
            ErrorCode.objects.filter(pk__in=cited.values("code"))
            .prefetch_related(Prefetch("citations", rows, to_attr="visible_citations"))
            .order_by("kind", "canonical")
        )

    def _groups(self, codes):
        codes = list(codes)
        ids = {row.translation.article_id for code in codes for row in code.visible_citations}
        articles = Article.objects.filter(pk__in=ids).for_list(self.language)
        by_id = {card.article.pk: card for card in cards(articles, self.language)}
        for kind, members in groupby(codes, key=lambda code: code.kind):
            yield CodeGroup(FAMILY_LABELS.get(kind, kind), [_row(code, by_id) for code in members])


def _row(code: ErrorCode, by_id: dict[int, Card]) -> CodeRow:
    ids = dict.fromkeys(row.translation.article_id for row in code.visible_citations)
    return CodeRow(code, [by_id[pk] for pk in sorted(ids) if pk in by_id])


class CodeView(PortalView):
    """A code's page. Any other spelling leads to it; an undocumented code is taken apart."""

    template_name = "troubleshooting/code.html"

    def get(self, request: HttpRequest, canonical: str, *args, **kwargs) -> HttpResponse:
        if "\0" in canonical:  # no text holds it, and PostgreSQL refuses to compare it
            raise Http404
        code = self._visible(ErrorCode.objects.filter(canonical=canonical))
        if code is not None:
            return self.render_to_response(self.get_context_data(code=code))
        other = self._by_spelling(canonical)
        if other is not None:
            return redirect("troubleshooting:code", canonical=other.canonical)
        return self._undocumented(canonical)

    def get_context_data(self, code: ErrorCode, **kwargs) -> dict:
        articles = Article.objects.visible_to(self.request.user).with_code(code.canonical)
        return super().get_context_data(
            **kwargs,
            code=code,
            spellings=_all_spellings(code),
            decoded=decoded(code.value) if code.kind == CodeKind.HEX else None,
            cards=cards(articles.in_document_order().for_list(self.language), self.language),
        )

    def _visible(self, codes: QuerySet) -> ErrorCode | None:
        return codes_with_counts(codes, self.request.user).order_by("pk").first()

    def _by_spelling(self, text: str) -> ErrorCode | None:
        """The visible code that ``text`` is another spelling of."""
        spelt = CodeSpelling.objects.filter(key__in=code_keys(text))
        code = self._visible(ErrorCode.objects.filter(spellings__in=spelt))
        return code or self._by_number(text)

    def _by_number(self, text: str) -> ErrorCode | None:
        """The visible code with the number that ``text`` means, the most plausible first."""
        for reading in readings(text):
            if reading.lookup == Lookup.VALUE and reading.note != Note.WRAPPED_WIN32:
                same = ErrorCode.objects.filter(value=reading.value, kind__in=reading.code_kinds)
                if code := self._visible(same):
                    return code
        return None

    def _undocumented(self, text: str) -> HttpResponse:
        """Status 404 with what can be said of a code that no visible article cites.

        Raises:
            Http404: ``text`` is no code.
        """
        code = parse_code(text)
        if code is None:
            raise Http404
        visible = SearchFacets.objects.visible_to(self.request.user)
        result = search(visible, SearchRequest(code.canonical, self.language))
        platforms = {platform.slug: platform for platform in Platform.objects.all()}
        value = code.value if code.kind in NUMERIC_KINDS else None
        context = super().get_context_data(
            code=code,
            missing=[(code.canonical, decoded(value))],
            guesses=guess_cards(result, platforms, [] if value is None else [value]),
            searched_names=[language_name(code) for code in result.searched],
            gap_form=gap_form(code.canonical),
        )
        return render(self.request, "troubleshooting/code_missing.html", context, status=404)


def _all_spellings(code: ErrorCode) -> list[str]:
    """Every spelling to recognise the code by: those of the texts, then the usual ones."""
    written = [spelling.text for spelling in code.spellings.all()]
    usual = spellings(Code(CodeKind(code.kind), code.canonical, code.value))
    return [text for text in dict.fromkeys([*written, *usual]) if text != code.canonical]


def code_keys(text: str) -> list[str]:
    """The look-up keys of what may be a code, as typed and as its canonical spelling has it."""
    code = parse_code(text)
    keys = [normalise_spelling(text), code.key if code else ""]
    return [key for key in dict.fromkeys(keys) if key]
