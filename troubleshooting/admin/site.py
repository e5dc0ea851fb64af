"""The administration as a whole: its pages that belong to no model, its menu, its home page."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from . import figures, home, reports
from .menu import menu


class PortalAdminSite(admin.AdminSite):
    """Django's administration; what is due comes before the lists."""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*figures.urls(self), *reports.urls(self), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        apps = super().get_app_list(request, app_label)
        return apps if app_label else menu(apps, request.user)

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().index(request, {**home.context(request.user), **(extra_context or {})})
