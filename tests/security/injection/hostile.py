"""A portal whose every text is a payload, written by every way that texts come in."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client

from tests.security.injection.payloads import CLOSER, IMAGE, PAYLOADS, Payload
from tests.web.content import write
from troubleshooting.models import Article, MediaImage, Platform
from troubleshooting.texts.sections import SECTIONS

CODE = "0x80CF0440"
SHORT = [payload.markup for payload in PAYLOADS if payload.is_short]
_PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def batched(payloads: Sequence[Payload], size: int) -> Iterator[Sequence[Payload]]:
    """``payloads`` in turns of at most ``size``."""
    return (payloads[at : at + size] for at in range(0, len(payloads), size))


def packed(texts: Sequence[str], length: int) -> Iterator[str]:
    """``texts`` on lines of at most ``length`` characters, each filled with what fits."""
    line = ""
    for text in texts:
        if line and len(line) + 1 + len(text) > length:
            yield line
            line = ""
        line = f"{line} {text}".strip()
    yield line


def marked(payloads: Sequence[Payload]) -> str:
    """Markdown with a word before each payload that tells whether the page shows its place."""
    return "\n\n".join(f"Repère{p.number}.\n\n{p.text}\n\n{CLOSER}" for p in payloads)


def fill(folder: Path) -> None:
    """Articles, a document (through ``import_docs``), and what readers send."""
    Platform.objects.update_or_create(
        slug="android", defaults={"name": f"Android {SHORT[0]}", "icon": SHORT[1], "position": 1}
    )
    write_articles()
    _titles()
    path = folder / "hostile.fr.md"
    path.write_text(document().replace("\0", "\x01"), "utf-8")  # a file with NUL is refused
    call_command("import_docs", str(path), verbosity=0)
    Article.objects.update(status="published")
    _from_readers()


def _image() -> None:
    image = MediaImage(
        name=IMAGE,
        original_name=SHORT[2],
        content_type="image/png",
        width=1,
        height=1,
        size=len(_PIXEL),
    )
    image.file.save(IMAGE, ContentFile(_PIXEL))


def _new(slug: str) -> Article:
    article = Article.objects.create(slug=slug, status="published")
    article.platforms.set(Platform.objects.filter(slug="android"))
    return article


def write_articles() -> None:
    """All payloads, in turn in every section and in the internal note, with an image to show."""
    _image()
    fields = (*SECTIONS, "internal")
    for number, some in enumerate(batched(PAYLOADS, 80)):
        parts = {name: marked(some[at :: len(fields)]) for at, name in enumerate(fields)}
        write(_new(f"texte-{number}"), "fr", f"Texte {number} {SHORT[number]}", **parts)


def _titles() -> None:
    """All short payloads in titles, which cite a code; some in a message and a step as well."""
    for number, title in enumerate(packed(SHORT, 300)):
        article = _new(f"titre-{number}")
        problem = f"L’erreur **{title}** s’affiche, {CODE}." if number < 20 else CODE
        write(article, "fr", title, problem=problem, resolution=f"1. {title}" * (number < 20))


def document() -> str:
    """A document in French: its header, its own words, problems and a table of codes."""
    words = cycle(SHORT)
    fields = ("title", "description", "author", "license", "attribution", "ms.author", "lang-note")
    header = [f"{name}: {_quoted(' '.join(next(words) for _ in range(3)))}" for name in fields]
    header += ["license_url: javascript:fired(1)", "source_url: javascript:fired(1)", "lang: fr"]
    # A payload that makes a heading begins an article of its own: those come last.
    apart = [p for p in PAYLOADS if "\n=" in p.text or p.classes[2] == "heading"]
    together = [payload for payload in PAYLOADS if payload not in apart]
    problems = [
        f'## <a name="probleme-{number}"></a>Problème {next(words)}\n{marked(some[:2])}\n\n'
        f"**Problème :** {next(words)}\n\n{marked(some[2:30])}\n\n"
        f"**Cause :** {next(words)}\n\n{marked(some[30:50])}\n\n"
        f"**Résolution :** {next(words)}\n\n{marked(some[50:])}"
        for number, some in enumerate(batched(together, 80))
    ]
    rows = [f"| 0x8007{number:04X} | {next(words)} | {next(words)} |" for number in range(1, 20)]
    table = ["| Code d’erreur | Problème | Solution |", "| --- | --- | --- |", *rows]
    parts = [
        "\n".join(["---", *header, "---"]),
        f"# Erreurs {next(words)}",
        marked(together[::9]),
        *problems,
        "## Codes sous Windows",
        marked(together[4::20]),
        "\n".join(table),
        f"## Étapes suivantes\n{marked(together[7::20])}",
        "## Autres\n" + marked(apart).replace("\n=\n", " = "),
    ]
    return "\n\n".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def log() -> str:
    """A text to paste: every payload, and a documented code near each, so that it is shown."""
    return "\n".join(f"{CODE} {payload.text}" for payload in PAYLOADS)


def _from_readers() -> None:
    """What anonymous readers can send: how it went, errors in articles, gaps."""
    client = Client()
    for comment in packed(SHORT, 1000):
        client.post(
            "/fr/articles/titre-0/feedback/",
            {"verdict": "stuck", "anchor": "resolution-1-step-1", "comment": comment},
        )
        client.post("/fr/articles/titre-1/error/", {"comment": comment})
    for subject in list(packed(SHORT, 200))[:50]:
        client.post("/fr/gaps/", {"subject": subject, "comment": f"{subject} {SHORT[-1]}"})
