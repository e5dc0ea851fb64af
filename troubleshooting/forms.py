"""Forms of the editors."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .models import ArticleTranslation
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
