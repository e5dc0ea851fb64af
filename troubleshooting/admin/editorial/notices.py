"""What a person was told, and the page of their own on which they say how they want to be told."""

from __future__ import annotations

from typing import NamedTuple

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ...editing.talking import mark_seen, preference_of, save_preference, unseen
from ...editing.talking.letters import address_of
from ...models import Notice, NoticePreference
from ..generics import editor_of

NAME, PROFILE = "troubleshooting_notices", "troubleshooting_profile"
#: Notices on the page; older ones have been told long ago.
_MOST = 200


class NoticeLine(NamedTuple):
    """A notice and where it leads."""

    notice: Notice
    url: str


class ProfileForm(forms.Form):
    """How somebody wants to be told."""

    mails = forms.ChoiceField(
        label=gettext_lazy("Notices by email"),
        choices=NoticePreference.Mails.choices,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of emails"), choices=[])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own form has it
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(settings.LANGUAGES)


def urls(site: AdminSite) -> list[URLPattern]:
    """Return both pages, each person's own."""

    def notices(request: HttpRequest) -> HttpResponse:
        user = editor_of(request)
        if request.method == "POST":
            return _mark_read(request, user)
        rows = list(user.notices.select_related("actor")[:_MOST])
        context = {
            **site.each_context(request),
            "title": _("Notices"),
            "lines": [NoticeLine(row, address_of(row)) for row in rows],
            "is_any_unread": any(row.seen is None for row in rows),
        }
        return TemplateResponse(request, "admin/troubleshooting/editorial/notices.html", context)

    def profile(request: HttpRequest) -> HttpResponse:
        return _profile(request, site)

    return [
        path("notices/", site.admin_view(notices), name=NAME),
        path("profile/", site.admin_view(profile), name=PROFILE),
    ]


def _mark_read(request: HttpRequest, user: User) -> HttpResponse:
    """Call one notice read, or all that the page showed."""
    keys = [int(key) for key in request.POST.getlist("notice") if key.isdecimal() and len(key) < 19]
    mark_seen(user, keys)
    home = request.POST.get("back") == "home"
    return HttpResponseRedirect(reverse("admin:index" if home else f"admin:{NAME}"))


def _profile(request: HttpRequest, site: AdminSite) -> HttpResponse:
    user = editor_of(request)
    form = ProfileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_preference(user, **form.cleaned_data)
        messages.success(request, _("Saved: this is how you will be notified."))
        return HttpResponseRedirect(reverse(f"admin:{PROFILE}"))
    if request.method != "POST":
        known = preference_of(user)
        language = known.language or get_language()
        form = ProfileForm(initial={"mails": known.mails, "language": language})
    context = {**site.each_context(request), "title": _("My profile"), "form": form, "own": user}
    return TemplateResponse(request, "admin/troubleshooting/editorial/profile.html", context)


def unread(user: User, most: int) -> list[NoticeLine]:
    """Return the newest notices that ``user`` has not read."""
    return [NoticeLine(row, address_of(row)) for row in unseen(user)[:most]]
