"""The administration as a whole, as an empty frame: ``admin`` fills in pages, menu and home.

Apart from ``admin``, since Django makes the site while that package registers its models on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    UserOrNobody = User | AnonymousUser

#: Django's list of applications, each with its models.
Menu = list[dict[str, Any]]


class PortalAdminSite(AdminSite):
    """Django's administration; what is due comes before the lists."""

    def fill(
        self,
        pages: Iterable[Callable[[AdminSite], list[URLPattern]]],
        menu: Callable[[Menu, UserOrNobody], Menu],
        home: Callable[[User], dict[str, Any]],
    ) -> None:
        """Take over the ``pages`` that belong to no model, the ``menu`` and the ``home`` page.

        ``menu`` arranges Django's list of applications for a user, ``home`` is the context of the
        first page for a user.
        """
        self._pages, self._menu, self._home = list(pages), menu, home

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*(url for page in self._pages for url in page(self)), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Menu:
        apps = super().get_app_list(request, app_label)
        return apps if app_label else self._menu(apps, request.user)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        user = request.user
        assert user.is_authenticated  # Django asks for it before
        return super().index(request, {**self._home(user), **(extra_context or {})})
