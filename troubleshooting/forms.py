"""Forms of readers."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import ErrorReport, GapReport, Outcome

if TYPE_CHECKING:  # at run time a form names its model in Meta alone
    GapModelForm = forms.ModelForm[GapReport]
    OutcomeModelForm = forms.ModelForm[Outcome]
    ErrorReportModelForm = forms.ModelForm[ErrorReport]
else:
    GapModelForm = OutcomeModelForm = ErrorReportModelForm = forms.ModelForm


class GapForm(GapModelForm):
    """A reader's report of a code or message that no article covers."""

    class Meta:
        model = GapReport
        fields = ["subject", "comment"]
        labels = {
            "subject": _("What is missing"),
            "comment": _("What would help (optional)"),
        }
        help_texts = {"comment": _("Please do not include names, addresses or telephone numbers.")}
        widgets = {
            "subject": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            "comment": forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
        }


class OutcomeForm(OutcomeModelForm):
    """How it went: for a step (``anchor``) or, without one, for the article."""

    class Meta:
        model = Outcome
        fields = ["verdict", "anchor", "reason", "comment"]


class ErrorReportForm(ErrorReportModelForm):
    """What is wrong in an article."""

    class Meta:
        model = ErrorReport
        fields = ["anchor", "comment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
