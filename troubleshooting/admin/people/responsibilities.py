"""Who is responsible for what: every field with its people; administrators give and take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models import Responsibility
from ...rights import ASSIGN
from ...rights.giving import FieldRow, field_rows, give, take_back
from ..articles.forms import editors, person
from ..generics import editor_of

NAME = "troubleshooting_responsibilities"
PERMISSION = "troubleshooting.view_responsibility"
Scope = Responsibility.Scope


class GivingForm(forms.Form):
    """Who is to be responsible for which field, in which role."""

    holder = forms.ChoiceField(label=gettext_lazy("Account or group"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Responsibility.Role.choices)
    field = forms.ChoiceField(label=gettext_lazy("Field"))

    def __init__(self, *args: Any, rows: list[FieldRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.key: row for row in rows}
        self.holders: dict[str, User | Group] = {
            **{f"user:{one.pk}": one for one in editors()},
            **{f"group:{one.pk}": one for one in Group.objects.order_by("name")},
        }
        people = [(key, person(one)) for key, one in self.holders.items() if isinstance(one, User)]
        groups = [(key, one.name) for key, one in self.holders.items() if isinstance(one, Group)]
        _offer(self.fields["holder"], [(_("Accounts"), people), (_("Groups"), groups)])
        general = [(row.key, row.name) for row in rows if row.target is None]
        named = [
            (label, [(row.key, row.name) for row in rows if row.scope == scope])
            for scope, label in ((Scope.PLATFORM, _("Platforms")), (Scope.SOURCE, _("Sources")))
        ]
        _offer(self.fields["field"], [*general, *(group for group in named if group[1])])


def _offer(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "---------"), *choices]


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page; editors see it, administrators decide on it."""

    def responsibilities(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if request.method != "POST":
            return _show(request, site)
        return _take(request) if "take" in request.POST else _give(request, site)

    return [path("responsibilities/", site.admin_view(responsibilities), name=NAME)]


def _show(request: HttpRequest, site: AdminSite, form: GivingForm | None = None) -> HttpResponse:
    rows = field_rows()
    may_assign = request.user.has_perm(ASSIGN)
    context = {
        **site.each_context(request),
        "title": _("Who is responsible for what"),
        "is_on": settings.ROLES_BY_FIELD,
        "rows": rows,
        "orphans": [row for row in rows if row.is_orphan],
        "may_assign": may_assign,
        "form": form or (GivingForm(rows=rows) if may_assign else None),
    }
    return TemplateResponse(request, "admin/troubleshooting/people/responsibilities.html", context)


def _give(request: HttpRequest, site: AdminSite) -> HttpResponse:
    form = GivingForm(request.POST, rows=field_rows())
    if not form.is_valid():
        return _show(request, site, form)
    holder = form.holders[form.cleaned_data["holder"]]
    row = form.rows[form.cleaned_data["field"]]
    made = give(holder, form.cleaned_data["role"], row.scope, row.target, by=editor_of(request))
    said = {"holder": _named(holder), "field": row.name}
    if made:
        messages.success(request, _("%(holder)s is responsible for: %(field)s.") % said)
    else:
        messages.info(request, _("%(holder)s was responsible for it already: %(field)s.") % said)
    return _again()


def _named(holder: User | Group) -> str:
    return holder.name if isinstance(holder, Group) else person(holder)


def _take(request: HttpRequest) -> HttpResponse:
    key = request.POST["take"]
    found = get_object_or_404(Responsibility, pk=int(key[:18]) if key.isdecimal() else 0)
    said = {"holder": found.holder, "field": found.field}
    take_back(found, by=editor_of(request))
    messages.success(request, _("%(holder)s is no longer responsible for: %(field)s.") % said)
    return _again()


def _again() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:{NAME}"))
