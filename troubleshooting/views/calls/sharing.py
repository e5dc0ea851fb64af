"""A call on two screens: the agent opens it, both tick its steps, both ask for its state.

Neither side has an account or a cookie here: a secret in the address names the call and is stored
as a hash. What everyone may read is shown, whoever opens the call, since anyone may stand before
the other screen; of an article that was hidden meanwhile nothing is.
"""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ...access import Reader
from ...models import Article, SharedCall, Step
from ..base import from_elsewhere


def is_offered() -> bool:
    """Return whether calls are shared: where everyone has to sign in a caller could see nothing."""
    return bool(settings.SHARED_CALLS) and not settings.SIGN_IN_REQUIRED


@method_decorator(csrf_exempt, name="dispatch")  # from_elsewhere() instead, as for feedback
@method_decorator(never_cache, name="dispatch")
class CallView(View):
    """What all addresses of calls have in common."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not is_offered():
            raise Http404
        if request.method == "POST" and from_elsewhere(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OpenCallView(CallView):
    """Opens a call about the posted ``article``, in which the posted ``step`` values are done."""

    def post(self, request: HttpRequest) -> HttpResponse:
        slug = request.POST.get("article", "")
        article = Article.objects.visible_to(Reader.PUBLIC).filter(slug=slug).first()
        if article is None:
            raise Http404
        opened = SharedCall.objects.open(article, known_steps(article, request))
        if opened is None:
            return JsonResponse({}, status=503)
        code = opened.call.code
        short = request.build_absolute_uri(reverse("short_call", kwargs={"letters": code}))
        return JsonResponse(
            {
                "secret": opened.secret,
                "code": code,
                "address": short,
                "qr": qr_code(self._address(request, code)),
                "state": reverse("troubleshooting:call_state", kwargs={"secret": opened.secret}),
            },
            status=201,
        )

    @staticmethod
    def _address(request: HttpRequest, code: str) -> str:
        """Return the address in the caller's language, as the agent chose it."""
        language = request.POST.get("language", "")
        if language not in dict(settings.LANGUAGES):
            return request.build_absolute_uri(reverse("short_call", kwargs={"letters": code}))
        with override(language):
            path = reverse("troubleshooting:call_join", kwargs={"letters": code})
        return request.build_absolute_uri(path)


class CallStateView(CallView):
    """The state of a call; a posted ``step`` is done, or not with an empty ``done``."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        return _state(live_call(secret))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        call = live_call(secret)
        if "end" in request.POST:
            call.delete()
            return JsonResponse({}, status=200)
        call.mark(known_steps(call.article, request), is_done=bool(request.POST.get("done")))
        return _state(call)


def live_call(secret: str) -> SharedCall:
    """Return the call of that secret.

    Raise ``Http404``: there is none, its time is over, or not everyone may read its article any
    more.
    """
    call = SharedCall.objects.select_related("article").known_by(secret)
    if call is None or not _is_public(call.article):
        raise Http404
    return call


def known_steps(article: Article, request: HttpRequest) -> list[str]:
    """Return the posted steps that the article has in any language."""
    wanted = request.POST.getlist("step")[:500]
    steps = Step.objects.filter(translation__article=article, anchor__in=wanted)
    return list(steps.order_by().values_list("anchor", flat=True).distinct())


def qr_code(address: str) -> str:
    """Return the picture of an address that phones read, as SVG."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        target, kind="svg", scale=4, border=3, xmldecl=False, svgns=True, light="white", nl=False
    )
    return target.getvalue().decode()


def _is_public(article: Article) -> bool:
    return Article.objects.visible_to(Reader.PUBLIC).filter(pk=article.pk).exists()


def _state(call: SharedCall) -> JsonResponse:
    left = max(0, int((call.expires - timezone.now()).total_seconds()))
    joined = bool(call.caller_key)
    return JsonResponse({"done": sorted(call.done_anchors()), "joined": joined, "seconds": left})
