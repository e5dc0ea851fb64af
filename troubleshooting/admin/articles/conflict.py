"""What the second of two editors sees who saved the same text: both texts, brought together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ...editing import EditConflict, conflict_with_pending, pending_of
from ...models import Article, PendingRevision
from ...texts.comparing.diffing import DiffPiece, DiffUnit, Skipped, diff_line, diff_units
from ...texts.comparing.merge import MergedSection, Region, RegionKind, merge_section
from ...texts.sections import TEXTS
from ..texts.addresses import form_url, pending_url
from ..texts.drafts import KEPT
from ..texts.pages import LABELS
from .forms import DetailsForm, person

#: What a save posts beside the texts; a page of its own kind may ask to get more back.
POSTED = ("comment", "size", "draft", "relation", KEPT)
#: More units than this that nobody changed are counted, not shown.
_SHOWN_UNCHANGED = 2


@dataclass(frozen=True, slots=True)
class ShownRegion:
    """A region as a person sees it: what ``ours`` and ``theirs`` changed against the base.

    ``mine``, ``other`` and ``both`` are the texts that a choice puts in its place; a region
    without a conflict has its text in ``mine``. ``number`` counts the conflicts of the page.
    """

    kind: RegionKind
    ours: list[DiffUnit | Skipped]
    theirs: list[DiffUnit]
    mine: str
    other: str
    both: str
    number: int


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A text of the article in regions; ``line`` for a title: what each side made of it."""

    name: str
    label: str
    text: str
    regions: list[ShownRegion]
    line: tuple[list[DiffPiece], list[DiffPiece]] | None

    @property
    def conflicts(self) -> int:
        return sum(region.kind is RegionKind.CONFLICT for region in self.regions)

    @property
    def is_changed(self) -> bool:
        return any(region.kind is not RegionKind.SAME for region in self.regions)

    @property
    def rows(self) -> int:
        """Return lines of the field in which the text is edited."""
        return min(24, max(3, self.text.count("\n") + len(self.text) // 90 + 2))


def conflict_response(
    request: HttpRequest,
    model_admin: ModelAdmin[Any],
    article: Article,
    language: str,
    conflict: EditConflict,
    *,
    action: str = "",
    posted: tuple[str, ...] = POSTED,
    shown: Mapping[str, str] | None = None,
    waiting_url: str = "",
    published: PendingRevision | None = None,
) -> HttpResponse:
    """Return the page on which both texts are brought together, with status 409.

    It posts title, sections, ``base_revision``, what is ``shown`` and the fields ``posted`` of the
    request to ``action``, the article's form unless another address is given. ``waiting_url`` is
    the page of the other text where that is a pending revision. ``published`` is the pending
    revision that meets what is live: its text is not of whoever publishes it.
    """
    sections = shown_sections(conflict, is_beside=bool(waiting_url))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Two texts to merge"),
        "name": conflict.stored["title"],
        "name_language": language,
        "article": article,
        "language": language,
        "conflict": conflict,
        "who": person(conflict.author) if conflict.author else "",
        **_whose(request, published),
        "sections": sections,
        "waiting_url": waiting_url,
        "badge": _("Pending revision") if shown else "",
        "number_of_conflicts": sum(section.conflicts for section in sections),
        "action": action or form_url(article, language),
        "posted": [
            *(shown or {}).items(),
            *((name, request.POST.get(name, "")) for name in posted if name != "comment"),
            *_details(request),
        ],
        "comment": request.POST.get("comment", ""),
        "is_nav_sidebar_enabled": False,
    }
    template = "admin/troubleshooting/articles/conflict.html"
    return TemplateResponse(request, template, context, status=409)


def _whose(request: HttpRequest, published: PendingRevision | None) -> dict[str, Any]:
    """Return whose text meets the other one: ``whose`` is "" where that is of whoever asks."""
    if published is None or published.author_id == request.user.pk:
        return {"is_anothers": False, "whose": ""}
    author = published.author
    return {"is_anothers": True, "whose": person(author) if author else ""}


def _details(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield what was decided beside the text: it is saved with what comes of it, or not at all."""
    if "has_details" not in request.POST:
        return
    for name, values in request.POST.lists():
        if name == "has_details" or name in DetailsForm.base_fields or name.startswith("initial-"):
            yield from ((name, str(value)) for value in values)


def pending_response(
    request: HttpRequest,
    model_admin: ModelAdmin[Any],
    article: Article,
    language: str,
    texts: Mapping[str, str],
    *,
    action: str,
    base_revision: int,
) -> HttpResponse:
    """Return the page on which ``texts``, to be a pending revision, meet the one that waits by now.

    Where somebody decided meanwhile and none does, they meet what is live. It posts to ``action``.
    """
    conflict, number = conflict_with_pending(article, language, texts, base_revision)
    waiting = pending_of(article, language) if number else None
    return conflict_response(
        request,
        model_admin,
        article,
        language,
        conflict,
        action=action,
        posted=("comment", "size", "draft", KEPT),
        shown={"base_pending": str(number)},
        waiting_url=pending_url(waiting) if waiting else "",
    )


def shown_sections(conflict: EditConflict, *, is_beside: bool = False) -> list[ShownSection]:
    """Return the texts of a conflict as its page shows them; conflicts are counted over all.

    ``is_beside``: each side is compared with the other, not with the base. What both began from is
    not known of pending revisions: what they share would look new on both sides.
    """
    shown = []
    number = 0
    for name in TEXTS:
        sides = (conflict.base[name], conflict.typed[name], conflict.stored[name])
        section = merge_section(name, *sides)
        regions = []
        for region in section.regions:
            number += region.is_conflict
            regions.append(_shown(section, region, number, is_beside=is_beside))
        line = None
        if name == "title":
            base, mine, other = sides
            line = (
                diff_line(other if is_beside else base, mine),
                diff_line(mine if is_beside else base, other),
            )
        shown.append(ShownSection(name, str(LABELS[name]), section.text(), regions, line))
    return shown


def _shown(section: MergedSection, region: Region, number: int, *, is_beside: bool) -> ShownRegion:
    is_conflict = region.is_conflict
    ours: list[DiffUnit | Skipped] = []
    before = region.theirs if is_beside and is_conflict else region.base
    ours += diff_units(before, region.ours if is_conflict else region.result)
    if region.kind is RegionKind.SAME and len(ours) > _SHOWN_UNCHANGED:
        ours = [Skipped(len(ours))]
    return ShownRegion(
        region.kind,
        ours,
        diff_units(region.ours if is_beside else region.base, region.theirs) if is_conflict else [],
        section.text_of(region.ours if is_conflict else region.result),
        section.text_of(region.theirs) if is_conflict else "",
        section.text_of([*region.ours, *region.theirs]) if is_conflict else "",
        number if is_conflict else 0,
    )
