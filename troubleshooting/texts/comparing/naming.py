"""Sentences that name a step or a part by its number ("see step 3", "as in Resolution 2"). Pure.

Where a text is split, or another one is added to it, steps and parts are counted anew, and no
program knows which of them a sentence means: whoever brings it about reads these once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..languages import Labels, fold, labels_for
from ..languages.matching import label_of
from ..markup import IntricateTextError, Paragraph, Table, read_blocks
from ..markup.blocks import walk
from ..plain import one_line, sentences
from ..sections import MARKDOWN_TEXTS

#: What names nothing: code in a line, and the marks of emphasis and of links.
_PASSED_OVER = re.compile(r"`[^`\n]*`|[*_\[\]]")


def naming_numbers(texts: Mapping[str, str], language: str) -> list[str]:
    """Return the sentences of an article's ``texts`` that name a number, each once, in order.

    Labels ("### Resolution 2", "Step 3: ...") are counted anew with what they head: they name none.
    """
    labels = labels_for(language)
    found = (
        sentence
        for name in MARKDOWN_TEXTS
        for words in _words(texts.get(name, ""), labels)
        for sentence in sentences(one_line(words))
        if labels.naming.search(fold(_PASSED_OVER.sub("", sentence)))
    )
    return list(dict.fromkeys(found))


def _words(text: str, labels: Labels) -> Iterator[str]:
    """Yield the words of each paragraph, without the label that it begins with, and of each cell.

    A text that is too intricate to be read has none.
    """
    try:
        blocks = read_blocks(text)
    except IntricateTextError:
        return
    for block in walk(blocks):
        if isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from row.cells
        elif isinstance(block, Paragraph):
            label = label_of(block.text, labels)
            is_step = labels.step.match(fold(_PASSED_OVER.sub("", block.text)))
            if label or not is_step:
                yield label.rest if label else block.text
