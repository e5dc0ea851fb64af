"""What waits of an import, decided block by block."""

from .blocks import decide_blocks, may_choose

__all__ = ["decide_blocks", "may_choose"]
