"""The operations that make and change platforms."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Status
from ninja.errors import HttpError

from ...auditing import Act, note, note_changes
from ...editing import save_platform
from ...models import Platform
from ...rights import may_lead_platforms
from ..changes import PlatformIn
from ..inputs import CHANGE_ERRORS, Slug
from ..interface import api
from ..preconditions import name_place
from ..reasons import WrongValueError, unknown_value
from ..rights import WRITING, check, writer_of


def platforms_named(slugs: list[str] | None, place: str) -> list[Platform] | None:
    """Return the platforms; raise ``WrongValueError``: one that ``place`` names is none."""
    if slugs is None:
        return None
    found = list(Platform.objects.filter(slug__in=slugs))
    if strange := set(slugs) - {one.slug for one in found}:
        known = Platform.objects.values_list("slug", flat=True)
        raise WrongValueError(unknown_value(place, one, known) for one in sorted(strange))
    return found


@api.post(
    "/platforms/",
    auth=WRITING,
    response={201: PlatformIn, **CHANGE_ERRORS},
    operation_id="addPlatform",
)
def add_platform(
    request: HttpRequest, response: HttpResponse, payload: PlatformIn
) -> Status[Platform]:
    """Make a platform."""
    check(writer_of(request).has_perm("troubleshooting.add_platform"))
    platform = _store(Platform(), payload)
    note(writer_of(request), Act.ADDED, platform)
    name_place(response, "read_platform", slug=platform.slug)
    return Status(201, platform)


@api.put(
    "/platforms/{slug}/",
    auth=WRITING,
    response={200: PlatformIn, **CHANGE_ERRORS},
    operation_id="changePlatform",
)
def change_platform(request: HttpRequest, slug: Slug, payload: PlatformIn) -> Platform:
    """Change a platform; links to the address that it leaves go on leading to it."""
    check(writer_of(request).has_perm("troubleshooting.change_platform"))
    platform = Platform.objects.filter(slug=slug).first()
    if platform is None:
        raise Http404
    check(may_lead_platforms(writer_of(request), [platform]))
    before = _as_words(platform)
    _store(platform, payload)
    note_changes(writer_of(request), platform, before, _as_words(platform))
    return platform


def _as_words(platform: Platform) -> dict[str, str]:
    return {name: str(getattr(platform, name)) for name in PlatformIn.model_fields}


def _store(platform: Platform, payload: PlatformIn) -> Platform:
    for name, value in payload.model_dump().items():
        setattr(platform, name, value)
    try:
        with transaction.atomic():
            save_platform(platform)
    except IntegrityError:
        raise HttpError(409, _("Another platform has this address or name.")) from None
    except ValidationError as error:
        raise HttpError(409, " ".join(error.messages)) from None
    return platform
