"""The one function that derives everything from the texts of a translation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from lxml.html import HtmlElement as Element

from ..codes import (
    FAMILY_OF,
    SYMBOL,
    Code,
    code_in_list,
    codes_of_title,
    find_codes,
    humps,
    is_error_name,
    is_failing_camel,
    is_field_name,
    parse_code,
)
from ..languages import Labels, code_words, labels_for
from ..markup.snippets import SnippetText, expanded
from ..plain import with_plain_spaces
from ..rendering import (
    Link,
    RenderingContext,
    drop_dead_links,
    inner_html,
    parent_of,
    plain_link,
    plain_text,
    render,
    render_for_reading,
)
from ..rendering.trees import MISSING_IMAGE
from ..sections import MARKDOWN_TEXTS, SECTIONS
from .exceptions import exceptions_of_title, thrown_exceptions
from .logs import flags_of_logs, logged_names
from .menu_paths import mark_menu_paths
from .messages import announced_names, find_messages, title_messages
from .model import CodeItem, Passage, StructuredArticle
from .steps import mark_resolutions
from .tables import codes_in_columns

# Raise it when the rules change: stored rows of an older version are derived anew.
STRUCTURE_VERSION = 28
SUMMARY_LENGTH = 220
#: So far before a code the words stand that compare it with another: "similar to error 823".
COMPARED = 60
# Names of properties, types and messages that are written like an error's.
_PROPERTY = re.compile(r"(?:PR|PT|PID|REG|WM|SMS|CCM|HKEY|MAX|MIN)_")
_FAILURE = re.compile(
    "(?:^|_)(?:NO|NOT|NON|FAIL|INVALID|DENIED|EXPIRED|ERR|BAD|TIME|UN|MISSING|MISMATCH|REFUSED|REJECT"
    "|EXCEED|CORRUPT|ABORT|BLOCK|CONFLICT|DUPLICATE|LOST|RESET|STOP|FULL|REQUIRED|WRONG|BROKEN|OUT)"
)
_ERROR_WORDS = "|".join(code_words("error"))
_THINGS = "|".join(code_words("things"))
_THING_AFTER = re.compile(rf" (?:\w{{1,20}} )?(?:{_THINGS})(?:s|es)?(?!\w)", re.IGNORECASE)
_THING_BEFORE = re.compile(
    rf"(?<!\w)(?:{_THINGS})s?(?: \w{{1,20}}| d’\w{{1,20}})? $", re.IGNORECASE
)
_TITLED = re.compile(
    rf"^\W*(?P<before>[A-Z]\w{{4,60}}[A-Za-z0-9])\b[\"'”»`*]{{0,3}} (?i:{_ERROR_WORDS})\b"
    rf"|\b(?i:{_ERROR_WORDS})[\"'“«`* ]{{1,4}}(?P<after>[A-Z]\w{{4,60}}[A-Za-z0-9])\b(?![ -][a-z])"
)
# The name of a failure that a title begins with or quotes: "CannotReachHost when you sign in".
_FAILED = re.compile(
    r"(?:^|[\"'“«`])(?P<before>[A-Z]\w{4,60}[A-Za-z0-9])(?=[\"'”»`]|[: ]|$)(?P<after>)"
)
# What a problem shows: words in bold or italics, and quoted messages.
_EMPHASIS = ("strong", "b", "em", "i", "blockquote")
LONGEST_SHOWN = 400
#: A longer line is more than a name.
_LONGEST_NAME = 80
_BY_MAKER = re.compile(r"[A-Z][A-Z0-9]{0,7}-(?:0x[0-9A-Fa-f]{2,8}|[0-9]{2,6}(?:-[0-9]{1,3})?)")
_IN_MESSAGE = re.compile(
    r"(?:[:(\[–-] ?|^)(?P<name>[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,12}|"
    + _BY_MAKER.pattern
    + r"|(?<=\[)[A-Z][A-Za-z]{3,60}Exception(?=\]))(?=[)\].!]{0,2}(?:\s|$))"
)
_IN_TEXT = re.compile(
    rf"(?<![\w-])(?:{_BY_MAKER.pattern}|[A-Z][A-Z0-9]{{1,40}}(?:_[A-Z0-9]{{1,40}}){{1,12}})(?![\w-])"
)
_NEGATED = re.compile(
    "[Nn]ot[A-Z]|No[A-Z]|Non[A-Z]|Fail|Invalid|Denied|Expired|Error|Missing|Mismatch|Refused|Reject|Exceed"
    "|Corrupt|Timeout|TimedOut|Unavailable|Unknown|Unsupported|Unauthorized|Unable|Blocked|Conflict"
    "|Lost|Reached|Required|Revoked|Duplicate"
)
_CODE_WITH_NAME = re.compile(
    r"(?P<code>[\w-]{3,20})\s*[:–-]\s*(?P<name>[A-Z]\w{5,60})\s*(?:[:–-]\s|$)"
)


def structure_article(
    texts: Mapping[str, str],
    language: str,
    link: Callable[[str], Link | None] = plain_link,
    image: Callable[[str], str | None] = lambda source: None,
    progress: Callable[[str], None] = lambda section: None,
    snippets: Mapping[str, SnippetText] | None = None,
) -> StructuredArticle:
    """Derive the structure of ``texts`` (title and the four sections of canonical Markdown).

    ``language`` is that of the texts; ``link`` and ``image`` say where targets lead, see
    ``rendering.RenderingContext``. ``progress`` is told the section that is read next.
    ``snippets`` are what texts name by markers, by key.
    """
    labels = labels_for(language)
    result = StructuredArticle()
    texts = _with_snippets(texts, language, snippets or {}, result, progress)
    context = RenderingContext(link=link, image=image, words=labels.words)

    def rendered(name: str) -> Element:
        progress(name)
        return render_for_reading(texts.get(name, ""), context)

    trees = {name: rendered(name) for name in SECTIONS}
    # Staff alone read the internal note: nothing but its HTML may come of it.
    internal = rendered("internal")
    # From here on all sections are read: if that takes too long, the longest is to blame.
    progress(max(SECTIONS, key=lambda name: len(texts.get(name, ""))))
    messages = title_messages(texts.get("title", ""), labels)
    messages = [*messages, *find_messages(trees["problem"], labels)]
    result.symptoms = list({s.text: s for s in messages}.values())
    own = _own_words(texts.get("other", ""), labels) if "](" in texts.get("other", "") else None
    result.codes = _codes(texts.get("title", ""), trees, own, labels)
    result.codes = list(dict.fromkeys([*result.codes, *_said_codes(trees, result, labels)]))
    for tree in (*trees.values(), internal):
        mark_menu_paths(tree)
    result.causes = _count_causes(trees["cause"], labels)
    result.resolutions, result.steps = mark_resolutions(trees["resolution"], labels)
    for tree in (*trees.values(), internal):
        drop_dead_links(tree)
    for name, tree in trees.items():
        result.plain[name] = plain_text(tree)
        result.html[name] = inner_html(tree)
        result.alerts += len(tree.find_class("alert"))
        result.images += len(tree.find_class(MISSING_IMAGE)) + len(list(tree.iter("img")))
    result.html["internal"] = inner_html(internal)
    result.image_names = _image_names(trees.values())
    result.internal_image_names = _image_names([internal])
    result.passages = _passages(result, trees)
    result.summary = _summary(result.plain)
    return result


def _with_snippets(
    texts: Mapping[str, str],
    language: str,
    snippets: Mapping[str, SnippetText],
    result: StructuredArticle,
    progress: Callable[[str], None],
) -> Mapping[str, str]:
    """Return ``texts`` as readers get them, and note in ``result`` what that took."""
    for name in MARKDOWN_TEXTS:
        progress(name)
        text, keys = expanded(texts.get(name, ""), language, snippets)
        if keys:
            result.expanded[name] = text
            result.snippets |= dict.fromkeys(keys, 0)
    return {**texts, **result.expanded} if result.expanded else texts


def _said_codes(
    trees: Mapping[str, Element], result: StructuredArticle, labels: Labels
) -> list[CodeItem]:
    """Return the codes that a word announces in the problem, and those in its messages."""
    names = announced_names(trees["problem"], labels, _IN_TEXT)
    told = [item for name in names if (item := _announced_item(name))]
    return [*told, *(one for s in result.symptoms for one in _in_message(s.text, "problem"))]


def _codes(
    title: str, trees: Mapping[str, Element], own: Element | None, labels: Labels
) -> list[CodeItem]:
    """Return all codes; ``own`` are the last section's words without the names of documents."""
    found: dict[CodeItem, None] = {}
    whole = parse_code(title)
    if whole and whole.kind in (SYMBOL, "product"):
        found[CodeItem(whole, "title", title.strip())] = None
    for mention in codes_of_title(title):
        found[CodeItem(mention.code, "title", mention.spelling)] = None
    for code in _names_in_title(title):
        found[CodeItem(code, "title", code.canonical)] = None
    for code in exceptions_of_title(title):
        found[CodeItem(code, "title", code.canonical)] = None
    for name, tree in trees.items():
        said = own if own is not None and name == "other" else tree
        for item in _codes_of_section(tree, name, said, labels):
            found[item] = None
    return list(found)


def _names_in_title(title: str) -> Iterator[Code]:
    """Yield names that a title calls an error: ``GatewayTimeout error in Ledger``."""
    for match in (*_TITLED.finditer(title), *_FAILED.finditer(title)):
        code = parse_code(match["before"] or match["after"])
        if code is None or code.kind != SYMBOL or code.canonical.endswith("Exception"):
            continue
        if match.re is _TITLED or _looks_like_error(match["before"]):
            yield code


# A line that begins with the number of another document: "[269794](...) An error 0x8007000E".
_NUMBERED_LINK = re.compile(r"[0-9]{5,8}")


def _own_words(text: str, labels: Labels) -> Element:
    """Render a section without what names other documents, whose codes are those of others.

    Where a link leads does not matter, so that the codes stay when it is found.
    """
    own = render(
        text, RenderingContext(link=lambda href: Link(href, external=True), words=labels.words)
    )
    for link in list(own.iter("a")):
        if not (link.get("href") or "#").startswith("#"):
            line = parent_of(link)
            alone = _NUMBERED_LINK.fullmatch(plain_text(link)) and not (line.text or "").strip()
            (line if alone and line.tag in ("p", "li") else link).drop_tree()
    return own


def _codes_of_section(tree: Element, section: str, own: Element, labels: Labels) -> list[CodeItem]:
    """Return the codes of a section, and mark its spans of code that are one.

    ``own`` is the section without the names of other documents.
    """
    listed = {text for p in tree.iter("p") for text in _code_line(p)}
    items = []
    for element in tree.iter("code"):
        text = plain_text(element)
        is_code = text in listed or text[:2] == "0x" or _is_name_of_error(text, section)
        is_code = is_code and not _names_thing(element)
        code = _code_of(text, in_list=text in listed) if is_code else None
        if code and parent_of(element).tag != "pre":
            element.set("class", "error-code")
            items.append(CodeItem(code, section, text))
    items += [item for p in own.iter("p", "li") for item in _named(p, section)]
    if section == "problem":
        items += [item for element in tree.iter(*_EMPHASIS) for item in _shown(element, section)]
        items += [item for line in own.iter("p", "li") for item in _line_of_code(line, section)]
        shown = [plain_text(own), *map(plain_text, own.iter("code", *_EMPHASIS))]
        named = [code for text in shown for code in thrown_exceptions(text)]
        items += [CodeItem(code, section, code.canonical) for code in named]
        logged = [name for name in logged_names(own) if _looks_like_error(name)]
        items += [CodeItem(code, section, name) for name in logged if (code := parse_code(name))]
    words, flags = with_plain_spaces(plain_text(own)), flags_of_logs(own)
    found = [m for m in find_codes(words) if m.code.canonical not in flags]
    found = [m for m in found if not labels.says("other_error", _before(words, m.start))]
    items += [CodeItem(m.code, section, m.spelling) for m in codes_in_columns(own, labels)]
    return [*items, *(CodeItem(m.code, section, m.spelling) for m in found)]


def _before(words: str, position: int) -> str:
    return words[max(0, position - COMPARED) : position]


def _code_of(text: str, *, in_list: bool) -> Code | None:
    """Return the code that a span of code is; a line of nothing but codes announces each."""
    return code_in_list(text) if in_list else parse_code(text)


def _is_name_of_error(text: str, section: str) -> bool:
    """Return whether a name with underscores is an error's: other sections name settings too."""
    if "_" not in text or _PROPERTY.match(text):
        return False
    return section == "problem" or is_error_name(text) or bool(_FAILURE.search(text))


def _names_thing(element: Element) -> bool:
    """Return whether a word beside a span of code says that it is no error: "the `A_B` setting"."""
    before = element.getprevious()
    told = parent_of(element).text if before is None else before.tail
    return bool(_THING_AFTER.match(element.tail or "") or _THING_BEFORE.search((told or "")[-40:]))


def _shown(element: Element, section: str) -> Iterator[CodeItem]:
    """Yield the names that emphasised words or a quoted message are or end in.

    "**SCAN_LOOP_12** is shown", "**ModemNotPresent**", "> Refused: NO_SLOT".
    """
    text = plain_text(element)
    if len(text) > LONGEST_SHOWN:
        return
    code = parse_code(text) if element.tag != "blockquote" else None
    if code and (_looks_like_error(text) or _BY_MAKER.fullmatch(text)):
        yield CodeItem(code, section, text)
        return
    yield from _in_message(text, section)


def _line_of_code(line: Element, section: str) -> Iterator[CodeItem]:
    """Yield the name of an error that is all of a line, and the code that a message begins with.

    "ImagePullBackOff", "NU1101: Unable to find the package".
    """
    text = plain_text(line)
    for mention in FAMILY_OF["product"].find(text[:LONGEST_SHOWN]):
        yield CodeItem(mention.code, section, mention.spelling)
    code = parse_code(text) if len(text) <= _LONGEST_NAME else None
    if code and code.kind == SYMBOL and _looks_like_error(text):
        yield CodeItem(code, section, text)


def _announced_item(name: str) -> CodeItem | None:
    """Return a maker's code, or a name that says what failed, as a code of the problem."""
    code = parse_code(name) if _BY_MAKER.fullmatch(name) or _looks_like_error(name) else None
    return CodeItem(code, "problem", name) if code else None


def _in_message(text: str, section: str) -> Iterator[CodeItem]:
    """Yield the names that a message is, ends in, or has behind a colon."""
    for match in _IN_MESSAGE.finditer(text):
        code = parse_code(match["name"])
        if code and not _PROPERTY.match(match["name"]):
            yield CodeItem(code, section, match["name"])


def _looks_like_error(name: str) -> bool:
    """Return whether a name alone in bold is an error's: settings and products are named too."""
    if "_" in name:
        return not _PROPERTY.match(name) and bool(_FAILURE.search(name) or re.search("[0-9]", name))
    if is_field_name(name):
        return False
    return bool(_NEGATED.search(name) and humps(name)) or is_failing_camel(name)


def _named(line: Element, section: str) -> list[CodeItem]:
    """Return the name of a code that follows it.

    ``AADSTS50011: InvalidReplyTo - The address ...``.
    """
    match = _CODE_WITH_NAME.match(plain_text(line)) if (line.text or len(line)) else None
    if not match or not parse_code(match["code"]):
        return []
    name = parse_code(match["name"])
    return [CodeItem(name, section, match["name"])] if name and name.kind == SYMBOL else []


def _code_line(paragraph: Element) -> list[str]:
    """Return the texts of a paragraph that consists of codes alone: `` `A`, `B` ``."""
    codes = [child for child in paragraph if child.tag == "code"]
    between = [paragraph.text or "", *(child.tail or "" for child in paragraph)]
    if len(codes) != len(paragraph) or any(text.strip(" ,;/\u00a0\n") for text in between):
        return []
    return [plain_text(code) for code in codes]


def _count_causes(tree: Element, labels: Labels) -> int:
    """Count one for each item of the lists of causes; a text without a list is one cause."""
    headings = [h for h in tree if h.tag in ("h3", "h4")]
    lists = [child for child in tree if child.tag in ("ul", "ol")]
    items = sum(len(element.findall("li")) for element in lists)
    return items or len(headings) or int(bool(plain_text(tree)))


def _image_names(trees: Iterable[Element]) -> list[str]:
    """Return the last parts of the addresses of the images that are shown, each once."""
    images = (image for tree in trees for image in tree.iter("img"))
    return list(dict.fromkeys(image.get("src", "").rpartition("/")[2] for image in images))


def _passages(result: StructuredArticle, trees: Mapping[str, Element]) -> list[Passage]:
    """Return sections, resolutions and steps, each with its own words."""
    passages = [
        Passage(name, name, result.plain[name])
        for name in ("problem", "cause", "other")
        if result.plain[name]
    ]
    apart = [e for e in trees["resolution"] if e.get("class") != "resolution"]
    if introduction := " ".join(map(plain_text, apart)).strip():
        passages.append(Passage("resolution", "resolution", introduction))
    for element in trees["resolution"].find_class("resolution"):
        anchor = element.get("id", "")
        passages.append(Passage(anchor, "resolution", plain_text(element)))
    passages += [Passage(step.anchor, "resolution", step.text) for step in result.steps]
    return [replace(p, text=p.text.strip()) for p in passages]


def _summary(plain: Mapping[str, str]) -> str:
    text = next((plain[name] for name in SECTIONS if plain[name]), "")
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
