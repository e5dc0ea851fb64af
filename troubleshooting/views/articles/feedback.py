"""What readers say of an article: how it went, and the errors they find. Never asks who they are.

No cookie and no secret goes with these forms, so that pages stay the same for everyone and can be
kept; a request from another site is refused by the headers that browsers add of themselves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from ...access import reader_of
from ...forms import ErrorReportForm, OutcomeForm
from ...models import ArticleTranslation, ErrorReport, Outcome
from ..base import PortalView, from_elsewhere
from ..searching.learning import learn, unseal
from .steps import label_of, step_anchors


@method_decorator(csrf_exempt, name="dispatch")  # from_elsewhere() instead, see above
class FeedbackView(PortalView):
    """A form by itself, and where the forms of the article's page are sent."""

    template_name = "troubleshooting/articles/feedback.html"
    http_method_names = ["get", "head", "post", "options"]
    form_class: type[OutcomeForm | ErrorReportForm] = OutcomeForm
    kind = "outcome"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug: str = kwargs.pop("slug")
        translation = self._translation(slug)
        rendered = getattr(translation, "rendered", None)
        anchors = step_anchors(rendered.resolution) if rendered else ()
        return super().get_context_data(
            **{
                "form": self.form_class(),
                "kind": self.kind,
                "slug": slug,
                "article": translation.article,
                "translation": translation,
                "step_options": step_options(anchors),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if from_elsewhere(request):
            raise PermissionDenied
        translation = self._translation(slug)
        form = self.form_class(request.POST)
        if not form.is_valid():
            context = self.get_context_data(slug=slug, form=form)
            return self.render_to_response(context, status=422)
        row = form.save(commit=False)
        row.article, row.language = translation.article, translation.language
        row.revision_number = translation.revision_number
        thanks = reverse("troubleshooting:feedback_thanks", kwargs={"slug": slug})
        with transaction.atomic():
            if isinstance(row, ErrorReport) and row.is_repeated():
                return HttpResponseRedirect(thanks, status=303)
            full = not type(row).objects.has_room_for(row.article)
            if not full:
                row.save()
        if not full:
            self._learn(row)
        return HttpResponseRedirect(f"{thanks}?full=1" if full else thanks, status=303)

    def _learn(self, row: Outcome | ErrorReport) -> None:
        """Let the search that led here learn that the article helped."""
        entry = unseal(self.request.POST.get("entry", ""))
        if entry and isinstance(row, Outcome) and row.verdict == Outcome.Verdict.SOLVED:
            learn(self.request, Outcome.objects.db, entry, row.article_id, solved=True)

    def _translation(self, slug: str) -> ArticleTranslation:
        texts = ArticleTranslation.objects.visible_to(reader_of(self.request)).filter(
            article__slug=slug
        )
        found = texts.best_first(self.language).select_related("article", "rendered").first()
        if found is None:
            raise Http404
        return found


class ErrorReportView(FeedbackView):
    form_class = ErrorReportForm
    kind = "error"


class FeedbackThanksView(PortalView):
    template_name = "troubleshooting/articles/feedback_thanks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug: str = kwargs.pop("slug")
        return super().get_context_data(**kwargs, slug=slug, full="full" in self.request.GET)


def step_options(anchors: tuple[str, ...]) -> SafeString:
    """Return the steps with those addresses as options of a form, in the reader's language."""
    return _options(get_language(), anchors)


@lru_cache(maxsize=256)
def _options(_language: str, anchors: tuple[str, ...]) -> SafeString:
    steps = [step for anchor in anchors if (step := label_of(anchor))]
    many = len({step.resolution for step in steps}) > 1
    named = ((step.anchor, step.name_for(many)) for step in steps)
    return format_html_join("", '<option value="{}">{}</option>', named)
