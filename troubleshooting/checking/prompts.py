"""A rule about the prompts of a template: whether somebody has replaced them all."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..models import ArticleTemplate, TemplateUse
from ..texts.prompts import prompts_in, prompts_left
from .model import CheckedText, Finding


def prompt_left(draft: CheckedText) -> Iterator[Finding]:
    """Yield the prompts that the text still has in the place of what is meant."""
    for prompt in prompts_left(draft.texts, _known(draft)):
        if prompt.section == "title":
            text = _("The title still says: %(prompt)s. Write what is meant in its place.")
        else:
            text = _("Line %(line)d still says: %(prompt)s. Write what is meant in its place.")
        values = {"line": prompt.line, "prompt": prompt.markup}
        yield Finding("prompt_left", text % values, False, prompt.section, prompt.markup)


def _known(draft: CheckedText) -> frozenset[str]:
    """Return the words of prompts that count in code too: of what the text was begun with.

    Of an article that is not saved yet any template may be that.
    """
    if not any(prompt.is_code for prompt in prompts_in(draft.texts)):
        return frozenset()
    if draft.article is not None:
        return TemplateUse.objects.known_prompts(draft.article)
    return frozenset(
        prompt.words
        for texts in ArticleTemplate.objects.values_list("texts", flat=True)
        for said in texts.values()
        for prompt in prompts_in(said)
    )
