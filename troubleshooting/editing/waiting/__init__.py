"""What waits of an import, decided block by block."""

from .blocks import (
    UNPUBLISHED,
    as_read,
    beside_live,
    check_seen,
    decide_blocks,
    may_choose,
)

__all__ = ["UNPUBLISHED", "as_read", "beside_live", "check_seen", "decide_blocks", "may_choose"]
