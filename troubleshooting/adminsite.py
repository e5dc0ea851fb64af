"""The administration as a whole, as an empty frame: ``admin`` fills in pages, menu and home.

Apart from ``admin``, since Django makes the site while that package registers its models on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver


class PortalAdminSite(AdminSite):
    """Django's administration; what is due comes before the lists."""

    def fill(
        self,
        pages: Iterable[Callable[[AdminSite], list[URLPattern]]],
        menu: Callable[[list[dict], object], list[dict]],
        home: Callable[[object], dict],
    ) -> None:
        """Take over the ``pages`` that belong to no model, the ``menu`` and the ``home`` page.

        ``menu`` arranges Django's list of applications for a user, ``home`` is the context of the
        first page for a user.
        """
        self._pages, self._menu, self._home = list(pages), menu, home

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*(url for page in self._pages for url in page(self)), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        apps = super().get_app_list(request, app_label)
        return apps if app_label else self._menu(apps, request.user)

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().index(request, {**self._home(request.user), **(extra_context or {})})
