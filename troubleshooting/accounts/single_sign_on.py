"""Whom a provider of OpenID Connect or SAML signs in, and what its claims make of them.

What the provider says of groups holds for the groups that the settings map: at each sign-in the
account gets those and loses the others. Nobody becomes a superuser by it, and other groups that
were given in the portal stay.
"""

from __future__ import annotations

import logging
from typing import Any, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from kbportal.environment.single_sign_on import STAFF

from .entering import refused

logger = logging.getLogger(__name__)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Trusts the provider to say who somebody is."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return that whom the provider knows gets an account."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of somebody who signs in for the first time, and note their groups."""
        # The portal keeps one address of each account, in the account.
        addresses, sociallogin.email_addresses = sociallogin.email_addresses, []
        if not sociallogin.is_existing and settings.OIDC_LINK_BY_MAIL:
            verified = [one.email for one in addresses if one.verified]
            if user := _only_account_of(verified):
                sociallogin.connect(request, user)
        if sociallogin.is_existing:
            take_groups(cast("User", sociallogin.user), _claims(sociallogin))

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Make the account of somebody who is new."""
        user: User = super().save_user(request, sociallogin, form)
        take_groups(user, _claims(sociallogin))
        return user

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Lead back to the page for passwords, which says that it failed.

        Raise ``ImmediateHttpResponse``, which allauth answers with.
        """
        logger.warning("Single sign-on failed: %s", type(kwargs.get("exception")).__name__)
        raise ImmediateHttpResponse(refused())


def take_groups(user: User, claims: dict[str, Any]) -> None:
    """Give ``user`` the groups that the claims name, of those that the settings map."""
    mapped: dict[str, str] = settings.SSO_GROUPS
    if not mapped:
        return
    said = claims.get(settings.SSO_GROUPS_CLAIM, [])
    values = {said} if isinstance(said, str) else {str(one) for one in said or []}
    wanted = {group for value, group in mapped.items() if value in values}
    groups = Group.objects.filter(name__in=set(mapped.values()) - {STAFF})
    user.groups.remove(*[group for group in groups if group.name not in wanted])
    user.groups.add(*[group for group in groups if group.name in wanted])
    has_others = user.groups.exclude(name__in=set(mapped.values())).exists()
    is_staff = bool(wanted) or has_others or user.is_superuser
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    """Return what the provider said: what it signed, and what it was asked for beside."""
    data = sociallogin.account.extra_data
    if settings.SAML_METADATA:
        return dict(data)
    return {**data.get("id_token", {}), **data.get("userinfo", {})}


def _only_account_of(addresses: list[str]) -> User | None:
    """Return the one account that has one of the addresses; none that may do everything."""
    if not addresses:
        return None
    found = [user for one in addresses for user in User.objects.filter(email__iexact=one)]
    return found[0] if len(found) == 1 and not found[0].is_superuser else None
