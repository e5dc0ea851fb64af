"""One article: its text, where it comes from, how fresh it is, and what lies around it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ...access import Reader, reader_of
from ...models import Article, FormerAddress
from ...representing.web.leading import leading_somewhere
from ...representing.web.structured import Crumb, PageData, script_text
from ...search.addresses import article_address
from ...templatetags.furniture import MOST
from ...templatetags.portal import LanguageLink, path_in
from ...texts.sections import SECTIONS
from ...texts.slugs import LONGEST_SLUG
from ..base import CachedView
from ..calls.sharing import is_offered
from ..incidents import IncidentLine, notices_for
from .departed import NUMBER, departed_page
from .feedback import step_options
from .markdown import ArticleMarkdownView, prefers_markdown
from .picture import picture_address
from .related import Around, around
from .rows import OriginDocument, Text, changed_since, documents, quoted, texts
from .steps import step_anchors
from .worked import by_chance, with_figures, worked

#: Says at which address an article was asked for that another has replaced.
REPLACED = "replaced"
#: Characters of the description that search engines show.
DESCRIPTION = 160


class Newer(NamedTuple):
    """The original says something that the shown translation does not yet, in ``sections``."""

    language: str
    address: str
    sections: tuple[str, ...]


class ArticleView(CachedView):
    template_name = "troubleshooting/articles/article.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the page, or Markdown for who prefers it; neither is kept for the other."""
        if prefers_markdown(request):
            response = ArticleMarkdownView.as_view()(request, *args, **kwargs)
        else:
            response = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(response, ("Accept",))
        return response

    def get(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponse:
        """Show the page; a former address leads to today's, and so does the article's number."""
        try:
            return super().get(request, *args, slug=slug, **kwargs)
        except Http404:
            articles = Article.objects.visible_to(reader_of(request)).with_text()
            former = FormerAddress.objects.filter(slug=slug, article__in=articles)
            found = former.select_related("article").first()
            article = found.article if found else None
            if article is None and NUMBER.fullmatch(slug):
                article = articles.filter(pk=int(slug)).first()
            if article is None:
                if departed := departed_page(request, slug):
                    return departed
                raise
        query = request.META.get("QUERY_STRING")
        if found and found.titles:
            query = urlencode({REPLACED: slug})
        address = article.get_absolute_url()
        # An article may yet get the number for its slug, and one that was replaced may come back.
        is_for_good = bool(found and not found.titles)
        return redirect(f"{address}?{query}" if query else address, permanent=is_for_good)

    def _replaced(self, article: int) -> str:
        """Return the title of the article that a reader asked for and that this one replaced."""
        slug = self.request.GET.get(REPLACED, "")[:LONGEST_SLUG]
        former = slug and FormerAddress.objects.filter(slug=slug, article=article).first()
        if not former or not former.titles:
            return ""
        titles: dict[str, str] = former.titles
        return titles.get(self.language) or next(iter(titles.values()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug: str = kwargs.pop("slug")
        reader = reader_of(self.request)
        found = texts(reader, slug=slug, language=self.language)
        if not found:
            raise Http404
        text = _led(reader, found[0])
        languages = tuple(one.language for one in found)
        steps = step_anchors(text.resolution or "")
        sources, place = documents(reader, text)
        messages, codes = quoted(reader, text)
        surroundings = around(reader, self.language, text.article, text.pk, place)
        platforms = tuple(one.name for one in surroundings.platforms)
        return super().get_context_data(
            **kwargs,
            text=text,
            slug=text.slug,
            description=_description(text.summary or ""),
            is_editor=reader.is_editor,
            replaced=self._replaced(text.article),
            languages=languages,
            foreign=text.language if text.language != self.language else "",
            newer=self._newer(text, languages),
            overdue=text.review_due is not None and text.review_due < timezone.localdate(),
            messages_quoted=messages,
            codes=codes,
            sources=sources,
            has_steps=bool(steps),
            step_options=step_options(steps),
            around=surroundings,
            notices=self._notices(text, surroundings, codes),
            **self._resolution(text, platforms),
            structured=_structured(
                self.request.build_absolute_uri("/").rstrip("/"),
                get_script_prefix(),
                self.language,
                text,
                sources,
                platforms,
                codes,
            ),
            note_links=self._note_links(),
            picture=self.request.build_absolute_uri(
                picture_address(text.slug, text.language, text.revision_number)
            ),
            is_public=_is_public(text),
            is_shared=_is_public(text) and is_offered(),
        )

    def _notices(
        self, text: Text, surroundings: Around, codes: tuple[str, ...]
    ) -> tuple[IncidentLine, ...]:
        """Return the incidents of the article, its platforms and its codes."""
        return notices_for(
            self.request,
            self.language,
            platforms=[one.slug for one in surroundings.platforms],
            codes=codes,
            article=text.article,
        )

    def _newer(self, text: Text, languages: tuple[str, ...]) -> Newer | None:
        """Return what the original says differently since the translation was made from it."""
        if not text.is_stale or text.source_language not in languages[1:]:
            return None
        changed = changed_since(text)
        address = path_in(self.request, text.source_language)
        return Newer(text.source_language, address, changed) if changed else None

    def _resolution(self, text: Text, platforms: tuple[str, ...]) -> dict[str, str]:
        """Return the resolutions with what worked before, and what they are in order of.

        ``order`` is empty where nothing could be ordered.
        """
        html = text.resolution or ""
        known = worked(text.article, text.resolutions) if html else {}
        if not known:
            return {"resolution": html, "order": ""}
        order = ""
        if settings.RESOLUTIONS_BY_OUTCOME and text.resolutions > 1:
            order = "author" if self.request.GET.get("order") == "author" else "worked"
        if order == "worked":
            html = by_chance(html, known)
        return {"resolution": with_figures(html, known, platforms), "order": order}

    def _note_links(self) -> tuple[LanguageLink, ...]:
        """Return where the steps are read for a note, for each language of the portal."""
        return tuple(
            LanguageLink(
                code, name, f"{path_in(self.request, code)}steps.json", code == self.language
            )
            for code, name in settings.LANGUAGES
        )


@lru_cache(maxsize=MOST)
def _structured(
    site: str,
    _mounted: str,
    _language: str,
    text: Text,
    sources: tuple[OriginDocument, ...],
    platforms: tuple[str, ...],
    codes: tuple[str, ...],
) -> str:
    """Return what search engines are told of the article, at the address in its language."""
    above = [(_("Articles"), reverse("troubleshooting:article_list"))]
    above += [(one.title, one.get_absolute_url()) for one in sources[:1]]
    return script_text(
        PageData(
            url=f"{site}{article_address(text.slug, text.language)}",
            language=text.language,
            title=text.title,
            description=_description(text.summary or ""),
            modified=text.modified,
            platforms=platforms,
            codes=codes,
            sections={name: getattr(text, name) or "" for name in SECTIONS},
            licence=sources[0].licence_url if sources else "",
            picture=f"{site}{picture_address(text.slug, text.language, text.revision_number)}",
            crumbs=[Crumb(name, f"{site}{address}") for name, address in above],
        )
    )


def _led(reader: Reader, text: Text) -> Text:
    """Return ``text`` with the links that lead ``reader`` somewhere."""
    names = [name for name in (*SECTIONS, "note") if getattr(text, name)]
    sections = leading_somewhere(reader, (getattr(text, name) for name in names))
    led: dict[str, Any] = dict(zip(names, sections, strict=True))
    return text._replace(**led)


def _is_public(text: Text) -> bool:
    return (text.status, text.audience) == (Article.Status.PUBLISHED, Article.Audience.PUBLIC)


def _description(summary: str) -> str:
    return summary if len(summary) <= DESCRIPTION else Truncator(summary).chars(DESCRIPTION)
