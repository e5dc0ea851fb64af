"""Signing in and out, for readers too where the whole portal asks for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse, reverse_lazy
from django.views import View

from kbportal.environment.single_sign_on import PROVIDER

from ..accounts import devices, letters
from ..accounts.forms import SignInForm, refuse_too_soon, send_links
from ..auditing import Act, note

#: Pages that nobody is led back to: they would lead on at once, for ever or to an error.
_PASSED = frozenset(
    ("sign_in", "sign_out", "password_reset", "password_reset_sent", "password_new", "password_set")
)


class LeadingBackMixin(views.RedirectURLMixin):
    """Lead back to the page that ``next`` names, but never in a circle."""

    request: HttpRequest

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Return where ``next`` leads, or "" where that is no page to go back to.

        An address that is not written from the root (``#x``, ``?x``, ``.``) means this very page.
        """
        wanted: str = super().get_redirect_url()
        if not wanted.startswith(("/", "http:", "https:")):
            return ""
        path = unquote(urlsplit(urljoin(self.request.build_absolute_uri(), wanted)).path)
        try:
            return "" if resolve(path).url_name in _PASSED else wanted
        except Resolver404:
            return wanted


class SignInView(LeadingBackMixin, views.LoginView):
    template_name = "troubleshooting/accounts/sign_in.html"
    authentication_form = SignInForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Lead on who has signed in, unless somebody is to sign in ``as``."""
        super().setup(request, *args, **kwargs)
        self.redirect_authenticated_user = "as" not in request.GET

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "username": self.request.GET.get("as", "")[:150]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "can_reset": letters.can_be_sent(),
            "single_sign_on": self._single_sign_on(),
            "provider": settings.SSO_NAME,
            "is_refused": self.request.GET.get("refused", ""),
        }
        return super().get_context_data(**kwargs, **more)

    def _single_sign_on(self) -> str:
        """Return the address that leads to the provider, and from there to the page asked for."""
        if not (settings.OIDC_ISSUER or settings.SAML_METADATA):
            return ""
        route = "saml_login" if settings.SAML_METADATA else "openid_connect_login"
        address = reverse(route, args=[PROVIDER])
        wanted = self.get_redirect_url()
        return f"{address}?{urlencode({'next': wanted})}" if wanted else address

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        note(form.get_user(), Act.SIGN_IN)
        devices.remember(response, form.get_user().get_username())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return refuse_too_soon(super().form_invalid(form), form)


class SignOutView(LeadingBackMixin, views.LogoutView):
    """By POST alone, as Django has it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note(request.user, Act.SIGN_OUT)
        return super().post(request, *args, **kwargs)


class ByMailMixin(View):
    """Nobody is sent a link where there is no way to send it: it would stand in the log."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not letters.can_be_sent():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class PasswordResetView(ByMailMixin, views.PasswordResetView):
    """What is answered is the same for all addresses."""

    template_name = "troubleshooting/accounts/reset.html"
    success_url = reverse_lazy("troubleshooting:password_reset_sent")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        send_links(self.request, form)
        return HttpResponseRedirect(self.get_success_url())


class PasswordResetSentView(ByMailMixin, views.PasswordResetDoneView):
    template_name = "troubleshooting/accounts/reset_sent.html"


class NewPasswordView(ByMailMixin, views.PasswordResetConfirmView):
    template_name = "troubleshooting/accounts/new_password.html"
    success_url = reverse_lazy("troubleshooting:password_set")


class PasswordSetView(views.PasswordResetCompleteView):
    template_name = "troubleshooting/accounts/password_set.html"
