"""Made-up contents for the style guide: what results, indexes and pasted texts show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from ...filters.facets import FacetPanel, Option
from ...models import Platform
from ...representing.marking import Block, blocks
from ...search.result import Evidence, Hit, PastedPlace
from ...texts.codes import parse_code
from ...texts.codes.decoding.wording import Decoded, decoded, relation
from ...texts.languages import UNTRANSLATED
from ..indexes.listing import ArticleName, ShownRow, SortOrder
from ..searching.cards import CodeCard, HitCard
from ..searching.interpretation import Chip

ANDROID = Platform(slug="android", name="Android", icon="android")
IOS = Platform(slug="ios", name="iOS/iPadOS", icon="ios")
CODE = "0x80CF0440"
UNKNOWN = "0x80CF0041"
#: Lines far from any evidence are folded, so that there are all sorts of blocks.
LOG = "\n".join(
    [
        *["10:00:00 [INFO] service heartbeat"] * 8,
        f"10:01:07 [ERROR] Enrollment failed: hr={CODE}",
        f"10:01:09 [ERROR] retry failed hr={UNKNOWN}",
        *["10:02:00 [INFO] service heartbeat"] * 220,
    ]
)


def hit(title: str = "The limit is reached", **values: Any) -> Hit:
    """Return a hit; ``values`` replace the fields of an ordinary one."""
    usual: dict[str, Any] = {
        "article_id": 0,
        "slug": "sample",
        "anchor": "resolution-1-step-2",
        "section": "resolution",
        "title": title,
        "url": "#hit",
        "language": "en",
        "found_in": "en",
        "languages": ("en",),
        "kind": "error",
        "status": "published",
        "platforms": ("android",),
        "codes": (CODE, "DeviceCapReached"),
        "tier": "text",
        "why": "",
        "snippet": "",
        "snippet_language": "en",
        "matched": "",
        "score": 1.0,
    }
    return Hit(**(usual | values))


def hit_cards() -> list[HitCard]:
    """Return a hit of each sort.

    By words, by a code, by a line of a pasted text, in another language, by its words.
    """
    quoted = mark_safe("Remove the account when the <mark>limit</mark> is reached.")
    none = mark_safe("")
    said = mark_safe("L’écran affiche : <mark>Plafond</mark> <mark>atteint</mark>.")
    french = hit("Plafond atteint", language="fr", found_in="fr", status="draft")
    return [
        HitCard(hit(), quoted, "Resolution 1, step 2", [ANDROID], "", ""),
        HitCard(hit(), none, "", [ANDROID, IOS], "", f"names {CODE}"),
        HitCard(hit(places=(PastedPlace(CODE, f"line 9: {CODE}", (9, 12)),)), none, "", [], "", ""),
        HitCard(french, none, "", [IOS], "Draft", "quotes this message"),
        HitCard(hit(found_in="fr"), quoted, "", [], "", "", matched=said),
    ]


def code_cards() -> list[CodeCard]:
    """Return a code with what to do first, and one that only has a meaning."""
    card = hit_cards()[1]
    named = decoded(parse_code("0x80070005"), get_language() or UNTRANSLATED)
    meaning = mark_safe('The screen says <b class="message">Too many devices</b>.')
    return [
        CodeCard(CODE, card, meaning, "en", "Remove a device.", "#resolution-1-step-1", named),
        CodeCard("DeviceCapReached", card, mark_safe(""), "en", "", ""),
    ]


def guess_cards() -> list[HitCard]:
    """Return a documented code near one that is not."""
    near = relation("0x80CF0041", 0x80CF0440)
    return [HitCard(hit(why=CODE, guess=True), mark_safe(""), "", [IOS], "", "", relation=near)]


def evidence() -> list[Block]:
    """Return a pasted text with a code that is documented, one that is not, and folded lines."""
    found = [(CODE, True), (UNKNOWN, False)]
    places = [
        Evidence(
            line=LOG[: LOG.index(code)].count("\n") + 1,
            start=LOG.index(code),
            end=LOG.index(code) + len(code),
            what="code",
            value=code,
            known=known,
        )
        for code, known in found
    ]
    return blocks(LOG, places)


def chips() -> list[Chip]:
    """Return what a query was understood as.

    A reading known and one unknown, a correction, words.
    """
    return [
        Chip("reading", "-2133916608", "HRESULT", CODE, ["from a signed decimal number"], id="a:1"),
        Chip("reading", "", "hexadecimal code", UNKNOWN, known=False, id="a:2"),
        Chip("correction", "enrolment", "taken for", "enrollment"),
        Chip("words", "", "words", "device limit"),
    ]


def missing() -> list[tuple[str, Decoded | None]]:
    """Return codes that nothing is written about: an HRESULT, and a number that says nothing."""
    return [
        (UNKNOWN, decoded(parse_code(UNKNOWN), get_language() or UNTRANSLATED)),
        ("0xC0000005", None),
    ]


def facets() -> list[FacetPanel]:
    """Return a facet with a chosen value and a platform, and one with a long list."""
    platforms = [
        Option("android", "Android", 12, True),
        Option("ios", "iOS/iPadOS", 1204, False),
    ]
    many = [Option(str(number), f"FACILITY_{number}", number, False) for number in range(1, 31)]
    return [
        FacetPanel("platform", "Platform", platforms),
        FacetPanel("facility", "Facility", many),
    ]


def index_rows() -> list[ShownRow]:
    """Return a row of the index of codes with many articles, and one for all platforms.

    The first has more articles than it names.
    """
    named = (
        ArticleName("sample", "en", "The limit is reached"),
        ArticleName("x", "fr", "Plafond atteint"),
    )
    platforms = (ANDROID.name, IOS.name)
    return [
        ShownRow(CODE, "hex", _now(), "#index", ("DEVICE (7)",), named, 2, platforms),
        ShownRow("DeviceCapReached", "name", _now(), "#index", (), named[:1], 0, ()),
    ]


def sorts() -> list[SortOrder]:
    """Return orders, the first one chosen."""
    return [SortOrder("name", "Code", True), SortOrder("recent", "Recently changed", False)]


def pages() -> Page[int]:
    """Return a page in the middle of many."""
    return Paginator(range(200), 20).get_page(3)


def _now() -> datetime:
    return timezone.now()
