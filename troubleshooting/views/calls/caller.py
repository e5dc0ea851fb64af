"""The caller's screen: six letters once, then the steps in the caller's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_from_request, override

from ...access import Reader
from ...models import ArticleTranslation, SharedCall
from ...representing.web.leading import leading_somewhere
from ..articles.steps import step_anchors
from ..base import PortalView
from .sharing import CallView, is_offered, live_call

#: Beside the letters people type blanks and hyphens.
LONGEST = 20


def short(request: HttpRequest, letters: str = "") -> HttpResponse:
    """Lead to the page of these letters in the language that the caller's browser asks for.

    Without letters, to the page that asks for them: people type the first line of what is shown.

    Whether they are any call's is not looked at: only who sends the page's form learns that, under
    a limit.

    Raise ``Http404``: the portal is set up without shared calls.
    """
    if not is_offered():
        raise Http404
    language = get_language_from_request(request)
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        named = {"letters": letters[:LONGEST]} if letters else None
        address = reverse("troubleshooting:call_join", kwargs=named)
    return HttpResponseRedirect(address)


class JoinCallView(CallView, PortalView):
    """Asks for the letters; a click is needed, since previews of links open addresses too."""

    template_name = "troubleshooting/calls/call_join.html"
    http_method_names = ["get", "head", "post", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"letters": "", "is_unknown": False, **kwargs})

    def post(self, request: HttpRequest, letters: str = "") -> HttpResponse:
        letters = request.POST.get("letters", letters)[:LONGEST]
        secret = SharedCall.objects.join(letters)
        if secret is None:
            context = self.get_context_data(letters=letters, is_unknown=True)
            return self.render_to_response(context, status=404)
        address = reverse("troubleshooting:call", kwargs={"secret": secret})
        return HttpResponseRedirect(address, status=303)


class CallerView(CallView, PortalView):
    """The steps of the call's article, to be ticked."""

    template_name = "troubleshooting/calls/call.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the steps; of a call that is over, where to enter the letters of another.

        Phones load a page anew that was in the background for a while.
        """
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            self.template_name = JoinCallView.template_name
            context = super().get_context_data(is_over=True)
            return self.render_to_response(context, status=404)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        secret: str = kwargs.pop("secret")
        call = live_call(secret)
        texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).filter(article=call.article)
        text = texts.best_first(self.language).select_related("rendered").first()
        rendered = getattr(text, "rendered", None)
        if text is None or rendered is None:
            raise Http404
        return super().get_context_data(
            **kwargs,
            text=text,
            resolution=leading_somewhere(Reader.PUBLIC, [rendered.resolution])[0],
            has_steps=bool(step_anchors(rendered.resolution)),
            foreign=text.language if text.language != self.language else "",
            state=reverse("troubleshooting:call_state", kwargs={"secret": secret}),
        )
