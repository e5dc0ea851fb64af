"""Reports of gaps: "nothing is written about this"."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from ...forms import GapForm
from ...reporting.gaps import report_gap
from ..base import PortalView, from_elsewhere


@method_decorator(csrf_exempt, name="dispatch")  # from_elsewhere() instead
class GapView(PortalView):
    """The form by itself, and where every form of its kind is sent. It works without scripts."""

    template_name = "troubleshooting/searching/gap.html"
    http_method_names = ["get", "head", "post", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"gap_form": GapForm(), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if from_elsewhere(request):
            raise PermissionDenied
        form = GapForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(gap_form=form))
        kept = report_gap(**form.cleaned_data, language=self.language)
        thanks = reverse("troubleshooting:gap_thanks")
        return HttpResponseRedirect(thanks if kept else f"{thanks}?full=1", status=303)


class GapThanksView(PortalView):
    template_name = "troubleshooting/searching/gap_thanks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, full="full" in self.request.GET)


def gap_form(subject: str) -> GapForm:
    """Return a form that already says what is missing, for the pages that found nothing."""
    return GapForm(initial={"subject": " ".join(subject.split())[:200]})
