"""Accounts and groups: nobody gives, or takes over, more than they may do themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple, Field, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...accounts import letters
from ...accounts.factors import keeping
from ...models import BulkChange, Revision, StatusChange
from ..articles.forms import person
from ..generics import editor_of
from ..parts import PlainList
from .inviting import NewAccountForm
from .roles import RoleFilter, role_called

if TYPE_CHECKING:
    PortalUserAdmin = UserAdmin[User]
else:
    PortalUserAdmin = UserAdmin

#: Fields that would let somebody do anything.
_BEYOND = frozenset(["is_superuser", "user_permissions"])
#: Rows that say what somebody did, and the field that names them.
_TRACES = ((LogEntry, "user"), (Revision, "author"), (StatusChange, "author"), (BulkChange, "user"))

#: What permissions let people do, in words.
_ACTS = {
    "add": gettext_lazy("add"),
    "change": gettext_lazy("change"),
    "delete": gettext_lazy("delete"),
    "view": gettext_lazy("view"),
    "review": gettext_lazy("publish, reject and archive"),
}

admin.site.unregister(User)
admin.site.unregister(Group)
# What allauth brings, where it is there: secrets, and rows that its own pages keep in order.
for _model in apps.get_models():
    if _model.__module__.startswith("allauth.") and admin.site.is_registered(_model):
        admin.site.unregister(_model)


def may_do_more(other: User, than: User) -> bool:
    """Return whether ``other`` may do something that ``than`` may not."""
    if than.is_superuser:
        return False
    active = User(pk=other.pk, is_active=True, is_superuser=other.is_superuser)
    return other.is_superuser or not active.get_all_permissions() <= than.get_all_permissions()


def grantable(user: User) -> QuerySet[Permission]:
    """Return the permissions that ``user`` has, and so may give."""
    if user.is_superuser:
        return Permission.objects.all()
    own = user.get_all_permissions()
    every = Permission.objects.select_related("content_type")
    keys = [one.pk for one in every if f"{one.content_type.app_label}.{one.codename}" in own]
    return Permission.objects.filter(pk__in=keys)


def grantable_groups(user: User) -> QuerySet[Group]:
    """Return the groups whose members may do nothing that ``user`` may not."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=grantable(user))
    return Group.objects.exclude(permissions__in=beyond)


@admin.register(User)
class AccountAdmin(PlainList, PortalUserAdmin):
    """Accounts. One that did something is deactivated, not deleted: its traces name it."""

    actions = ["invite", "remove_factors"]
    add_form = NewAccountForm
    add_fieldsets = (
        (None, {"fields": ("username", "email", "first_name", "last_name", "groups")}),
        (gettext_lazy("Password"), {"fields": ("usable_password", "password1", "password2")}),
    )
    list_display = ["username", "email", "first_name", "last_name", "roles", "is_staff"]
    list_filter = ["is_staff", "is_superuser", "is_active", ("groups", RoleFilter)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer to send the link to choose a password where mail can be sent."""
        context = {"can_invite": letters.can_be_sent(), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, account: User) -> str:
        return ", ".join(sorted(role_called(group.name) for group in account.groups.all())) or "–"

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Let a new account with a role enter the administration: its work is there."""
        if not change and form.cleaned_data.get("groups"):
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.action(
        description=gettext_lazy("Send the link to choose a password"), permissions=["change"]
    )
    def invite(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Mail each chosen account the link by which its owner chooses a password."""
        if not letters.can_be_sent():
            text = _("No email can be sent: set EMAIL_URL, as the README says.")
            self.message_user(request, text, messages.ERROR)
            return
        for account in queryset:
            refusal = _no_invitation(request, account)
            if refusal:
                self.message_user(request, refusal, messages.WARNING)
                continue
            letters.invite(account)
            self.log_change(request, account, [{"changed": {"fields": ["invitation"]}}])
            self.message_user(request, *_invited(account))

    @admin.action(
        description=gettext_lazy("Remove second factors that were lost"), permissions=["change"]
    )
    def remove_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Have each chosen account sign in with its password alone; its owner is told."""
        for account in queryset:
            refusal = _no_removal(request, account)
            if refusal:
                self.message_user(request, refusal, messages.WARNING)
                continue
            if keeping.remove_all(account, editor_of(request)):
                text = _("%(person)s signs in with the password alone.")
            else:
                text = _("%(person)s has no second factor.")
            self.message_user(request, text % {"person": person(account)}, messages.SUCCESS)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if not keeping.is_on():
            actions.pop("remove_factors", None)
        return actions

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if editor_of(request).is_superuser:
            return fieldsets
        return [
            (name, {**options, "fields": [one for one in options["fields"] if one not in _BEYOND]})
            for name, options in fieldsets
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        account = form.instance
        if account.groups.exists() and not account.is_staff:
            text = _("%(person)s has a role, but enters the administration with staff status only.")
            self.message_user(request, text % {"person": person(account)}, messages.WARNING)
        if "_invite" in request.POST if change else form.is_invited:
            self.invite(request, User.objects.filter(pk=account.pk))

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        """Stay on the page of whom it invited."""
        if "_invite" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_above(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_above(request, obj)

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        """Return the field; a role is chosen here, not made."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups":
            field.widget.can_add_related = False
        return field

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups":
            field.label, field.help_text = capfirst(gettext_lazy("roles")), ""
            field.queryset = grantable_groups(editor_of(request))
            field.label_from_instance = lambda group: role_called(group.name)  # type: ignore[assignment]  # of groups alone
        elif field is not None:
            field.label_from_instance = permission_in_words  # type: ignore[assignment]  # of permissions alone
        return field

    def get_deleted_objects(
        self, objs: Sequence[User] | QuerySet[User], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        found, _counts, _needed, _protected = super().get_deleted_objects(objs, request)
        refusals = [*_with_traces(objs), *_above(request, objs)]
        return [one for one in found if isinstance(one, str)], {}, set(), refusals


@admin.register(Group)
class RoleAdmin(PlainList, GroupAdmin):
    """Groups: whoever changes one gives only what they may do."""

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        if obj is None or not may:
            return may
        return grantable_groups(editor_of(request)).filter(pk=obj.pk).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or self.has_change_permission(request, obj))

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and request is not None and db_field.name == "permissions":
            field.queryset = grantable(editor_of(request)).select_related("content_type")
            field.label_from_instance = permission_in_words  # type: ignore[assignment]  # of permissions alone
        return field


def permission_in_words(permission: Permission) -> str:
    """Return what a permission lets people do; Django keeps it in English."""
    model = permission.content_type.model_class()
    what = capfirst(str(model._meta.verbose_name)) if model else permission.content_type.model
    act = permission.codename.partition("_")[0]
    return f"{what} · {_ACTS.get(act, permission.name)}"


def _no_invitation(request: HttpRequest, account: User) -> str:
    """Say why ``account`` gets no link; "" where it does."""
    if _is_above(request, account):
        text = _("%(person)s may do more than you: only a superuser can send the link.")
    elif not account.email:
        text = _("%(person)s has no email address.")
    elif not account.is_active:
        text = _("%(person)s is not active.")
    else:
        return ""
    return text % {"person": person(account)}


def _no_removal(request: HttpRequest, account: User) -> str:
    """Say why the factors of ``account`` stay; "" where they may go."""
    if _is_above(request, account):
        text = _("%(person)s may do more than you: only a superuser can remove it.")
    elif account == editor_of(request):
        text = _("%(person)s is you: remove yours on its own page, which asks for your password.")
    else:
        return ""
    return text % {"person": person(account)}


def _is_above(request: HttpRequest, account: User | None) -> bool:
    return account is not None and may_do_more(account, editor_of(request))


def _above(request: HttpRequest, accounts: Iterable[User]) -> list[str]:
    text = _("%(person)s may do more than you: only a superuser can delete the account.")
    return [text % {"person": person(one)} for one in accounts if _is_above(request, one)]


def _with_traces(accounts: Iterable[User]) -> list[str]:
    """Say of each account that did something that it is not deleted."""
    text = _(
        "%(person)s wrote or changed something here. Deactivate the account instead (untick "
        "“Active”): then nobody signs in with it, and it stays known who did what."
    )
    return [
        format_html(
            '{} <a href="{}">{}</a>',
            text % {"person": person(account)},
            reverse("admin:auth_user_change", args=[account.pk]),
            _("Open the account"),
        )
        for account in accounts
        if any(model._default_manager.filter(**{name: account}).exists() for model, name in _TRACES)
    ]


def _invited(account: User) -> tuple[str, int]:
    """Return where the link for ``account`` is now, and how that is to be shown."""
    if letters.are_printed():
        text = _(
            "The link for %(person)s is in the terminal in which the portal runs; nobody was sent"
            " it: without EMAIL_URL no email leaves this machine."
        )
        return text % {"person": person(account)}, messages.WARNING
    sent = _("The link was sent to %(person)s by email.")
    return sent % {"person": person(account)}, messages.SUCCESS
