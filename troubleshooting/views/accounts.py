"""Signing in and out, for readers too where the whole portal asks for it."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

from django.contrib.auth import views
from django.http import HttpRequest
from django.urls import Resolver404, resolve

#: Pages that nobody is led back to: they would lead on at once, for ever or to an error.
_PASSED = frozenset(("sign_in", "sign_out"))


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
    template_name = "troubleshooting/sign_in.html"
    redirect_authenticated_user = True


class SignOutView(LeadingBackMixin, views.LogoutView):
    """By POST alone, as Django has it."""
