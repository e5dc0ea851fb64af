"""Tags of the pages about what readers did and said."""

from urllib.parse import urlencode

from babel import Locale
from babel.numbers import format_percent
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ..figures.reports import ReportRow
from ..figures.searches import SearchGroup
from ..texts.anchors import place_at

register = template.Library()


@register.filter
def percent_of(part: int, whole: int) -> str:
    """Return ``part`` as a percentage of ``whole``, which is not 0."""
    return format_percent(part / whole, locale=Locale.parse(get_language(), sep="-"))


@register.simple_tag
def article_about(group: SearchGroup) -> str:
    """Return the form of a new article that begins with what was looked for."""
    wanted = {"language": group.language, "title": group.subject, "problem": group.subject}
    return f"{reverse('admin:troubleshooting_article_add')}?{urlencode(wanted)}"


@register.simple_tag
def search_again(group: SearchGroup) -> str:
    """Return the search of that group, on the page in the language in which readers made it."""
    offered = group.language in dict(settings.LANGUAGES)
    with override(group.language if offered else get_language()):
        return f"{reverse('troubleshooting:search')}?{urlencode({'q': group.subject})}"


@register.simple_tag
def place_read(report: ReportRow) -> str:
    """Return the place in the article that the report is about, as its reader saw it."""
    if report.title is None:
        return ""
    offered = report.language in dict(settings.LANGUAGES)
    with override(report.language if offered else get_language()):
        page = reverse("troubleshooting:article", args=[report.title.slug])
    return f"{page}#{report.anchor}" if report.anchor else page


@register.simple_tag
def step_name(anchor: str) -> str:
    """Return what a person calls the step with that address."""
    place = place_at(anchor)
    if place is None:
        return ""
    numbers = {"resolution": place.resolution, "step": place.step_number}
    return _("Resolution %(resolution)d, step %(step)s") % numbers
