"""Imported documents: which there are, and one with its outline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404

from ...access import Reader, reader_of
from ...models import Article, SourceDocument
from ...representing.web.leading import leading_somewhere
from ...search.words.folding import fold
from ..articles.cards import Card, cards
from ..base import CachedView

#: Rows of a page: documents of the list, articles of a document.
PAGE_SIZE = 50


class DocumentRow(NamedTuple):
    """A document and how many of its articles a reader may see."""

    document: SourceDocument
    articles: int


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading of a document with the articles below it.

    ``level`` is 2 to 6; 1 is the document's own title, which the page shows already. ``page`` is
    the number of the page that it begins on.
    """

    level: int
    anchor: str
    title: str
    intro_html: str
    cards: list[Card]
    page: int = 1


class _Title(NamedTuple):
    """What the list of documents is sorted and searched by."""

    pk: int
    key: str
    language: str
    title: str


#: What no list shows: the original, and texts made of it.
_TEXTS = ("raw", "preamble", "preamble_html", "outline")


def _titles(language: str, reader: Reader) -> list[_Title]:
    """Return one row per document that ``reader`` may see, in ``language`` where it has it.

    They are sorted from A to Z.
    """
    seen = SourceDocument.objects.visible_to(reader).order_by()
    rows = [_Title(*row) for row in seen.values_list(*_Title._fields)]
    best: dict[str, _Title] = {}
    for row in sorted(rows, key=lambda row: (row.key, row.language != language, row.language)):
        best.setdefault(row.key, row)
    return sorted(best.values(), key=lambda row: (fold(row.title), row.key))


def latest_documents(language: str, reader: Reader, most: int) -> tuple[list[SourceDocument], int]:
    """Return the documents imported last, those in ``language`` first, and how many there are.

    A document that is there in several languages is one.
    """
    seen = SourceDocument.objects.visible_to(reader)
    better = seen.filter(Q(language=language) | Q(language__lt=OuterRef("language")))
    only = seen.exclude(language=language).exclude(Exists(better.filter(key=OuterRef("key"))))
    found: list[SourceDocument] = []
    for part in (seen.filter(language=language), only):
        newest = part.order_by("-imported", "title", "key").defer(*_TEXTS)
        found += newest[: most - len(found)]
    return found, seen.order_by().values("key").distinct().count()


def article_counts(reader: Reader, keys: Collection[str]) -> dict[str, int]:
    """Return by key how many articles ``reader`` may see of the documents ``keys``."""
    counted = (
        Article.objects.visible_to(reader)
        .filter(sources__document__key__in=keys)
        .order_by()
        .values_list("sources__document__key")
        .annotate(number=Count("pk", distinct=True))
    )
    return dict(counted)


class DocumentListView(CachedView):
    template_name = "troubleshooting/indexes/document_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.GET.get("q", "").strip()
        words = fold(wanted).split()
        reader = reader_of(self.request)
        found = [
            row
            for row in _titles(self.language, reader)
            if all(word in fold(row.title) for word in words)
        ]
        page = Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page"))
        counts = article_counts(reader, {row.key for row in page})
        documents = SourceDocument.objects.defer(*_TEXTS).in_bulk([row.pk for row in page])
        return super().get_context_data(
            **kwargs,
            wanted=wanted,
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            rows=[
                DocumentRow(documents[row.pk], counts.get(row.key, 0))
                for row in page
                if row.pk in documents
            ],
        )


class DocumentView(CachedView):
    template_name = "troubleshooting/indexes/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key: str = kwargs.pop("key")
        seen = SourceDocument.objects.visible_to(reader_of(self.request))
        rows = list(seen.filter(key=key).defer("raw", "preamble"))
        if not rows:
            raise Http404
        document = min(rows, key=lambda row: (row.language != self.language, row.language))
        split = list(_pages(self._sections(document)))
        page = Paginator(split, 1).get_page(self.request.GET.get("page"))
        sections = split[page.number - 1] if split else []
        preamble = document.preamble_html if page.number == 1 else ""
        preamble, *intros = leading_somewhere(
            reader_of(self.request), (preamble, *(section.intro_html for section in sections))
        )
        sections = [
            replace(section, intro_html=intro)
            for section, intro in zip(sections, intros, strict=True)
        ]
        return super().get_context_data(
            **kwargs,
            document=document,
            has_code=any("<code" in html for html in (preamble, *intros)),
            foreign=document.language != self.language,
            languages=[row.language for row in rows],
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            preamble=preamble,
            outline=[
                section
                for number, on_page in enumerate(split, 1)
                for section in on_page
                if section.level == 2 and section.page == number
            ],
            sections=sections,
        )

    def _sections(self, document: SourceDocument) -> list[OutlineSection]:
        """Return the outline with cards; a heading that leads to nothing visible is left out."""
        articles = Article.objects.visible_to(reader_of(self.request)).filter(
            sources__document=document
        )
        by_slug = {
            card.article.slug: card
            for card in cards(articles.for_list(self.language), self.language)
        }
        sections = [
            OutlineSection(
                level=min(max(int(entry.get("level", 2)), 1), 6),
                anchor=entry.get("anchor", ""),
                title=entry.get("title", ""),
                intro_html=entry.get("intro_html", ""),
                cards=[by_slug[slug] for slug in entry.get("articles", ()) if slug in by_slug],
            )
            for entry in document.outline
        ]
        return _without_empty(sections)


def _without_empty(sections: list[OutlineSection]) -> list[OutlineSection]:
    """Drop each heading that has no article, no text, and none of these below it."""
    kept: list[OutlineSection] = []
    for section in reversed(sections):
        leads_on = bool(kept) and kept[-1].level > section.level
        if section.cards or section.intro_html or leads_on:
            kept.append(section)
    return kept[::-1]


def _pages(sections: list[OutlineSection]) -> Iterable[list[OutlineSection]]:
    """Share the sections among pages of up to ``PAGE_SIZE`` articles, one page at least.

    What is above a section stands above what of it comes on the next page, too.
    """
    page: list[OutlineSection] = []
    above: list[OutlineSection] = []
    number, room = 1, PAGE_SIZE
    for section in sections:
        above = [one for one in above if one.level < section.level]
        rest, begun = section.cards, False
        while not begun or rest:
            if room == 0:
                yield page
                number, room = number + 1, PAGE_SIZE
                page = [replace(one, intro_html="", cards=[]) for one in above]
            if begun:
                page.append(replace(section, intro_html="", cards=rest[:room]))
            else:
                section = replace(section, page=number)
                page.append(replace(section, cards=rest[:room]))
                begun = True
            rest, room = rest[room:], room - len(rest[:room])
        above.append(section)
    if page:
        yield page
