"""The steps of an article: how a form and a note name them, and what a note says of the article."""

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...access import reader_of
from ...models import ArticleTranslation, CodeCitation, Step
from ...representing.notes import as_read, codes_line
from ...representing.writing import Form
from ...texts.anchors import STEP, place_at

_ID = re.compile(rf'id="({STEP.pattern})"')


@dataclass(frozen=True, slots=True)
class StepLabel:
    """The address of a step, the number of its resolution, and its own such as ``2.1``."""

    anchor: str
    resolution: int
    number: str

    def name_for(self, many: bool) -> str:
        """Return what a person calls the step.

        ``many`` tells that there are several resolutions.
        """
        if many:
            return _("Resolution %(resolution)d, step %(step)s") % {
                "resolution": self.resolution,
                "step": self.number,
            }
        return _("Step %(step)s") % {"step": self.number}


def step_anchors(resolution_html: str) -> tuple[str, ...]:
    """Return the addresses of the steps of a rendered resolution section, in order."""
    return tuple(match[1] for match in _ID.finditer(resolution_html))


def label_of(anchor: str) -> StepLabel | None:
    """Return the step of that address, or None where it is none of a step."""
    place = place_at(anchor)
    if place is None or not place.steps:
        return None
    return StepLabel(anchor, place.resolution, place.step_number)


@require_safe
def steps_json(request: HttpRequest, slug: str) -> JsonResponse:
    """Return what a note about a call says of an article: its steps, or else its resolution.

    Everything is in the language of the address, where the article has it: the steps of two
    languages have the same anchors, so that ticks of one page serve a note in the other.

    Raise ``Http404``: this reader sees no such article.
    """
    texts = ArticleTranslation.objects.visible_to(reader_of(request)).filter(article__slug=slug)
    translation = texts.best_first(get_language()).select_related("article", "rendered").first()
    if translation is None:
        raise Http404
    steps = list(Step.objects.filter(translation=translation))
    many = len({step.resolution_anchor for step in steps}) > 1
    return JsonResponse(
        {
            "language": translation.language,
            "title": translation.title,
            "url": request.build_absolute_uri(translation.article.get_absolute_url()),
            "steps": [
                {
                    "anchor": step.anchor,
                    "parent": step.parent_anchor,
                    "name": label.name_for(many) if (label := label_of(step.anchor)) else "",
                    "text": step.text,
                }
                for step in steps
            ],
            "text": None if steps else _text(translation, request.build_absolute_uri("/")),
            "words": _words(translation),
        }
    )


def _text(translation: ArticleTranslation, site: str) -> dict[str, str]:
    """Return the resolution as it is read, in each form of a note; ``site`` ends with a slash."""
    rendered = getattr(translation, "rendered", None)
    html = rendered.resolution if rendered else ""
    forms = {"plain": False, "markdown": True}
    return {
        name: as_read(html, Form(is_markdown, site.rstrip("/")))
        for name, is_markdown in forms.items()
    }


def _words(translation: ArticleTranslation) -> dict[str, str | dict[str, str]]:
    """Return what a note says between the steps, in the language of the address."""
    numbers = {
        "article": translation.article_id,
        "revision": translation.revision_number,
        "date": date_format(translation.modified, "DATE_FORMAT"),
    }
    citations = CodeCitation.objects.filter(translation=translation)
    codes = dict.fromkeys(citations.values_list("code__canonical", flat=True))
    return {
        "revision": _("Article no. %(article)d, revision no. %(revision)d, %(date)s") % numbers,
        "codes": codes_line(list(codes)),
        "call": _("Call"),
        "done": _("Steps done"),
        "none": _("No step done yet."),
        "stuck": _("Stuck at"),
        "solved": _("Solved at"),
        "resolution": _("Resolution"),
        "ended": {"solved": _("Solved"), "stuck": _("Not solved")},
        "colon": _(":"),
    }
