"""The administration speaks of things by the words of people, never by names of its own."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Group
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.text import capfirst

from tests.web.content import FRENCH_ONLY
from tests.web.html import Page
from troubleshooting.access import ROLES
from troubleshooting.auditing import note
from troubleshooting.editing import TRANSITIONS, change_status
from troubleshooting.models import Article, AuditEntry, BulkChange, Platform

#: Names as programs write them: ``set_owner``, ``article.published``.
INTERNAL = re.compile(r"(?!.*[.]md$)[a-z]+(?:[._][a-z]+)+")
CODES = {"fr", "en", "message", "archive", "stuck"}
NAMES = {capfirst(str(name)) for _code, name in settings.LANGUAGES}
PAGES = [
    (model, page)
    for model, page in admin.site._registry.items()
    if model._meta.app_label == "troubleshooting"
]


@pytest.mark.parametrize(("model", "page"), PAGES, ids=[one.__name__ for one, _page in PAGES])
def test_every_field_that_is_shown_has_a_name_in_each_language(client, rf, superuser, model, page):
    request = rf.get("/")
    request.user = superuser
    row = model._default_manager.order_by("pk").first()
    with translation.override("fr"):
        shown = reverse(f"admin:troubleshooting_{model._meta.model_name}_change", args=[row.pk])
    context = client.get(shown).context or {}
    # A page of the portal's own has a template that names what it shows.
    form = context["adminform"].form if "adminform" in context else None
    names = flatten_fieldsets(page.get_fieldsets(request, row)) if form else []
    said = {
        **{name: list(said_of(page, name))[:1] for name in page.get_list_display(request)},
        **{name: list(said_of(page, name, form)) for name in names},
    }
    assert [name for name, texts in said.items() if not all(map(is_translated, texts))] == []


def test_what_permissions_are_about_has_a_name_in_each_language():
    names = {model: model._meta.verbose_name for model in apps.get_models()}
    assert [model for model, name in names.items() if not isinstance(name, Promise)] == []


def is_translated(text: object) -> bool:
    # What languages are called is no text of ours: Django has it, in each of them.
    return not text or isinstance(text, Promise) or text in NAMES


def said_of(page, name, form=None) -> Iterator[object]:
    """Yield the name of a column or a field, and what is said to help with it."""
    own = name if callable(name) else getattr(page, name, None)
    if name == "__str__" or (form and name in form.fields and form[name].is_hidden):
        return
    if form and name in form.fields and isinstance(form.fields[name].label, str | Promise):
        declared = form.declared_fields.get(name) or page.model._meta.get_field(name)
        yield getattr(declared, "label", None) or getattr(declared, "verbose_name", None)
        yield declared.help_text
    elif own is not None:
        yield own.short_description
    else:
        try:
            field = page.model._meta.get_field(name)
        except FieldDoesNotExist:
            yield getattr(page.model, name).short_description
        else:
            yield field.verbose_name
            yield field.help_text


@pytest.mark.parametrize(("model", "page"), PAGES, ids=[one.__name__ for one, _page in PAGES])
def test_no_list_shows_a_name_of_its_own(client, superuser, model, page):
    BulkChange.objects.create(user=superuser, action="set_owner", rows=[])
    with translation.override("fr"):
        answer = client.get(reverse(f"admin:troubleshooting_{model._meta.model_name}_changelist"))
    if "cl" not in (answer.context or {}):
        return  # a page of the portal's own, which has tests of its own
    said = [
        str(choice["display"])
        for filters in answer.context["cl"].filter_specs
        for choice in filters.choices(answer.context["cl"])
    ]
    cells = [one.text for one in Page(answer.content.decode()).all("td")]
    assert [one for one in [*said, *cells] if one in CODES or INTERNAL.fullmatch(one)] == []


def test_lines_of_the_audit_are_read_in_the_language_of_the_reader(client, superuser):
    AuditEntry.objects.all().delete()
    article, platform = Article.objects.first(), Platform.objects.first()
    note(superuser, "changed", article, before={"kind": "problem", "review_due": "2026-12-31"},
         after={"kind": "error", "review_due": ""})  # fmt: skip
    note(superuser, "changed", superuser, before={"is_staff": "False"}, after={"is_staff": "True"})
    note(superuser, "changed", article, before={"expire": "2026-12-02T10:00:00+00:00", "fr": "1"},
         after={"fr": "2"})  # fmt: skip
    note(superuser, "changed", platform, before={"cause (fr)": "a"}, after={"cause (fr)": "b"})
    words = {
        "fr": ["Type : Problème → Message ou code d’erreur", "31 décembre 2026 → –", "non → oui",
               "Cause (français) : a → b", "Fin de validité : 2 décembre 2026",
               "Français : révision 1 → révision 2", "4 actions"],
        "en": ["Kind: Problem → Error message or code", "December 31, 2026 → –", "no → yes",
               "Cause (French): a → b", "Comes to its end: December 2, 2026",
               "French: revision 1 → revision 2", "4 acts"],
    }  # fmt: skip
    for language, expected in words.items():
        with translation.override(language):
            listed = reverse("admin:troubleshooting_auditentry_changelist")
        text = " ".join(Page(client.get(listed).content.decode()).words.split())
        text = text.replace("\N{NO-BREAK SPACE}", " ")
        assert [one for one in expected if one not in text] == []


def test_one_line_of_the_audit_shows_no_data_of_programs(client, superuser):
    entry = AuditEntry.objects.filter(before__kind="problem").first()
    with translation.override("fr"):
        shown = reverse("admin:troubleshooting_auditentry_change", args=[entry.pk])
    words = Page(client.get(shown).content.decode()).words
    assert "{" not in words
    assert "changed" not in words


def test_moments_and_states_are_noted_so_that_any_language_can_read_them(client, superuser):
    article = Article.objects.get(slug=FRENCH_ONLY)
    with translation.override("fr"):
        change_status(article, "archive", user=superuser)
    noted = AuditEntry.objects.filter(act="status").latest("pk")
    assert (noted.before, noted.after) == ({"status": "published"}, {"status": "archived"})
    planned = AuditEntry.objects.filter(after__has_key="expire").latest("pk")
    assert parse_datetime(planned.after["expire"])


def test_groups_and_permissions_are_called_by_words(client, superuser):
    group = Group.objects.get(name="Administrator")
    with translation.override("fr"):
        pages = [
            reverse("admin:auth_group_change", args=[group.pk]),
            reverse("admin:auth_user_change", args=[superuser.pk]),
        ]
    for shown in pages:
        options = [one.text for one in Page(client.get(shown).content.decode()).all("option")]
        assert options
        assert not [one for one in options if "Can " in one or one in ROLES]


@pytest.mark.parametrize("name", ["webhook", "source", "platform", "snippet", "mediaimage"])
def test_what_has_rows_of_the_portal_alone_can_be_deleted(client, superuser, name: str):
    """A webhook that has sent something, as one: nobody deletes what it sent by itself."""
    model = next(one for one, _page in PAGES if one._meta.model_name == name)
    row = model._default_manager.order_by("-pk").first()
    with translation.override("fr"):
        answer = client.get(reverse(f"admin:troubleshooting_{name}_delete", args=[row.pk]))
    assert not answer.context.get("perms_lacking")


@pytest.mark.parametrize(("language", "word"), [("en", "Reject"), ("fr", "Refus")])
def test_a_rejection_is_called_one_thing(language: str, word: str):
    kinds = [
        field.choices
        for model in apps.get_app_config("troubleshooting").get_models()
        for field in model._meta.fields
        if field.choices
    ]
    labels = [label for choices in kinds for value, label in choices if value == "rejected"]
    assert len(labels) == 4
    with translation.override(language):
        said = [str(label) for label in [*labels, TRANSITIONS["reject"].label]]
    assert [one for one in said if not one.startswith(word)] == []
