"""Every function of ``texts/`` that takes a text is called by a growth test, or has a reason here.

What the work of ``test_texts`` calls is noted on short texts: no time is measured here. A function
that none of it calls fails until a test does, or a reason stands below.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType
from typing import Any

from tests.growth import test_texts as grown
from tests.growth.measure import remembering
from tests.unit.sources import APP, trees
from troubleshooting.texts.docfx import DocumentError
from troubleshooting.texts.markup.refused import hidden_comments, may_have_refused_tags

#: What the first parameter of such a function is called.
NAMES = {"text", "raw", "html", "markdown", "source"}
#: Characters of each text: enough for a few of what it repeats.
SIZE = 120

IN_THE_CHILD = "read in the process that is ended where it takes too long"
OF_A_PIECE = "takes a word, a name, a cell or what stands around one place, not a text"
TRIED = "doubled once by tests.growth.measure, up to nine shapes: at most 2.15 times the work"
REASONS = {
    IN_THE_CHILD: {
        "bounded/pictures.py clean_image", "bounded/texts.py read_document",
        "converting/html/reading.py decoded", "converting/html/reading.py read_html",
        "converting/products/notion.py convert_notion", "converting/products/notion.py is_notion",
        "converting/word.py is_word", "converting/word_parts.py prepare",
        "pictures.py clean_image", "translating/xliff.py read_xliff",
    },
    OF_A_PIECE: {
        "codes/announcing.py listed_numbers", "codes/context.py words_after",
        "codes/families/agent.py listed_codes", "codes/family.py gettext_noop",
        "codes/published/documented.py is_documented_as_windows",
        "codes/published/names.py holding", "docfx/articles/tables/cells.py cell_blocks",
        "image_paths.py path_of", "languages/matching.py numbered_label",
        "remarks.py remark", "remarks.py text_in_words", "remarks.py whole_remark",
    },
    TRIED: {
        "codes/parsing.py announced_code", "codes/parsing.py code_in_list",
        "codes/published/names.py find_names", "converting/html/convert.py shown_text",
        "converting/html/reading.py parse", "converting/html/reading.py words",
        "markup/backslashes.py shortened_paths", "markup/refused.py refused_tags",
        "markup/snippets.py keys_in", "markup/snippets.py markers_in",
        "markup/units.py unit_from", "personal.py personal_in", "personal.py without_personal",
        "rendering/targets.py link_targets",
        "translating/memory.py keys_of", "translating/memory.py whole_key",
        "translating/memory.py words_of",
    },
    "``render_for_reading``, which a growth test calls, and one pass more": {
        "rendering/decorating.py render",
    },
    "asks in a pasted log for what ``find_codes`` found, whose growth is tested": {
        "codes/arriving/arrival.py with_garbled", "codes/finding.py with_symbols",
    },
    "reads a file of the portal's own, as JSON and field by field": {
        "interchange/reading.py read_article",
    },
}  # fmt: skip


def over_texts() -> Iterator[str]:
    """Name each public function of ``texts/`` whose first parameter is a text."""
    for path, tree in trees().items():
        for one in tree.body if path.startswith("texts/") else ():
            if not isinstance(one, ast.FunctionDef) or one.name.startswith("_"):
                continue
            first = one.args.args[0] if one.args.args else None
            of_kind = ast.unparse(first.annotation) if first and first.annotation else ""
            if first and first.arg in NAMES and of_kind in ("str", "bytes"):
                yield f"{path.removeprefix('texts/')} {one.name}"


def called() -> set[str]:
    """Name each function of ``texts/`` that the growth tests call."""
    root, seen = f"{APP / 'texts'}/", set()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(root):
            seen.add(f"{code.co_filename.removeprefix(root)} {code.co_name}")

    works = [grown.whole_way, grown.steps, grown.problems, grown.document, *grown.WORK.values()]
    works += [grown.typed, grown.address_spans, lambda text: grown.unlinked(text, bool)]
    works += [hidden_comments, may_have_refused_tags, grown.may_shorten_paths]
    for function in remembering():
        function.cache_clear()
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for shape in grown.SHAPES.values():
            for work in works:
                with suppress(DocumentError):
                    work(shape(SIZE))
    finally:
        sys.setprofile(before)
    return seen


def test_every_function_over_a_text_is_called_or_has_a_reason():
    known, reasons = set(over_texts()), set().union(*REASONS.values())
    assert len(known) > 90
    assert sum(map(len, REASONS.values())) == len(reasons), "one reason each"
    seen = called()
    assert sorted(known - seen - reasons) == [], "neither grown nor named"
    assert sorted(reasons - known) == [], "named, and not there"
    assert sorted(reasons & seen) == [], "named, and grown"
