"""The tokens of whoever has signed in: listed, made, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models import AccessToken, FormAddition
from ..tokens.issuing import MOST_LIVE, issue, revoke, scopes_for
from .base import PortalView

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_DAYS = (30, 90, 365)


def _fresh() -> dict[str, Any]:
    return {"scopes": ["read"], "days": 90, "form_number": uuid4().hex}


class TokenForm(forms.Form):
    """What a new token is for, what it may, and how long it works."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("A program with it may"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Valid for"), coerce=int)
    #: Tells this form from others: sent twice, it makes one token.
    form_number = forms.SlugField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(AccessToken.Scope.choices)
        scopes = cast("forms.MultipleChoiceField", self.fields["scopes"])
        scopes.choices = [(one, labels[one]) for one in scopes_for(owner)]
        days = cast("forms.TypedChoiceField", self.fields["days"])
        days.choices = [
            (days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days})
            for days in _DAYS
        ]
        self.owner = owner

    def clean(self) -> dict[str, Any]:
        """Refuse more live tokens than anybody can keep in mind."""
        if self.owner.access_tokens.live().count() >= MOST_LIVE:
            raise forms.ValidationError(_("Revoke a token first: you have too many."))
        return self.cleaned_data


class TokensView(LoginRequiredMixin, PortalView):
    """The page; what a new token is shows once, in the answer to the form that makes it."""

    template_name = "troubleshooting/accounts/tokens.html"
    http_method_names = ["get", "head", "post", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner = cast("User", self.request.user)
        now = timezone.now()
        labels = dict(AccessToken.Scope.choices)
        rows = [
            (one, one.is_live(now), [labels[scope] for scope in one.scopes if scope in labels])
            for one in owner.access_tokens.all()
        ]
        fresh = {"form": TokenForm(owner=owner, initial=_fresh())}
        return super().get_context_data(**{**fresh, "rows": rows, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a token, or take one back."""
        owner = cast("User", request.user)
        number = request.POST.get("revoke", "")
        if number:
            if number.isascii() and number.isdigit() and len(number) < 19:
                revoke(owner, int(number))
            return HttpResponseRedirect(reverse("troubleshooting:tokens"), status=303)
        form = TokenForm(request.POST, owner=owner)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        sent = form.cleaned_data.pop("form_number")
        try:
            with transaction.atomic():
                issued = issue(owner, **form.cleaned_data)
                _note(owner, sent, issued.row)
        except IntegrityError:  # the form was sent twice
            return self.render_to_response(self.get_context_data(is_repeated=True))
        return self.render_to_response(self.get_context_data(issued=issued))


def _note(owner: User, number: str, row: AccessToken) -> None:
    """Note which form made a token; raise ``IntegrityError`` where it made one before."""
    if number:
        FormAddition.objects.create(
            user=owner, number=number, model=row._meta.label_lower, key=str(row.pk)
        )
