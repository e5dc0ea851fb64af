"""The form of a new account: invited by a mail with a link, or given a password here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...accounts import letters

if TYPE_CHECKING:
    CreationForm = AdminUserCreationForm[User]
else:
    CreationForm = AdminUserCreationForm

INVITED, SET_HERE, NONE = "invited", "true", "false"
_INVITATION = gettext_lazy("By email: a link with which its owner chooses it")
_WAYS = [
    (SET_HERE, gettext_lazy("Set here")),
    (NONE, gettext_lazy("None: another system signs the person in")),
]


class NewAccountForm(CreationForm):
    """How the password comes about is chosen first, an invitation where mail can be sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = self.fields["usable_password"]
        assert isinstance(ways, forms.ChoiceField)
        can_invite = letters.can_be_sent()
        ways.choices = [(INVITED, _INVITATION), *_WAYS] if can_invite else _WAYS
        ways.initial = INVITED if can_invite else SET_HERE
        ways.label, ways.help_text = _("Password"), ""
        if "email" in self.fields and can_invite:
            self.fields["email"].help_text = _("The invitation is sent there.")
        self.is_invited = False

    def clean(self) -> dict[str, Any] | None:
        self.is_invited = self.cleaned_data.get("usable_password") == INVITED
        if self.is_invited:
            # Nobody signs in before a password was chosen.
            self.cleaned_data["usable_password"] = NONE
            if not self.cleaned_data.get("email") and "email" not in self.errors:
                self.add_error("email", ValidationError(_("The invitation needs an address.")))
        return super().clean()
