"""A new article begun from what somebody looked for and did not find."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from ...editing.texts import LONGEST_TITLE
from ...models import Article, GapReport
from ...texts.codes import find_codes, parse_code
from ...texts.plain import one_line

#: Longer words are a pasted text, of which the first line says most.
_LONGEST = 2_000


def prefilled(request: HttpRequest, language: str) -> dict[str, str]:
    """Return the first words of a new text in ``language``, by field name.

    The address may name ``title``, ``problem`` (the words that were looked for) and ``gap`` (the
    key of a report). A code stands in the problem as a code, anything else as a quoted message.
    """
    asked = request.GET
    gap = _gap(request)
    words = (asked.get("problem") or (gap.subject if gap else "") or asked.get("title", "")).strip()
    title = (asked.get("title") or words).strip()
    with override(language):
        problem = _problem(words[:_LONGEST])
    return {"title": one_line(title)[:LONGEST_TITLE], "problem": problem}


def note_gap(request: HttpRequest, article: Article) -> None:
    """Remember that ``article`` was begun for the report that the address names."""
    gap = _gap(request)
    if gap:
        GapReport.objects.filter(pk=gap.pk).update(article=article)


def _gap(request: HttpRequest) -> GapReport | None:
    key = request.GET.get("gap", "")
    if not key.isdecimal() or not request.user.has_perm("troubleshooting.view_gapreport"):
        return None
    return GapReport.objects.filter(pk=key).first()


def _problem(words: str) -> str:
    if not words:
        return ""
    code = parse_code(words)
    if code:
        return _("An error with the code `%(code)s` is shown.") % {"code": code.canonical}
    quoted = "\n".join(f"> {line}".rstrip() for line in words.splitlines())
    codes = dict.fromkeys(mention.code.canonical for mention in find_codes(words))
    named = ", ".join(f"`{canonical}`" for canonical in codes)
    tail = "\n\n" + _("Codes: %(codes)s") % {"codes": named} if named else ""
    return _("The following message is shown:") + f"\n\n{quoted}{tail}"
