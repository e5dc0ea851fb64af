"""The incidents of the day: a text, what it is pinned to, and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import Article, Incident
from ...webhooks.incidents import announce_deleted, announce_saved
from ..generics import ModelForm
from ..parts import PlainList
from ..suggesting import Suggesting


class IncidentForm(ModelForm[Incident]):
    """An incident; what it is pinned to may be left out."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("All languages")), *settings.LANGUAGES],
        help_text=_("The language of the text: only its readers see it."),
    )

    class Meta:
        model = Incident
        fields = ["text", "language", "starts", "ends", "platforms", "codes", "articles"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "platforms": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "text": _("One or two plain sentences: what is wrong, and what callers should do."),
            "articles": _("Numbers of articles, with commas between them."),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse the same form sent twice."""
        super().clean()
        posted = {name: self.cleaned_data.get(name) for name in ("text", "language", "starts")}
        if self.instance.pk is None and Incident.objects.filter(**posted).exists():
            raise forms.ValidationError(
                _("This incident was already saved: the form was sent twice.")
            )
        return self.cleaned_data


@admin.register(Incident)
class IncidentAdmin(Suggesting, PlainList):
    nothing_yet = _(
        "No incident is kept. One that is going on is shown to readers on the pages "
        "that it concerns, until its end."
    )
    form = IncidentForm
    list_display = ["text", "starts", "ends", "is_current"]
    list_filter = ["ends"]
    search_fields = ["text"]
    search_help_text = _("Text")
    autocomplete_fields = ["codes"]
    raw_id_fields = ["articles"]
    fields = ["text", "language", "starts", "ends", "platforms", "codes", "articles"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with an end today, as the hints to editors lead here."""
        end = timezone.localtime().replace(hour=23, minute=59, second=0, microsecond=0)
        return {"ends": end, **super().get_changeform_initial_data(request)}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave articles unordered: the order of their list is made of what that list adds."""
        if db_field.name == "articles":
            kwargs["queryset"] = Article.objects.order_by("pk")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Tell other programs, once it is known what the incident is pinned to."""
        super().save_related(request, form, formsets, change)
        announce_saved(form.instance)

    def delete_model(self, request: HttpRequest, obj: Incident) -> None:
        announce_deleted(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> None:
        for incident in queryset:
            announce_deleted(incident)
        super().delete_queryset(request, queryset)

    @admin.display(description=_("shown now"), boolean=True)
    def is_current(self, incident: Incident) -> bool:
        return incident.starts <= timezone.now() < incident.ends
