"""The administration as a whole, as an empty frame: ``admin`` fills in pages, menu and home.

Apart from ``admin``, since Django makes the site while that package registers its models on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.i18n import JavaScriptCatalog

from kbportal.environment.second_factor import OFF

from .accounts import devices
from .accounts.forms import AdminSignInForm, refuse_too_soon

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    UserOrNobody = User | AnonymousUser

#: Django's list of applications, each with its models.
Menu = list[dict[str, Any]]
#: Where a request keeps its menu.
_MENU = "portal_menu"


def _remember_permissions(user: UserOrNobody) -> None:
    """Ask in one query what Django asks in two, where nobody asked before: every page does."""
    if user.is_anonymous or user.is_superuser or hasattr(user, "_group_perm_cache"):
        return
    # The model is there only once the apps are ready; this module is imported before.
    permissions = apps.get_model("auth", "Permission")._default_manager.order_by()
    rows = permissions.filter(Q(user=user.pk) | Q(group__user=user.pk)).distinct()
    names = {".".join(row) for row in rows.values_list("content_type__app_label", "codename")}
    # Where Django's own backend keeps them for the rest of the request; the user of a request is a
    # stand-in that passes on what is set on it, but has a __dict__ of its own.
    for name, held in (("_group_perm_cache", names), ("_user_perm_cache", set())):
        setattr(user, name, held)


class _ScriptTexts(JavaScriptCatalog):
    """What Django's scripts say, with the apostrophe of a printed text."""

    def get_catalog(self) -> dict[str, Any]:
        return {key: _printed(text) for key, text in super().get_catalog().items()}


def _printed(text: str | list[str]) -> str | list[str]:
    """Return ``text``, or each form of one that counts, without apostrophes of the typewriter."""
    if isinstance(text, list):
        return [re.sub(r"(?<=\w)'(?=\w)", "’", form) for form in text]
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


class PortalAdminSite(AdminSite):
    """Django's administration; what is due comes before the lists."""

    #: As the lists of the portal's own pages have it.
    empty_value_display = "–"
    #: The frame has a navigation of its own.
    enable_nav_sidebar = False

    login_form = AdminSignInForm

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if settings.MFA != OFF:
            return self._one_door(request)
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            self._note(request.user, "sign_in")
            devices.remember(response, request.user.get_username())
        form = (getattr(response, "context_data", None) or {}).get("form")
        return refuse_too_soon(response, form) if form else response

    def _one_door(self, request: HttpRequest) -> HttpResponse:
        """Lead to the portal's page for signing in, the only one that asks for a second factor."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse(f"{self.name}:index")
        query = urlencode({REDIRECT_FIELD_NAME: wanted})
        return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{query}")

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        if request.method == "POST":
            self._note(request.user, "sign_out")
        return super().logout(request, extra_context)

    def fill(
        self,
        pages: Iterable[Callable[[AdminSite], list[URLPattern]]],
        menu: Callable[[Menu, UserOrNobody], Menu],
        home: Callable[[User], dict[str, Any]],
        note: Callable[[UserOrNobody, str], None],
    ) -> None:
        """Take over the ``pages`` that belong to no model, the ``menu`` and the ``home`` page.

        ``menu`` arranges Django's list of applications for a user, ``home`` is the context of the
        first page for a user, ``note`` keeps that somebody signed in or out.
        """
        self._pages, self._menu, self._home = list(pages), menu, home
        self._note = note

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return what Django's scripts say in the language of the page."""
        view = _ScriptTexts.as_view(packages=["django.contrib.admin"])
        return cast("HttpResponse", view(request))

    def has_permission(self, request: HttpRequest) -> bool:
        _remember_permissions(request.user)
        return super().has_permission(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*(url for page in self._pages for url in page(self)), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Menu:
        if app_label:
            return super().get_app_list(request, app_label)
        known = request.__dict__  # Django asks twice for its first page
        if _MENU not in known:
            known[_MENU] = self._menu(super().get_app_list(request), request.user)
        menu: Menu = known[_MENU]
        return menu

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        user = request.user
        assert user.is_authenticated  # Django asks for it before
        return super().index(request, {**self._home(user), **(extra_context or {})})
