"""The images of a document: which are missing, and a way to supply each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...media import images_of, store_clean, supply_image
from ...models import SourceDocument
from ..generics import editor_of
from .media import FORMATS, ImageField

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

NAME = "troubleshooting_sourcedocument_images"


class SupplyForm(forms.Form):
    """One image, and what the document calls it."""

    path = forms.CharField()
    image = ImageField()


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page below the address of a document."""

    def images(request: HttpRequest, pk: int) -> HttpResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        document = get_object_or_404(SourceDocument.objects.defer("raw"), pk=pk)
        if request.method == "POST":
            return _supply(request, model_admin, document)
        return _page(request, model_admin, document, {})

    view = model_admin.admin_site.admin_view(images)
    return [path("<int:pk>/images/", view, name=NAME)]


def may_supply(request: HttpRequest) -> bool:
    """Return whether the user may: it changes what published articles show."""
    return request.user.has_perm("troubleshooting.change_mediaimage")


def _page(
    request: HttpRequest,
    model_admin: ModelAdmin[Any],
    document: SourceDocument,
    errors: dict[str, str],
) -> HttpResponse:
    images = images_of(document)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Images of “%(document)s”") % {"document": document.title},
        "opts": model_admin.opts,
        "document": document,
        "rows": [(image, errors.get(image.path, "")) for image in images],
        "missing": sum(image.image is None for image in images),
        "may_supply": may_supply(request),
        "formats": FORMATS,
    }
    return TemplateResponse(request, "admin/troubleshooting/exchange/document_images.html", context)


def _supply(
    request: HttpRequest, model_admin: ModelAdmin[Any], document: SourceDocument
) -> HttpResponse:
    if not may_supply(request):
        raise PermissionDenied
    form = SupplyForm(request.POST, request.FILES)
    paths = {image.path for image in images_of(document)}
    name = request.POST.get("path", "")
    if not form.is_valid():
        error = " ".join(str(one) for one in form.errors.get("image", [_("No image was sent.")]))
        return _page(request, model_admin, document, {name: error})
    if name not in paths:
        messages.error(request, _("No article of the document shows this image any more."))
        return redirect(f"admin:{NAME}", document.pk)
    file = request.FILES.get("image")
    file_name = (file.name if file else "") or ""
    image = store_clean(
        form.cleaned_data["image"], original_name=file_name, user=editor_of(request)
    )
    count = supply_image(document.key, name, image)
    text = ngettext("%(count)d text shows it now.", "%(count)d texts show it now.", count)
    stored = _("The image was stored.")
    messages.success(request, f"{stored} {text % {'count': count}}")
    return redirect(f"admin:{NAME}", document.pk)
