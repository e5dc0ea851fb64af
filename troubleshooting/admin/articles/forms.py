"""The forms of an article: what is decided about it, and its text in one language."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ...editing import SourceRevision
from ...editing.articles import check_address
from ...models import Article, ArticleTranslation, Revision
from ...models.article import LONGEST_TITLE
from ...models.revision import LONGEST_COMMENT
from ...rights import EDIT, who_may
from ...texts.sections import MARKDOWN_TEXTS, TEXTS
from ..dates import example_date
from ..generics import ModelForm
from ..parts import keys_among, verbose_name

_ROWS = {"problem": 8, "cause": 5, "resolution": 16, "other": 5, "internal": 4}
_HELP = {
    "problem": _("What the user sees. A line that begins with > quotes a message word for word."),
    "cause": _("Why it happens; several causes as a list."),
    "resolution": _("What to do, as numbered steps. Several ways have a heading each."),
    "other": _("What fits nowhere else."),
    "internal": _("Only signed-in staff see this."),
}


#: What a text may be to that in another language.
PART, WHOLE, ORIGINAL = "part", "whole", "original"


class Relation(NamedTuple):
    """A kind ("" where nothing was said), and the text that it is about."""

    kind: str
    source: SourceRevision | None


class DetailsForm(ModelForm[Article]):
    """The fields of an article beside its status and its texts."""

    class Meta:
        model = Article
        fields = ["platforms", "kind", "audience", "owner", "review_due", "slug"]
        widgets = {"platforms": forms.CheckboxSelectMultiple, "review_due": AdminDateWidget}
        labels = {"slug": _("Address")}
        help_texts = {
            "slug": _("The last part of the article’s address. Empty: made from the title."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        shown = self.data.get(self.add_initial_prefix("owner")) if self.is_bound else None
        offer_editors(self.fields["owner"], self.instance.owner_id, shown)
        self.fields["review_due"].help_text = example_date()
        for field in self.fields.values():
            # A change is measured by what was shown, not by what others stored meanwhile.
            field.show_hidden_initial = True

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out what the choices of the fields say already: a constraint asks the database."""
        return super()._get_validation_exclusions() | {"kind", "audience"}

    def clean_slug(self) -> str:
        """Refuse an address that leads to another article."""
        slug: str = self.cleaned_data["slug"]
        if slug and slug != self.instance.slug:
            try:
                check_address(slug, self.instance if self.instance.pk else None)
            except ValidationError as error:
                raise ValidationError(error.message_dict["slug"]) from error
        return slug

    def changes(self) -> dict[str, Any]:
        """Return what was decided anew, by field name; an empty address is no wish."""
        values = {name: self.cleaned_data[name] for name in self.changed_data}
        return {name: value for name, value in values.items() if value or name != "slug"}


class TextForm(forms.Form):
    """The text of an article in one language, why it changes, and what it was made from."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, required=False)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_COMMENT,
        required=False,
        help_text=_("What changed and why; kept with the revision."),
    )
    size = forms.ChoiceField(
        label=_("Size of the change"),
        required=False,
        choices=[("", _("Automatic")), *Revision.Size.choices],
    )
    relation = forms.CharField(
        label=_("In relation to the other language"),
        required=False,
        max_length=40,
        widget=forms.Select,
    )
    base_unfinished = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    base_pending = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    draft = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    #: Rows of the source that the last try left out.
    left_out = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MARKDOWN_TEXTS:
            self.fields[name] = _section(name)
        # A section that never arrived is not one that was emptied.
        left = {name: self.initial[name] for name in TEXTS if name in self.initial}
        if self.is_bound and not left.keys() <= self.data.keys():
            posted: Any = self.data
            self.data = data = posted.copy()
            for name in left.keys() - self.data.keys():
                data[name] = left[name]

    def texts(self) -> dict[str, str]:
        """Return the texts by field name, with the line ends of files (browsers send CR LF)."""
        return {
            name: (self.cleaned_data.get(name) or "").replace("\r\n", "\n").replace("\r", "\n")
            for name in TEXTS
        }

    def offer(self, relations: list[tuple[str, str]]) -> None:
        """Let the author choose among ``relations`` (values and labels)."""
        widget = self.fields["relation"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = relations

    def relation_to_source(self) -> Relation:
        """Return what the author says of the text and its source."""
        kind, _, rest = (self.cleaned_data.get("relation") or "").partition(":")
        language, _, number = rest.partition(":")
        if kind not in (PART, WHOLE, ORIGINAL):
            return Relation("", None)
        known = language and number.isdecimal()
        return Relation(kind, SourceRevision(language, int(number[:8])) if known else None)

    def sections(self) -> list[forms.BoundField]:
        """Return the fields of Markdown, in the order of the page."""
        return [self[name] for name in MARKDOWN_TEXTS]


def offer_editors(field: forms.Field, *also: object) -> None:
    """Let ``field`` (a choice of rows) offer the people who may write articles, by name.

    ``also`` are keys of those who were chosen before, who may have lost the right since: a form
    about something else is saved all the same.
    """
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = editors(*keys_among(filter(None, also)))
    field.label_from_instance = person  # type: ignore[assignment]  # of people alone


def _section(name: str) -> forms.CharField:
    return forms.CharField(
        label=verbose_name(ArticleTranslation, name),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": _ROWS[name], "class": "markdown"}),
        help_text=_HELP[name],
    )


def disable(form: forms.BaseForm) -> None:
    """Show ``form`` to somebody who may not change anything in it."""
    for field in form.fields.values():
        field.disabled = True


def editors(*also: int) -> QuerySet[User]:
    """Return the users who may own an article, since they may write, and those with keys ``also``.

    By name.
    """
    may_write = Q(pk__in=who_may(EDIT).values("pk"))
    people = User.objects.filter(may_write | Q(pk__in=also))
    return people.order_by("last_name", "first_name", "username")


def person(user: User) -> str:
    """Return what a person is called: their name, else the name of their account."""
    return user.get_full_name() or user.get_username()
