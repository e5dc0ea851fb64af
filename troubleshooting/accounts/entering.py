"""How allauth signs somebody in, by a provider or with a second factor: as the portal does."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..auditing import Act, note
from . import devices
from .factors.telling import tell


class AccountAdapter(DefaultAccountAdapter):
    """What allauth does with accounts: nothing that is seen, and letters of the portal's own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": _("The password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that nobody makes an account by themselves."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on the next page: what was done shows there."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in, and note it."""
        super().login(request, user)
        note(cast("User", user), Act.SIGN_IN)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """Have the device remembered, once all that was asked for has been shown."""
        response = super().post_login(request, user, **kwargs)
        devices.remember(response, user.get_username())
        return response

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Refuse an account that has been closed."""
        return refused()

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, *args: Any, **kwargs: Any
    ) -> None:
        """Tell the owner that a factor has changed, and note it."""
        tell(cast("User", user), template_prefix.rpartition("/")[2])


def refused() -> HttpResponseRedirect:
    """Lead back to the page for signing in, which says that it failed."""
    answer = redirect("troubleshooting:sign_in")
    answer["Location"] += "?refused=1"
    return answer
