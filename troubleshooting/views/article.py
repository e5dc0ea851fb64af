"""One article: its text, where it comes from, how fresh it is, and what lies around it."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from ..models import ArticleTranslation, ErrorCode, Outcome, SourceEntry, Symptom
from ..models.article import SECTIONS
from ..prepared import Prepared
from ..querysets import entries_with_neighbours, is_editor, is_staff, with_source_base
from ..templatetags.portal import LanguageLink, path_in
from .around import around
from .feedback import step_options
from .kept import KeptView
from .steps import step_labels


@dataclass(frozen=True, slots=True)
class Newer:
    """The original says something that the shown translation does not yet, in ``sections``."""

    language: str
    sections: list[str]


class ArticleView(KeptView):
    template_name = "troubleshooting/article.html"

    def get_context_data(self, slug: str, **kwargs) -> dict:
        translation, *others = self._texts(slug)
        user = self.request.user
        sources = self._sources(translation)
        source = sources[0] if sources else None
        rendered = getattr(translation, "rendered", None)
        return super().get_context_data(
            **kwargs,
            article=translation.article,
            translation=translation,
            rendered=rendered,
            is_editor=is_editor(self.request.user),
            internal=rendered.internal if rendered and is_staff(self.request.user) else "",
            languages=[translation.language, *(other.language for other in others)],
            others=others,
            foreign=translation.language != self.language,
            newer=_newer(translation, others),
            overdue=self._is_overdue(translation.article.review_due),
            codes=list(dict.fromkeys(_codes(user, translation=translation.pk))),
            messages_quoted=[one.text for one in _symptoms(user, translation=translation.pk)],
            sources=sources,
            step_options=step_options(step_labels(rendered.resolution) if rendered else []),
            reasons=Outcome.Reason.choices,
            around=around(user, self.language, translation, source),
            note_links=self._note_links(),
        )

    def _note_links(self) -> list[LanguageLink]:
        """Where the steps are read for a note, for each language of the portal."""
        return [
            LanguageLink(
                code, name, f"{path_in(self.request, code)}steps.json", code == self.language
            )
            for code, name in settings.LANGUAGES
        ]

    @cached_property
    def today(self):
        return timezone.localdate()

    def _is_overdue(self, due) -> bool:
        return due is not None and due < self.today

    def _texts(self, slug: str) -> list[ArticleTranslation]:
        """The article in every language it has, the best for the reader first."""
        found = list(_texts(self.request.user, slug=slug, language=self.language))
        if not found:
            raise Http404
        return found

    def _sources(self, translation: ArticleTranslation) -> list[SourceEntry]:
        """Where the article comes from: one part per document, in the article's language."""
        rows = _entries(self.request.user, article=translation.article_id)
        best = {}
        for row in sorted(
            rows, key=lambda row: (row.document.language != translation.language, row.pk)
        ):
            best.setdefault(row.document.key, row)
        return list(best.values())


@Prepared
def _texts(user, slug: str, language: str) -> QuerySet:
    texts = ArticleTranslation.objects.visible_to(user).filter(article__slug=slug)
    with_rendered = with_source_base(texts).select_related("article", "rendered")
    return with_rendered.best_first(language)


@Prepared
def _codes(user, translation: int) -> QuerySet:
    """A code once for each citation, in the order of the text."""
    cited = ErrorCode.objects.filter(citations__translation=translation)
    return cited.order_by("citations__position", "citations__pk")


@Prepared
def _symptoms(user, translation: int) -> QuerySet:
    return Symptom.objects.filter(translation=translation).only("text")


@Prepared
def _entries(user, article: int) -> QuerySet:
    """The parts of documents that the article was made from, with their neighbours."""
    entries = entries_with_neighbours(SourceEntry.objects, user).filter(article=article)
    return (
        entries.select_related("document")
        .defer("base", "document__raw", "document__preamble", "document__preamble_html")
        .defer("document__outline", "document__front_matter")
    )


def _newer(translation: ArticleTranslation, others: list[ArticleTranslation]) -> Newer | None:
    """What the original says differently since the shown translation was made from it."""
    if not translation.is_stale:
        return None
    source = next((o for o in others if o.language == translation.source_language), None)
    if source is None:
        return None
    changed = [n for n in SECTIONS if getattr(translation, f"base_{n}") != getattr(source, n)]
    return Newer(source.language, changed) if changed else None
