"""Three-way merge of texts: an import meets edits, an editor meets another. Pure."""

from .choosing import BlockChoice, OpenBlock, Side, chosen_texts, open_blocks, text_in
from .regions import Region, RegionKind, merge_units
from .texts import Merged, MergedBlocks, MergedSection, merge_blocks, merge_section, merge_texts

__all__ = [
    "BlockChoice",
    "Merged",
    "MergedBlocks",
    "MergedSection",
    "OpenBlock",
    "Region",
    "RegionKind",
    "Side",
    "chosen_texts",
    "merge_blocks",
    "merge_section",
    "merge_texts",
    "merge_units",
    "open_blocks",
    "text_in",
]
