"""Webhooks, and what each was told: visible, and sent again by a click."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...models import Webhook, WebhookDelivery
from ...webhooks.addresses import RefusedAddressError, parts_of
from ...webhooks.events import EVENTS, TEST, announce_to, send_again
from ..generics import ModelForm
from ..parts import PlainList, ReadOnlyAdmin


class WebhookForm(ModelForm[Webhook]):
    """Where to, and of what."""

    address = forms.URLField(label=gettext_lazy("Address"), max_length=500, assume_scheme="https")
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=list(EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Webhook
        fields = ["name", "address", "events", "is_active"]

    def clean_address(self) -> str:
        """Refuse what is never called; whether its host is public is looked up before each call."""
        address = cast("str", self.cleaned_data["address"])
        try:
            parts_of(address)
        except RefusedAddressError:
            raise ValidationError(
                _("Only addresses that begin with https:// are notified.")
            ) from None
        return address


@admin.register(Webhook)
class WebhookAdmin(PlainList):
    form = WebhookForm
    list_display = ["name", "address", "is_active"]
    fields = ["name", "address", "events", "is_active", "secret"]
    readonly_fields = ["secret"]
    actions = ["send_test"]

    @admin.action(description=gettext_lazy("Send a test message"), permissions=["change"])
    def send_test(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for webhook in queryset:
            announce_to(webhook, TEST)
        _say_sent(self, request, len(queryset))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["event", "webhook", "state", "status", "attempts", "created"]
    list_filter = ["state", "event", "webhook"]
    list_select_related = ["webhook"]
    date_hierarchy = "created"
    actions = ["send_again"]
    fields = [
        "event", "webhook", "message", "payload", "state", "status", "error", "attempts",
        "created", "delivered",
    ]  # fmt: skip

    @admin.action(description=gettext_lazy("Send again"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            send_again(row)
        _say_sent(self, request, len(queryset))


def _say_sent(page: PlainList, request: HttpRequest, count: int) -> None:
    said = ngettext(
        "%(count)d message is waiting for the background worker.",
        "%(count)d messages are waiting for the background worker.",
        count,
    )
    page.message_user(request, said % {"count": count}, messages.SUCCESS)
