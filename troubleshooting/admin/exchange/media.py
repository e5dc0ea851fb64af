"""Images: what is there, where it is shown, and how more get here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from ...media import (
    MOST_BYTES,
    CleanImage,
    ImageError,
    clean_image,
    delete_images,
    image_message,
    is_too_large,
    store_clean,
)
from ...models import Article, MediaImage, Revision
from ...texts.sections import MARKDOWN_TEXTS
from ..generics import Lookups, ModelAdmin, ModelForm, editor_of
from ..parts import PlainList, bullets, named_links
from .image_places import image_places

ACCEPTED = "image/png,image/jpeg,image/gif,image/webp"
FORMATS = gettext_lazy("PNG, JPEG, GIF or WebP, at most 10 MB and 25 million pixels.")
_FIRST_FRAME = gettext_lazy("The image was animated: only its first frame was kept.")


class ImageField(forms.FileField):
    """A file that holds an image; its value is the image written anew."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: object, initial: object = None) -> CleanImage:
        file = super().clean(data, initial)
        try:
            return clean_image(file.read(MOST_BYTES + 1))
        except ImageError as error:
            raise forms.ValidationError(image_message(error)) from error


class ImageForm(ModelForm[MediaImage]):
    """A new image."""

    image = ImageField(label=gettext_lazy("Image"), help_text=FORMATS)

    class Meta:
        model = MediaImage
        fields = ()


class UsageFilter(admin.SimpleListFilter):
    """Whether any text shows the image."""

    title = gettext_lazy("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [("used", _("In use")), ("unused", _("Not in use"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        unused = MediaImage.objects.unused().values("pk")
        if self.value() == "used":
            return queryset.exclude(pk__in=unused)
        return queryset.filter(pk__in=unused) if self.value() == "unused" else queryset


@admin.register(MediaImage)
class MediaImageAdmin(PlainList, ModelAdmin[MediaImage]):
    nothing_yet = gettext_lazy(
        "There is no image yet. Images come along with documents, or are pasted into a text."
    )
    form = ImageForm
    change_form_template = "admin/troubleshooting/exchange/image_form.html"
    list_display = ["thumbnail", "label", "dimensions", "bytes", "use", "day"]
    list_display_links = ["thumbnail", "label"]
    list_filter = [UsageFilter, "content_type", "created"]
    search_fields = ["name", "original_name", "sources__path"]
    search_help_text = gettext_lazy("Name of the file, or its path in a document")
    list_per_page = 40
    actions = ["delete_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows, ordering = MediaImage.objects.with_usage(), self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(csrf_protect(require_POST(self.upload)))
        return [
            path("upload/", view, name="troubleshooting_mediaimage_upload"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: MediaImage | None = None) -> list[Any]:
        if obj is None:
            return ["image"]
        facts = ["picture", "markdown", "original_name", "dimensions", "bytes", "content_type"]
        return [*facts, "uploaded_by", "created", "shown_in", "of_documents"]

    def get_readonly_fields(self, request: HttpRequest, obj: MediaImage | None = None) -> list[str]:
        return [] if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: MediaImage | None = None) -> bool:
        """Return False for every image: another one has another name."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MediaImage | None = None) -> bool:
        """Return whether no text shows the image, and the person may delete any."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or MediaImage.objects.unused().filter(pk=obj.pk).exists())

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        image = kwargs.get("obj")
        places = list(image_places(request, image)) if image is not None else []
        return super().render_change_form(request, {**context, "places": places}, *args, **kwargs)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Store the posted ``image`` and answer how a text names it (JSON)."""
        if not self.has_add_permission(request):
            return _refusal(_("You may not upload images."), 403)
        if is_too_large(request):
            return _refusal(image_message(ImageError("image_too_large", "> 50")), 413)
        file = request.FILES.get("image")
        if file is None:
            return _refusal(_("No image was sent."), 400)
        try:
            clean = clean_image(file.read(MOST_BYTES + 1))
        except ImageError as error:
            return _refusal(image_message(error), 400)
        image = store_clean(clean, original_name=file.name or "", user=editor_of(request))
        address = image.get_absolute_url()
        return JsonResponse(
            {
                "url": address,
                "markdown": f"![]({address})",
                "width": image.width,
                "height": image.height,
                "notice": str(_FIRST_FRAME) if clean.is_first_frame else "",
            }
        )

    def save_model(
        self, request: HttpRequest, obj: MediaImage, form: ModelForm[MediaImage], change: bool
    ) -> None:
        clean = form.cleaned_data["image"]
        if MediaImage.objects.filter(name=clean.name).exists():
            messages.info(request, _("The same image was here already."))
        if clean.is_first_frame:
            messages.info(request, _FIRST_FRAME)
        file = request.FILES.get("image")
        name = (file.name if file else "") or ""
        stored = store_clean(clean, original_name=name, user=editor_of(request))
        obj.pk, obj.name, obj.original_name = stored.pk, stored.name, stored.original_name

    @admin.action(description=gettext_lazy("Delete what is not in use"), permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Return Django's confirmation, for those images that no text shows."""
        unused = queryset.filter(pk__in=MediaImage.objects.unused().values("pk"))
        if used := queryset.count() - unused.count():
            text = ngettext(
                "%(count)d image stays: it is in use.",
                "%(count)d images stay: they are in use.",
                used,
            )
            messages.warning(request, text % {"count": used})
        return delete_selected(self, request, unused) if unused.exists() else None

    def delete_model(self, request: HttpRequest, obj: MediaImage) -> None:
        delete_images([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        delete_images(queryset)

    @admin.display(description=gettext_lazy("image"))
    def thumbnail(self, image: MediaImage) -> SafeString:
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" loading="lazy">',
            image.get_absolute_url(),
            image,
        )

    @admin.display(description=gettext_lazy("name"), ordering="original_name")
    def label(self, image: MediaImage) -> str:
        return str(image)

    @admin.display(description=gettext_lazy("image"))
    def picture(self, image: MediaImage) -> SafeString:
        address = image.get_absolute_url()
        return format_html(
            '<a href="{0}"><img class="picture" src="{0}" alt="{1}"></a>', address, image
        )

    @admin.display(description=gettext_lazy("in a text"))
    def markdown(self, image: MediaImage) -> SafeString:
        return format_html("<code>![…]({})</code>", image.get_absolute_url())

    @admin.display(description=gettext_lazy("width and height"), ordering="width")
    def dimensions(self, image: MediaImage) -> str:
        return f"{image.width}\u00a0×\u00a0{image.height}"

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def bytes(self, image: MediaImage) -> str:
        return filesizeformat(image.size)

    @admin.display(description=gettext_lazy("created"), ordering="created")
    def day(self, image: MediaImage) -> str:
        return date_format(localtime(image.created), "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("articles"), ordering="article_count")
    def use(self, image: MediaImage) -> int:
        return image.article_count

    @admin.display(description=gettext_lazy("shown in"))
    def shown_in(self, image: MediaImage) -> SafeString | str:
        articles = Article.objects.filter(translations__images__name=image.name).distinct()
        links = list(named_links(articles.values_list("pk", flat=True)))
        named = Q()
        for name in MARKDOWN_TEXTS:
            named |= Q(**{f"{name}__contains": image.name})
        earlier = Revision.objects.filter(named).exclude(translation__article__in=articles).count()
        if earlier:
            text = ngettext("%(count)d earlier revision", "%(count)d earlier revisions", earlier)
            links.append(format_html("{}", text % {"count": earlier}))
        return bullets(links)

    @admin.display(description=gettext_lazy("in documents"))
    def of_documents(self, image: MediaImage) -> SafeString | str:
        return bullets(str(source) for source in image.sources.all())


def _refusal(text: str, status: int) -> JsonResponse:
    return JsonResponse({"error": text}, status=status)
