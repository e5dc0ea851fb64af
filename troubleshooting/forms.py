"""Forms of editors and readers."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .models import ArticleTranslation, ErrorReport, GapReport, Outcome
from .models.article import SECTIONS, TEXT_FIELDS


class TranslationForm(forms.ModelForm):
    """The five texts of a translation, and why they change."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=300,
        required=False,
        help_text=_("What changed and why; kept with the revision."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = ArticleTranslation
        fields = ["article", "language", *TEXT_FIELDS]
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            **{
                name: forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField markdown"})
                for name, rows in zip(SECTIONS, (8, 6, 18, 6), strict=True)
            },
        }
        help_texts = {name: _("Markdown.") for name in SECTIONS}

    def texts(self) -> dict[str, str]:
        """The five texts by field name, with the line ends of files (browsers send CR LF)."""
        return {
            name: self.cleaned_data[name].replace("\r\n", "\n").replace("\r", "\n")
            for name in TEXT_FIELDS
        }


class GapForm(forms.ModelForm):
    """A reader's report of a code or message that no article covers."""

    class Meta:
        model = GapReport
        fields = ["subject", "comment"]
        labels = {
            "subject": _("What is missing"),
            "comment": _("What would help (optional)"),
        }
        help_texts = {"comment": _("No names, addresses or telephone numbers, please.")}
        widgets = {
            "subject": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            "comment": forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
        }


class OutcomeForm(forms.ModelForm):
    """How it went: for a step (``anchor``) or, without one, for the article."""

    class Meta:
        model = Outcome
        fields = ["verdict", "anchor", "reason", "comment"]


class ErrorReportForm(forms.ModelForm):
    """What is wrong in an article."""

    class Meta:
        model = ErrorReport
        fields = ["anchor", "comment"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = True
