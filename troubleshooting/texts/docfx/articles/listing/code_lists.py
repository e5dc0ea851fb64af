"""Lists and lines that explain one error code each: "- 0x80070005: access is denied"."""

from __future__ import annotations

import re

from ....codes import codes_of_title, find_codes, parse_code
from ....markup import Block, Heading, Item, ListBlock, Paragraph
from ....plain import first_sentence
from ...anchors import plain
from .listed import ListedProblem, shortened

# What stands between a code and what is said of it.
_BOLD_LINE = re.compile(r"\*\*(?P<words>[^*\n]{3,160})\*\*:?[ \t]*(?:\n|$)")
_BOLD_LEAD = re.compile(r"\*\*(?P<words>[^*\n]{3,160})(?::\*\*|\*\*:)\s*(?=\S)")
# A term of a list of definitions, and the mark of each definition: "`E_BUSY`" / ": Try again".
_DEFINED = re.compile(r"(?P<term>[^\n:]{3,160})\n:[ \t]+(?=\S)")
_DEFINING = re.compile(r"\n:[ \t]+")
_NUMBER = re.compile(r"(-?[0-9]{1,6})\s*(?::|[-–—=](?=\s))\s*\S")
_BRACKETED = re.compile(r" ?\(([^\s()]{2,60})\)")
_AFTER_CODE = re.compile(r"\s*(?::|[-–—=](?=\s)|\.(?=\s))\s*")


def listed_codes(blocks: list[Block], *, numbers: bool = False) -> list[ListedProblem]:
    """Return what ``blocks`` tell of each code, where they explain two or more one by one.

    ``numbers`` says that their heading makes codes of small numbers: "Exit codes".
    """
    found: list[ListedProblem] = []
    for block in blocks:
        if isinstance(block, Heading):
            return []
        if isinstance(block, ListBlock) and (items := _items(block, numbers)):
            found += items
        elif isinstance(block, Paragraph) and (defined := _defined(block)):
            found.append(defined)
        elif isinstance(block, Paragraph) and (titled := _titled(block)):
            found.append(titled)
        elif isinstance(block, Paragraph) and (lead := _lead(block)):
            found.append(lead)
        elif isinstance(block, Paragraph) and (code := _code_first(block.text)):
            found.append(ListedProblem(code, [block], block.lines, told=True))
        elif isinstance(block, Paragraph) and (code := _code_alone(block.text)):
            found.append(ListedProblem(code, [block], block.lines))
        elif found:
            found[-1].blocks.append(block)
    told = [
        each
        for each in found
        if each.complete or (each.blocks and (_title(each) != each.title or each.told))
    ]
    if len(found) < 2 or len(told) < len(found):
        return []
    for each in found:
        each.title = shortened(each.title if each.complete else _title(each))
    return found


def _items(block: ListBlock, numbers: bool) -> list[ListedProblem]:
    heads = [item.blocks[0] for item in block.items if item.blocks]
    texts = [plain(head.text) for head in heads if isinstance(head, Paragraph)]
    codes = [_leading_code(text) for text in texts]
    if not block.ordered and not any(codes) and all(map(_tells_apart, block.items)):
        return [_parted(item) for item in block.items] if len(texts) > 1 else []
    if numbers and not block.ordered and all(map(_NUMBER.match, texts)):
        return [_numbered(item) for item in block.items]
    if len(texts) < 2 or len(texts) < len(block.items) or not all(codes):
        return []
    return [
        ListedProblem(code, item.blocks, item.blocks[0].lines, told=len(text) > len(code) + 2)
        for code, text, item in zip(codes, texts, block.items, strict=True)
    ]


def _tells_apart(item: Item) -> bool:
    """Return whether an item begins with a code alone and says in further blocks what it means."""
    names = _names(item)
    return 0 < len(names) < len(item.blocks)


def _names(item: Item) -> list[str]:
    """Return the code that an item begins with, and another name of it in the next paragraph."""
    names: list[str] = []
    for block in item.blocks[:2]:
        words = plain(block.text).strip(" :") if isinstance(block, Paragraph) else ""
        if parse_code(words) is None or not (find_codes(words) or names):
            break
        names.append(words)
    return names


def _parted(item: Item) -> ListedProblem:
    names = _names(item)
    said = [plain(b.text) for b in item.blocks[len(names) :] if isinstance(b, Paragraph)]
    title = ": ".join(part for part in (", ".join(names), first_sentence(" ".join(said))) if part)
    return ListedProblem(title, item.blocks, item.blocks[0].lines, complete=True)


def _numbered(item: Item) -> ListedProblem:
    """Return what an item tells of a number, which stands in front of it as a code."""
    head = item.blocks[0]
    match = _NUMBER.match(plain(getattr(head, "text", "")))
    number = match[1] if match else ""
    shown: list[Block] = [Paragraph(f"`{number}`", head.lines)]
    return ListedProblem(number, [*shown, *item.blocks], head.lines, told=True)


def _leading_code(text: str) -> str:
    """Return the code that a line begins with, if a sign follows that says it is explained."""
    mentions = codes_of_title(text)
    first = mentions[0] if mentions else None
    if first and parse_code(text[: first.end]):
        end = first.end
        if (number := _BRACKETED.match(text, end)) and parse_code(number[1]):
            end = number.end()  # a name and its number: "E_BUSY (0x80200048): try again"
        return text[:end] if _AFTER_CODE.match(text, end) else ""
    sign = _AFTER_CODE.search(text)
    return text[: sign.start()] if sign and _is_named(text[: sign.start()]) else ""


def _is_named(words: str) -> bool:
    """Return whether words are a maker's code or the name of a failure: ``E03``, ``bad_grant``."""
    code = parse_code(words)
    return code is not None and (code.kind == "product" or words[:1].islower())


def _defined(block: Paragraph) -> ListedProblem | None:
    """Return what a list of definitions says of a code: the code, then a line with a colon."""
    match = _DEFINED.match(block.text.strip())
    name = plain(match["term"]).strip() if match else ""
    if match is None or parse_code(name.rpartition(".")[2]) is None:
        return None
    told = _DEFINING.sub("\n", block.text.strip()[match.end() :])
    shown: list[Block] = [Paragraph(f"`{name}`", block.lines), Paragraph(told, block.lines)]
    return ListedProblem(name, shown, block.lines, told=True)


def _titled(block: Paragraph) -> ListedProblem | None:
    """Return what a line in bold begins that holds a code and its name: "**E03 - Paper jam**"."""
    match = _BOLD_LINE.match(block.text.strip())
    words = plain(match["words"]).strip(" :") if match else ""
    code = _leading_code(words) if words else ""
    if match is None or not code or words == code:
        return None
    sign = _AFTER_CODE.match(words, len(code))
    title = f"{code}: {words[sign.end() :]}" if sign else words
    rest = block.text.strip()[match.end() :].strip()
    blocks: list[Block] = [Paragraph(rest, block.lines)] if rest else []
    return ListedProblem(title, blocks, block.lines, complete=True)


def _lead(block: Paragraph) -> ListedProblem | None:
    """Return what words in bold with a code and a colon begin: "**Error 0x80070005:** Sign in"."""
    match = _BOLD_LEAD.match(block.text.strip())
    words = plain(match["words"]).strip(" :") if match else ""
    if match is None or not codes_of_title(words):
        return None
    rest = Paragraph(block.text.strip()[match.end() :], block.lines)
    return ListedProblem(words, [rest], block.lines, complete=True)


def _code_first(text: str) -> str:
    """Return the code, written as code, that a line begins with and then explains."""
    code = _leading_code(plain(text)) if text.startswith("`") else ""
    return code if len(plain(text)) > len(code) + 2 else ""


def _code_alone(text: str) -> str:
    """Return the code of a line in bold or of code that holds nothing else."""
    bare = text.strip().rstrip(":")
    marked = bare[:1] in "*_`" and bare[:1] == bare[-1:]
    words = plain(bare).strip(" :")
    return words if marked and (_is_named(words) or _leading_code(f"{words}:")) else ""


def _title(problem: ListedProblem) -> str:
    """Return the code and the first sentence that is said of it."""
    texts = [plain(block.text) for block in problem.blocks if isinstance(block, Paragraph)]
    said = " ".join(texts).removeprefix(problem.title).strip().removeprefix(problem.title)
    match = _AFTER_CODE.match(said)
    sentence = first_sentence(said[match.end() if match else 0 :].strip())
    return f"{problem.title}: {sentence}" if sentence else problem.title
