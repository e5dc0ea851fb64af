"""The blocks of a resolution part -> its resolutions, told apart and numbered.

A boundary is a heading of level 0 whose text is a ``Boundary``. A heading that names a method is
one; so is each heading after a sentence that announces several ways out, and the name of a tab
or of folded text. Headings that are steps, in order, become the items of a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ...languages import Labels, fold
from ...markup import Alert, Block, CodeBlock, Heading, ListBlock, Paragraph
from ...plain import sentences
from ..anchors import plain, split_heading
from .alternatives import alternatives_in, are_tools, headed_ways, leads_below, split_ways
from .boundaries import INLINE, Boundary, BoundaryHeading, boundary
from .details import nest_details
from .instructions import commands, instructs, names_problem
from .sections import as_bold, is_alternative, name_of
from .steps import is_step, split_steps, with_steps


def arrange(blocks: list[Block], labels: Labels) -> list[Block]:
    """Return the blocks of a resolution part with one numbered heading for each of several."""
    blocks = split_ways(blocks, labels)
    segments = _segments([part for block in blocks for part in split_steps(block, labels)])
    counted = sum(map(_is_counted, segments)) > 1
    blocks = [
        block
        for segment in segments
        for block in _promoted(segment, labels, tabs=not (counted and _is_counted(segment)))
    ]
    blocks = _parted_below(blocks, labels)
    blocks = [block for segment in _segments(blocks) for block in nest_details(segment)]
    segments = [_parted(segment, labels) for segment in _segments(with_steps(blocks, labels))]
    blocks = _without_frames([block for segment in segments for block in segment], labels)
    return _numbered(blocks, labels)


def _is_counted(segment: list[Block]) -> bool:
    """Return whether a label begins a way out that it counts: "Solution 2 - set a name"."""
    head = segment[0]
    return isinstance(head, BoundaryHeading) and head.boundary.number is not None


def _parted(blocks: list[Block], labels: Labels) -> list[Block]:
    """Part what one label introduces into the ways out that no word names."""
    head = blocks[0]
    if isinstance(head, BoundaryHeading) and (head.boundary.title or head.boundary.number):
        return blocks
    titles = alternatives_in(blocks, labels)
    return [
        boundary(Boundary(None, titles[i], INLINE + 1), block) if i in titles else block
        for i, block in enumerate(blocks)
    ]


def is_method(heading: Heading, labels: Labels) -> Boundary | None:
    """Return the boundary that a heading is whose words name a way out, or None."""
    text = plain(split_heading(heading.text)[1])
    match = labels.method.fullmatch(fold(text))
    if not match:
        return None
    number, title = match["number"], match["title"] or ""
    if number and not number.isdigit():
        return Boundary(None, text, heading.level)
    if match["joined"]:
        return Boundary(None, text, heading.level)
    group = "when" if match["when"] else "title"
    own = text[match.start(group) : match.end(group)].strip() if title or match["when"] else ""
    return Boundary(int(number) if number else None, own, heading.level)


def _cases(blocks: list[Block], labels: Labels) -> int | None:
    """Return the level of headings that name cases, with what to do in each below; else None.

    Half of them or more say what goes wrong, and none is a step or a command.
    """
    headings = [b for b in blocks if type(b) is Heading and not is_alternative(b)]
    level = min((each.level for each in headings), default=None)
    cases = [each for each in headings if each.level == level]
    names = [split_heading(each.text)[1] for each in cases]
    if any(is_step(each, labels) for each in cases):
        return None
    if any(commands(name, labels) for name in names):
        return None
    wrong = sum(labels.says("problem_title", name) or names_problem(name, labels) for name in names)
    return level if len(cases) > 1 and 2 * wrong >= len(cases) else None


def _promoted(blocks: list[Block], labels: Labels, *, tabs: bool = True) -> Iterator[Block]:
    """Yield ``blocks`` with boundaries for the headings that are ways out.

    ``tabs``: tabs and folded text may be some; those below one way of several belong to it.
    """
    level = _cases(blocks, labels)
    announced, steps = level is not None, False
    several = tabs and sum(map(is_alternative, blocks)) > 1
    for index, block in enumerate(blocks):
        if isinstance(block, BoundaryHeading):
            yield block
        elif is_alternative(block) and isinstance(block, Heading):
            if several and (announced or not steps):
                announced = True
                yield boundary(Boundary(None, name_of(block), INLINE + 1), block)
            else:
                yield from as_bold([block])
        elif isinstance(block, Heading):
            found = None if is_step(block, labels) else is_method(block, labels)
            if level is not None and block.level < level:
                announced = False
            if found is None and announced and level in (None, block.level):
                level = block.level
                found = Boundary(None, split_heading(block.text)[1], block.level)
            yield boundary(found, block) if found else block
        else:
            said = isinstance(block, Paragraph) and labels.says("announces_methods", block.text)
            announced = announced or (said and _before_heading(blocks[index + 1 :]))
            steps = steps or (isinstance(block, ListBlock) and block.ordered)
            yield block


def _parted_below(blocks: list[Block], labels: Labels) -> list[Block]:
    """Return ``blocks`` with the ways that headings below a named way tell, instead of that one.

    What that one says stays in front of the first of them. A way that is counted is one.
    """
    out: list[Block] = []
    index = 0
    while index < len(blocks):
        head = blocks[index]
        inner: list[Block] = []
        if isinstance(head, BoundaryHeading) and _may_frame(head.boundary):
            end = _end_of_way(blocks, index, head.boundary.level)
            inner = _ways_below(head.boundary, blocks[index + 1 : end], labels)
        out += inner or [head]
        index = end if inner else index + 1
    return out


def _may_frame(way: Boundary) -> bool:
    """Return whether the heading of a way may have several below it."""
    return bool(way.title) and way.number is None and way.level < INLINE


def _end_of_way(blocks: list[Block], start: int, level: int) -> int:
    """Return where the next way begins that is not told below that at ``start``."""
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if isinstance(block, BoundaryHeading) and block.boundary.level <= level:
            return index
    return len(blocks)


def _ways_below(way: Boundary, blocks: list[Block], labels: Labels) -> list[Block]:
    """Return ``blocks`` parted into the ways that they tell, or none where they are one.

    The name of each follows that of ``way``: "Hybrid mail: New console".
    """
    found = list(_promoted(blocks, labels))
    if not any(isinstance(block, BoundaryHeading) for block in found):
        for index, title in headed_ways(found, labels).items():
            head = found[index]
            level = head.level if isinstance(head, Heading) else INLINE
            found[index] = boundary(Boundary(None, title, level), head)
    heads = [block for block in found if isinstance(block, BoundaryHeading)]
    if len(heads) < 2:
        return []
    for head in heads:
        names = [name for name in (way.title, head.boundary.title) if name]
        head.boundary = replace(head.boundary, title=labels.words["colon"].join(names))
    first = next(i for i, block in enumerate(found) if block is heads[0])
    return _parted_below([heads[0], *found[:first], *found[first + 1 :]], labels)


def _before_heading(following: list[Block]) -> bool:
    """Return whether a heading follows before any list."""
    for block in following:
        if isinstance(block, ListBlock):
            return False
        if isinstance(block, Heading):
            return not isinstance(block, BoundaryHeading)
    return False


def _segments(blocks: list[Block]) -> list[list[Block]]:
    segments: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, BoundaryHeading):
            segments.append([])
        segments[-1].append(block)
    return [segment for segment in segments if segment]


def _without_frames(blocks: list[Block], labels: Labels) -> list[Block]:
    """Return ``blocks`` without boundaries that only introduce those below them.

    What they say stays in front. Instructions in front of the first boundary are a resolution,
    but prose above systems or tools says what these tell how to do.
    """
    segments = _segments(blocks)
    if len(segments) < 2:
        return blocks
    if _says_what(segments, labels):
        return [*_unframed(segments[0]), *(b for segment in segments[1:] for b in segment)]
    out: list[Block] = []
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        head = segment[0]
        if not isinstance(head, BoundaryHeading) and not _is_introduction(segment, labels):
            out.append(boundary(Boundary(None, "", INLINE), head))
        is_frame = following is not None and _is_frame(segment, following[0], labels)
        out += segment[1:] if is_frame else segment
    return out


def _says_what(segments: list[list[Block]], labels: Labels) -> bool:
    """Return whether the first segment is prose without a name, and systems or tools follow."""
    told = _unframed(segments[0])
    heads = [segment[0] for segment in segments[1:]]
    titles = [head.boundary.title for head in heads if isinstance(head, BoundaryHeading)]
    prose = all(isinstance(block, Paragraph | Alert) for block in told)
    return prose and len(titles) == len(heads) and are_tools(titles, labels)


def _unframed(segment: list[Block]) -> list[Block]:
    """Return a segment without the boundary that begins it, where that has no name."""
    head = segment[0]
    if not isinstance(head, BoundaryHeading) or head.boundary.title or head.boundary.number:
        return segment
    return segment[1:]


def _is_frame(segment: list[Block], following: Block, labels: Labels) -> bool:
    """Return whether a resolution without a name says no more than that others follow."""
    head, *rest = segment
    if not isinstance(head, BoundaryHeading) or not isinstance(following, BoundaryHeading):
        return False
    if head.boundary.number is not None or head.boundary.title:
        return False
    words = [block.text for block in rest if isinstance(block, Paragraph)]
    announced = any(labels.says("announces_methods", text) for text in words)
    below = head.boundary.level < following.boundary.level
    return (below or announced or not rest) and _is_introduction(rest, labels)


def _is_introduction(blocks: list[Block], labels: Labels) -> bool:
    """Return whether blocks announce what follows, or at least tell nothing to do."""
    blocks = [b for b in blocks if not (isinstance(b, ListBlock) and leads_below(b))]
    if any(isinstance(b, CodeBlock) or (isinstance(b, ListBlock) and b.ordered) for b in blocks):
        return False
    paragraphs = [b.text for b in blocks if isinstance(b, Paragraph)]
    paragraphs = [text for text in paragraphs if not labels.says("announces_methods", text)]
    texts = [text for paragraph in paragraphs for text in sentences(paragraph)]
    if texts and isinstance(blocks[-1], Paragraph) and texts[-1].rstrip().endswith(":"):
        texts.pop()  # a colon announces what follows, whatever its words
    if texts and "](#" in texts[-1]:
        texts = []  # what leads to a section below tells no more than which one to read
    elif texts and _introduces(texts[-1], labels):
        texts = [text for text in texts if text not in sentences(paragraphs[-1])]
    telling = [text for text in texts if instructs(Paragraph(text), labels)]
    telling = [text for text in telling if not _introduces(text, labels)]
    lists = [b for b in blocks if isinstance(b, ListBlock) and instructs(b, labels)]
    return not telling and not lists


def _introduces(sentence: str, labels: Labels) -> bool:
    """Return whether a sentence tells to do what the ways out below say: "Choose your tab"."""
    return labels.says("introduces_ways", sentence)


def _numbered(blocks: list[Block], labels: Labels) -> list[Block]:
    """Make headings of boundaries; one alone, without a title, is not needed."""
    found = [block for block in blocks if isinstance(block, BoundaryHeading)]
    if len(found) == 1 and not found[0].boundary.title:
        return [block for block in blocks if block is not found[0]]
    numbers = [each.boundary.number or position for position, each in enumerate(found, 1)]
    if any(left >= right for left, right in pairwise(numbers)):
        numbers = list(range(1, len(found) + 1))
    for number, each in zip(numbers, found, strict=True):
        name = f"{labels.words['resolution']} {number}"
        title = each.boundary.title
        each.text = f"{name}{labels.words['colon']}{title}" if title else name
    return blocks
