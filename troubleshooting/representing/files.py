"""An article as a file: Markdown with front matter, plain text, or data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import override

from .articles import ArticleText, Origin
from .names import SECTION_NAMES
from .writing import Form, write_text


def as_markdown(article: ArticleText, site: str) -> str:
    """Return the article as Markdown; ``site`` is the portal's address without a slash."""
    fields = yaml.safe_dump(_fields(article, site), allow_unicode=True, sort_keys=False, width=1000)
    form = Form(is_markdown=True, site=site)
    parts = [f"---\n{fields}---", f"# {form.words(article.title)}"]
    with override(article.language):
        for section in article.sections:
            parts += [f"## {SECTION_NAMES[section.name]}", write_text(section.html, form)]
        parts += [f"*{form.words(line)}*" for line in _sources(article)]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_text(article: ArticleText, site: str) -> str:
    """Return the article as plain text, with the lines that a ticket needs at its end."""
    form = Form(is_markdown=False, site=site)
    parts = [f"{article.title}\n{'=' * min(len(article.title), 72)}"]
    with override(article.language):
        for section in article.sections:
            name = str(SECTION_NAMES[section.name])
            parts += [f"{name}\n{'-' * len(name)}", write_text(section.html, form)]
        numbers = {"article": article.number, "revision": article.revision}
        parts.append(_("Article no. %(article)d, revision no. %(revision)d") % numbers)
        parts[-1] += f"\n{site}{article.address}"
        parts += _sources(article)
    return "\n\n".join(part for part in parts if part) + "\n"


def as_data(article: ArticleText, site: str) -> dict[str, Any]:
    """Return the article as dicts, lists, strings and numbers."""
    return {**asdict(article), "url": f"{site}{article.address}"}


def _fields(article: ArticleText, site: str) -> dict[str, Any]:
    """Return the front matter; what is empty is left out."""
    fields = {
        "title": article.title,
        "url": f"{site}{article.address}",
        "article": article.number,
        "revision": article.revision,
        "language": article.language,
        "translations": [one for one in article.languages if one != article.language],
        "modified": article.modified.isoformat(timespec="seconds"),
        "platforms": [one.name for one in article.platforms],
        "codes": article.codes,
        "messages": article.messages,
        "sources": [_origin(one) for one in article.origins],
    }
    return {name: value for name, value in fields.items() if value}


def _origin(origin: Origin) -> dict[str, str]:
    fields = {
        "title": origin.title,
        "url": origin.url,
        "licence": origin.licence,
        "licence_url": origin.licence_url,
        "attribution": origin.attribution,
    }
    return {name: value for name, value in fields.items() if value}


def _sources(article: ArticleText) -> Iterator[str]:
    """Yield a line for each document, which its licence asks for."""
    for origin in article.origins:
        rest = [origin.attribution, origin.licence, origin.licence_url or origin.url]
        named = ", ".join(part for part in (origin.title, *rest) if part)
        yield _("Source: %(source)s") % {"source": named}
