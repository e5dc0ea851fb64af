"""Signing in where second factors are on, and the pages on which people add and remove theirs.

Loads allauth: ``kbportal.urls`` includes it only there. allauth's views do the work; here they get
the portal's limits, its answers and what its script for passkeys reads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.account.views import ReauthenticateView
from allauth.mfa.base import views as codes
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as passkeys
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path, reverse
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView

from ..accounts.factors.forms import strike_off
from ..accounts.factors.gate import has_to_add
from ..accounts.factors.keeping import has_factor
from ..accounts.forms import refuse_too_soon
from .accounts import SignInView
from .tokens import TokensView

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class TooSoonMixin:
    """Answer 429 where a form was sent too soon."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return refuse_too_soon(super().form_invalid(form), form)  # type: ignore[misc]  # allauth has no types


class OptionsMixin:
    """Give the page what the browser has to know of passkeys, as JSON."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # allauth has no types
        for options in context.get("js_data", {}).values():
            context["options"] = json.dumps(options)
        return context


class PasswordView(SignInView):
    """The password; who has a factor is asked for it next, others are in."""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        wanted = self.get_success_url()
        answer: HttpResponse = perform_login(self.request, form.get_user(), redirect_url=wanted)
        return answer


class FactorsView(codes.IndexView):
    """What somebody has, and what can be added."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "must_add": has_to_add(self.request.user)}


class EnrolView(apps.ActivateTOTPView):
    """An app is added by its first code, which then signs nobody in."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        response = super().form_valid(form)
        strike_off(cast("User", self.request.user), form.cleaned_data["code"])
        return response


class SecondFactorView(TooSoonMixin, OptionsMixin, codes.AuthenticateView):
    """The code, or the passkey, after the password."""


class PasswordAgainView(TooSoonMixin, ReauthenticateView):
    """The password before factors are changed."""


class CodeAgainView(TooSoonMixin, codes.ReauthenticateView):
    """The code before factors are changed."""


class AddPasskeyView(OptionsMixin, passkeys.AddWebAuthnView):
    """A new passkey."""


class PasskeyAgainView(OptionsMixin, passkeys.ReauthenticateWebAuthnView):
    """A passkey before factors are changed."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


class GuardedTokensView(TokensView):
    """Who has a factor types the password again before a token is made, which asks for none."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a token, or take one back."""
        is_new = not request.POST.get("revoke")
        if is_new and has_factor(cast("User", request.user)):
            return self._confirmed(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    @method_decorator(reauthentication_required)
    def _confirmed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs)


class PasskeyView(passkeys.LoginWebAuthnView):
    """A passkey instead of a password."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return HttpResponseRedirect(reverse("troubleshooting:sign_in") + "?refused=passkey")


urlpatterns = [
    path("sign-in/", PasswordView.as_view(), name="sign_in"),
    path("sign-in/code/", SecondFactorView.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", PasskeyView.as_view(), name="mfa_login_webauthn"),
    # Where allauth leads whose sign-in took too long.
    path("sign-in/again/", RedirectView.as_view(pattern_name="troubleshooting:sign_in"),
         name="account_login"),
    path("tokens/", GuardedTokensView.as_view(), name="tokens"),
    path("second-factor/password/", PasswordAgainView.as_view(), name="account_reauthenticate"),
    path("second-factor/code/", CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("second-factor/passkey/", PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("second-factor/passkeys/add/", AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("second-factor/passkeys/", RedirectView.as_view(pattern_name="mfa_index"),
         name="mfa_list_webauthn"),
    path("second-factor/passkeys/", include("allauth.mfa.webauthn.urls")),
    path("second-factor/app/activate/", EnrolView.as_view(), name="mfa_activate_totp"),
    path("second-factor/app/", include("allauth.mfa.totp.urls")),
    path("second-factor/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("second-factor/", FactorsView.as_view(), name="mfa_index"),
]  # fmt: skip
