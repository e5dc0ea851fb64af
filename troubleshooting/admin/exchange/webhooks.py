"""Webhooks, and what each was told: visible, and sent again by a click."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ...models import Webhook, WebhookDelivery
from ...webhooks.addresses import (
    PrivateHostError,
    RefusedAddressError,
    UnknownHostError,
    target_of,
)
from ...webhooks.events import EVENTS, TEST, announce_to, send_again
from ..generics import ModelForm
from ..parts import PlainList, ReadOnlyAdmin, change_url
from ..wording import filter_by

#: Deliveries that the page of a webhook shows.
_LAST = 5


class WebhookForm(ModelForm[Webhook]):
    """Where to, and of what."""

    address = forms.URLField(
        label=gettext_lazy("Address"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vTextField"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=list(EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Webhook
        fields = ["name", "address", "events", "is_active"]

    def clean_address(self) -> str:
        """Refuse what can never be called. It is looked up before each call again."""
        address = cast("str", self.cleaned_data["address"])
        self.is_unknown = False
        try:
            target_of(address, allowed_networks=settings.WEBHOOK_PRIVATE_HOSTS)
        except UnknownHostError:
            self.is_unknown = True
        except PrivateHostError:
            raise ValidationError(
                _(
                    "%(host)s is in a private network, which webhooks do not call unless the"
                    " setting WEBHOOK_PRIVATE_HOSTS of the server names the host or its network."
                )
                % {"host": urlsplit(address).hostname}
            ) from None
        except RefusedAddressError as error:
            raise ValidationError(_(str(error))) from None
        return address


@admin.register(Webhook)
class WebhookAdmin(PlainList):
    nothing_yet = gettext_lazy(
        "There is no webhook yet. A webhook tells a program of yours when articles are "
        "published or changed, and when incidents begin."
    )
    form = WebhookForm
    change_form_template = "admin/troubleshooting/exchange/webhook_form.html"
    list_display = ["name", "address", "is_active"]
    fields = ["name", "address", "events", "is_active", "secret"]
    readonly_fields = ["secret"]
    actions = ["send_test"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.test))
        name = "troubleshooting_webhook_test"
        return [path("<int:pk>/test/", view, name=name), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.is_unknown:
            said = _("No name server knows %(host)s now. Messages to it are tried for 15 hours.")
            host = urlsplit(obj.address).hostname
            self.message_user(request, said % {"host": host}, messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        webhook = kwargs.get("obj")
        rows = webhook.deliveries.all()[:_LAST] if webhook is not None else ()
        more = {"deliveries": [(row, words_of(row), reason_of(row)) for row in rows]}
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def test(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send a test message from the page of a webhook; raise ``PermissionDenied``."""
        webhook = get_object_or_404(Webhook, pk=pk)
        if not self.has_change_permission(request, webhook):
            raise PermissionDenied
        announce_to(webhook, TEST)
        _say_sent(self, request, 1)
        return redirect(change_url("webhook", pk))

    @admin.action(description=gettext_lazy("Send a test message"), permissions=["change"])
    def send_test(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for webhook in queryset:
            announce_to(webhook, TEST)
        _say_sent(self, request, len(queryset))


def words_of(row: WebhookDelivery) -> str:
    """Return what a message tells, in words."""
    return str(_SAID.get(row.event, row.event))


def reason_of(row: WebhookDelivery) -> str:
    """Return why a message was not taken, in the reader's words; they are kept in English."""
    return _(row.error) if row.error else ""


#: Every message, in words.
_SAID = {**EVENTS, TEST: gettext_lazy("A test message")}


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    nothing_yet = gettext_lazy("Nothing was sent yet.")
    list_display = ["what", "webhook", "state", "reason", "status", "attempts", "created"]
    list_filter = ["state", ("event", filter_by(_SAID)), "webhook"]
    list_select_related = ["webhook"]
    date_hierarchy = "created"
    actions = ["send_again"]
    fields = [
        "what", "webhook", "message", "payload", "state", "reason", "status", "attempts",
        "created", "delivered",
    ]  # fmt: skip

    @admin.display(description=gettext_lazy("event"), ordering="event")
    def what(self, row: WebhookDelivery) -> str:
        return words_of(row)

    @admin.display(description=gettext_lazy("reason"))
    def reason(self, row: WebhookDelivery) -> str:
        return reason_of(row)

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
