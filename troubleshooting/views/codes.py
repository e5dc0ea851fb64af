"""The index of error codes, and one code with the articles that cite it."""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..codes import Code, CodeKind, hresult_of, spellings
from ..filters import code_keys
from ..models import Article, CodeCitation, CodeSpelling, ErrorCode, Platform
from ..querysets import codes_with_counts
from .base import PortalView
from .cards import Card, cards

PAGE_SIZE = 200

KIND_LABELS = {
    CodeKind.HEX: _("Hexadecimal codes"),
    CodeKind.SYMBOL: _("Named errors"),
    CodeKind.AADSTS: _("Sign-in errors (AADSTS)"),
    CodeKind.NDR: _("Mail delivery statuses"),
    CodeKind.EVENT: _("Event IDs"),
    CodeKind.HTTP: _("HTTP statuses"),
    CodeKind.NUMBER: _("Decimal codes"),
}


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
            yield CodeGroup(KIND_LABELS.get(kind, kind), [_row(code, by_id) for code in members])


def _row(code: ErrorCode, by_id: dict[int, Card]) -> CodeRow:
    ids = dict.fromkeys(row.translation.article_id for row in code.visible_citations)
    return CodeRow(code, [by_id[pk] for pk in sorted(ids) if pk in by_id])


class CodeView(PortalView):
    template_name = "troubleshooting/code.html"

    def get(self, request: HttpRequest, canonical: str, *args, **kwargs) -> HttpResponse:
        if "\0" in canonical:  # no text holds it, and PostgreSQL refuses to compare it
            raise Http404
        code = self._visible(ErrorCode.objects.filter(canonical=canonical))
        if code is None:
            return redirect(
                "troubleshooting:code", canonical=self._by_spelling(canonical).canonical
            )
        return self.render_to_response(self.get_context_data(code=code))

    def get_context_data(self, code: ErrorCode, **kwargs) -> dict:
        articles = Article.objects.visible_to(self.request.user).with_code(code.canonical)
        return super().get_context_data(
            **kwargs,
            code=code,
            spellings=_all_spellings(code),
            hresult=hresult_of(code.value) if code.value is not None else None,
            cards=cards(articles.in_document_order().for_list(self.language), self.language),
        )

    def _visible(self, codes: QuerySet) -> ErrorCode | None:
        return codes_with_counts(codes, self.request.user).first()

    def _by_spelling(self, text: str) -> ErrorCode:
        """The code that ``text`` is another spelling of.

        Raises:
            Http404: no visible article cites such a code.
        """
        spelt = CodeSpelling.objects.filter(key__in=code_keys(text))
        code = self._visible(ErrorCode.objects.filter(spellings__in=spelt))
        if code is None:
            raise Http404
        return code


def _all_spellings(code: ErrorCode) -> list[str]:
    """Every spelling to recognise the code by: those of the texts, then the usual ones."""
    written = [spelling.text for spelling in code.spellings.all()]
    usual = spellings(Code(CodeKind(code.kind), code.canonical, code.value))
    return [text for text in dict.fromkeys([*written, *usual]) if text != code.canonical]
