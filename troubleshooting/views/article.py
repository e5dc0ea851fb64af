"""One article: its text, where it comes from, how fresh it is, and what lies around it."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from ..models import ArticleTranslation, CodeCitation, Outcome, SourceEntry, Symptom
from ..models.article import SECTIONS
from ..querysets import entries_with_neighbours, is_staff, with_source_base
from ..templatetags.portal import LanguageLink, path_in
from .around import around
from .cards import distinct_codes
from .feedback import named_steps
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
        sources = self._sources(translation)
        symptoms = list(Symptom.objects.filter(translation=translation).only("text", "key"))
        codes = distinct_codes(translation)
        surroundings = around(
            self.request.user, self.language, translation.article_id, codes, symptoms, sources
        )
        rendered = getattr(translation, "rendered", None)
        return super().get_context_data(
            **kwargs,
            article=translation.article,
            translation=translation,
            rendered=rendered,
            internal=rendered.internal if rendered and is_staff(self.request.user) else "",
            languages=[translation.language, *(other.language for other in others)],
            others=others,
            foreign=translation.language != self.language,
            newer=_newer(translation, others),
            overdue=self._is_overdue(translation.article.review_due),
            codes=codes,
            messages_quoted=[symptom.text for symptom in symptoms],
            sources=sources,
            named_steps=named_steps(step_labels(rendered.resolution) if rendered else []),
            reasons=Outcome.Reason.choices,
            around=surroundings,
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
        texts = ArticleTranslation.objects.visible_to(self.request.user).filter(article__slug=slug)
        cited = CodeCitation.objects.select_related("code")
        found = list(
            with_source_base(texts)
            .select_related("article", "rendered")
            .prefetch_related(Prefetch("citations", cited))
            .best_first(self.language)
        )
        if not found:
            raise Http404
        return found

    def _sources(self, translation: ArticleTranslation) -> list[SourceEntry]:
        """Where the article comes from: one part per document, in the article's language."""
        entries = entries_with_neighbours(SourceEntry.objects, self.request.user)
        rows = (
            entries.filter(article=translation.article_id)
            .select_related("document")
            .defer("base", "document__raw", "document__preamble", "document__preamble_html")
            .defer("document__outline", "document__front_matter")
        )
        best = {}
        for row in sorted(
            rows, key=lambda row: (row.document.language != translation.language, row.pk)
        ):
            best.setdefault(row.document.key, row)
        return list(best.values())


def _newer(translation: ArticleTranslation, others: list[ArticleTranslation]) -> Newer | None:
    """What the original says differently since the shown translation was made from it."""
    if not translation.is_stale:
        return None
    source = next((o for o in others if o.language == translation.source_language), None)
    if source is None:
        return None
    changed = [n for n in SECTIONS if getattr(translation, f"base_{n}") != getattr(source, n)]
    return Newer(source.language, changed) if changed else None
