"""Three-way merge of texts: an import meets edits, an editor meets another. Pure."""

from .regions import Region, RegionKind, merge_units
from .texts import Merged, MergedBlocks, MergedSection, merge_blocks, merge_section, merge_texts

__all__ = [
    "Merged",
    "MergedBlocks",
    "MergedSection",
    "Region",
    "RegionKind",
    "merge_blocks",
    "merge_section",
    "merge_texts",
    "merge_units",
]
