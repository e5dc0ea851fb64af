"""The parts of a Word document made ready: changes accepted, what is hidden taken out, lists whole.

mammoth knows neither that a picture between two steps belongs to the first of them, nor which
letters look like code; both are told it by styles. Source: ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from ..docfx.errors import DocumentError
from ..languages import product_words

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
_NS = {"w": W, "m": M, "mc": MC, "dc": DC, "dcterms": DCTERMS}
#: Styles of our own, by which mammoth is told what it does not see.
CODE, CODE_BLOCK, CONTINUED = "PortalCode", "PortalCodeBlock", "PortalContinued"
_DEEPEST = 3
_MONOSPACED = re.compile(r"consolas|courier|menlo|monaco|mono\b|lucida console|cascadia", re.I)
_CODE_STYLE = re.compile(rf"\b({'|'.join(product_words('verbatim'))})\b", re.I)
_MOST_HEADINGS = 6
Element = Any


@dataclass(slots=True)
class WordPackage:
    """A document made ready.

    ``text`` is all that a reader of it sees; ``omissions`` what is left out, by the code of
    its note; ``styles`` say to mammoth which paragraphs are headings.
    """

    packed: bytes
    text: str
    title: str = ""
    date: str = ""
    styles: list[str] = field(default_factory=list)
    omissions: dict[str, str] = field(default_factory=dict)


def prepare(raw: bytes) -> WordPackage:
    """Return the document ``raw`` ready for mammoth. Raise ``DocumentError`` (``word_broken``)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        document = _xml(archive.read("word/document.xml"))
        styles = _xml(archive.read("word/styles.xml")) if "word/styles.xml" in names else None
        core = _xml(archive.read("docProps/core.xml")) if "docProps/core.xml" in names else None
        left = {
            "left_comments": _texts(archive, names, r"word/comments\.xml"),
            "left_around": _texts(archive, names, r"word/(?:header|footer)\d*\.xml"),
        }
        left["left_deleted"], left["left_hidden"] = _accept(document), _unhide(document)
        _boxes(document)
        _continue_lists(document)
        codes = _code_styles(styles)
        _mark_code(document, codes)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in dict.fromkeys(names):
                changed = name == "word/document.xml"
                packed.writestr(name, etree.tostring(document) if changed else archive.read(name))
    title = core.findtext("dc:title", "", _NS) if core is not None else ""
    date = core.findtext("dcterms:modified", "", _NS)[:10] if core is not None else ""
    text = _text(document)
    return WordPackage(
        out.getvalue(), text, (title or "").strip(), date, _heading_styles(styles), left
    )


def _xml(data: bytes) -> Element:
    """Return the root of a part; none of them may declare anything."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("word_broken") from error
    if root.getroottree().docinfo.internalDTD is not None:  # read in whichever encoding
        raise DocumentError("word_broken")
    return root


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _text(root: Element) -> str:
    paragraphs = ("".join(_pieces(p)) for p in root.iter(_w("p")))
    return "\n".join(text for text in paragraphs if text.strip())


def _pieces(paragraph: Element) -> Iterator[str]:
    """Yield the text of a paragraph, without that of those inside it (text boxes)."""
    for each in paragraph.iter(_w("t"), _w("tab"), _w("br"), _w("delText")):
        if next(each.iterancestors(_w("p"))) is paragraph:
            yield (each.text or "") if each.tag in (_w("t"), _w("delText")) else " "


def _texts(archive: zipfile.ZipFile, names: list[str], pattern: str) -> str:
    found = [name for name in names if re.fullmatch(pattern, name)]
    return " ".join(" ".join(_text(_xml(archive.read(name))).split()) for name in found).strip()


def _accept(document: Element) -> str:
    """Accept all changes; return what was deleted."""
    gone = list(document.iter(_w("del"), _w("moveFrom")))
    text = " ".join("".join(e.itertext(_w("delText"), _w("t"))) for e in gone).strip()
    for element in gone:
        # The mark of a deleted end of a paragraph is for mammoth, which joins the two.
        if element.getparent().tag != _w("rPr"):
            element.getparent().remove(element)
    _unwrap(document, "ins", "moveTo", "smartTag", "fldSimple", "customXml")
    return text


def _unwrap(document: Element, *names: str) -> None:
    for element in list(document.iter(*map(_w, names))):
        parent = element.getparent()
        if parent.tag in (_w("rPr"), _w("trPr")):
            parent.remove(element)
            continue
        place = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(place, child)
        parent.remove(element)


def _unhide(document: Element) -> str:
    """Take hidden runs out; return their text."""
    hidden = [
        run
        for run in document.iter(_w("r"))
        if (mark := run.find("w:rPr/w:vanish", _NS)) is not None
        and mark.get(_w("val")) not in ("0", "false")
    ]
    text = " ".join("".join(run.itertext(_w("t"))) for run in hidden)
    for run in hidden:
        run.getparent().remove(run)
    return " ".join(text.split())


def _boxes(document: Element) -> None:
    """Make text boxes without a form for old programs, and formulas, text like any other."""
    for choice in list(document.iter(f"{{{MC}}}AlternateContent")):
        boxes = choice.findall("mc:Choice//w:txbxContent", _NS)
        if boxes and choice.find("mc:Fallback//w:txbxContent", _NS) is not None:
            choice.remove(choice.find("mc:Choice", _NS))
            continue
        if not boxes:
            continue
        paragraph = next(choice.iterancestors(_w("p")), None)
        if paragraph is None:
            continue
        for box in reversed(boxes):
            for child in reversed(list(box)):
                paragraph.addnext(child)
        choice.getparent().remove(choice)
    for formula in list(document.iter(f"{{{M}}}oMath")):
        run = formula.makeelement(_w("r"))
        text = etree.SubElement(run, _w("t"))
        text.text = "".join(formula.itertext(f"{{{M}}}t"))
        formula.getparent().replace(formula, run)


def _continue_lists(document: Element) -> None:
    """Put a paragraph between two items of one list into the first of them."""
    for parent in {p.getparent() for p in document.iter(_w("p"))}:
        last: _ListItem | None = None
        lists: set[str] = set()
        between: list[Element] = []
        for element in parent:
            item = _item_of(element)
            if item is None:
                is_plain = element.tag == _w("p") and _style_of(element) in _PLAIN
                between = [*between, element] if last and is_plain else []
                last, lists = (last, lists) if is_plain else (None, set())
                continue
            if last and item.list in lists:
                for paragraph in between:
                    _set_style(paragraph, f"{CONTINUED}{min(last.level, item.level, _DEEPEST)}")
            last, lists, between = item, {*lists, item.list}, []


_PLAIN = {"", "Normal", "ListParagraph", "Paragraphedeliste", "BodyText", "Corpsdetexte"}


class _ListItem(NamedTuple):
    """What list a paragraph is an item of, and at what level, from 1."""

    list: str
    level: int


def _item_of(element: Element) -> _ListItem | None:
    """Return the place of a paragraph in a list; None: it is no item."""
    number = element.find("w:pPr/w:numPr/w:numId", _NS) if element.tag == _w("p") else None
    if number is None or number.get(_w("val")) in (None, "0"):
        return None
    level = element.find("w:pPr/w:numPr/w:ilvl", _NS)
    told = level.get(_w("val"), "0") if level is not None else "0"
    return _ListItem(number.get(_w("val")), (int(told) if told.isdigit() else 0) + 1)


def _style_of(paragraph: Element) -> str:
    style = paragraph.find("w:pPr/w:pStyle", _NS)
    return style.get(_w("val"), "") if style is not None else ""


def _set_style(paragraph: Element, name: str) -> None:
    properties = paragraph.find("w:pPr", _NS)
    if properties is None:
        properties = paragraph.makeelement(_w("pPr"))
        paragraph.insert(0, properties)
    for old in properties.findall("w:pStyle", _NS):
        properties.remove(old)
    style = properties.makeelement(_w("pStyle"), {_w("val"): name})
    properties.insert(0, style)


def _mark_code(document: Element, codes: set[str]) -> None:
    """Mark runs in letters of one width as code, a paragraph of nothing else as a line of it."""
    for paragraph in document.iter(_w("p")):
        runs = [run for run in paragraph.iter(_w("r")) if run.find("w:t", _NS) is not None]
        mono = [run for run in runs if _is_mono(run)]
        all_mono = bool(runs) and len(mono) == len(runs) and _item_of(paragraph) is None
        in_table = any(True for _ in paragraph.iterancestors(_w("tc")))
        is_code = _style_of(paragraph) in codes or (all_mono and not in_table)
        if is_code and not _style_of(paragraph).startswith(CONTINUED):
            _set_style(paragraph, CODE_BLOCK)
            continue
        for run in mono:
            properties = run.find("w:rPr", _NS)
            for old in properties.findall("w:rStyle", _NS):
                properties.remove(old)
            properties.insert(0, properties.makeelement(_w("rStyle"), {_w("val"): CODE}))


def _is_mono(run: Element) -> bool:
    fonts = run.find("w:rPr/w:rFonts", _NS)
    named = fonts.get(_w("ascii")) or fonts.get(_w("hAnsi")) or "" if fonts is not None else ""
    return bool(_MONOSPACED.search(named))


class _Style(NamedTuple):
    """A style of paragraphs; ``base`` is the key of the one that it is based on, "": none."""

    name: str
    level: str
    base: str


def _paragraph_styles(styles: Element) -> dict[str, _Style]:
    """Return the styles of paragraphs by their keys, levels as they are told."""
    found = {}
    for style in styles.iter(_w("style")) if styles is not None else ():
        if style.get(_w("type")) != "paragraph":
            continue
        name, level = style.find("w:name", _NS), style.find("w:pPr/w:outlineLvl", _NS)
        base = style.find("w:basedOn", _NS)
        found[style.get(_w("styleId"), "")] = _Style(
            name.get(_w("val"), "") if name is not None else "",
            level.get(_w("val"), "") if level is not None else "",
            base.get(_w("val"), "") if base is not None else "",
        )
    return found


def _heading_styles(styles: Element) -> list[str]:
    """Return how each style that has a level in the outline, or is based on one, is written."""
    known = _paragraph_styles(styles)
    lines = []
    for key, (name, _, _) in known.items():
        level, place, seen = "", key, set()
        while not level and place in known and place not in seen:
            seen.add(place)
            level, place = known[place].level, known[place].base
        if level.isdigit() and int(level) < _MOST_HEADINGS and name and "'" not in name:
            escaped = name.replace("\\", "\\\\")
            lines.append(f"p[style-name='{escaped}'] => h{int(level) + 1}:fresh")
    return lines


def _code_styles(styles: Element) -> set[str]:
    return {key for key, row in _paragraph_styles(styles).items() if _CODE_STYLE.search(row.name)}
