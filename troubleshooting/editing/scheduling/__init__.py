"""What happens by itself: a text goes live, an article ends. Allowed by people, done by the worker.

Who schedules something approves what they see: when it is another at the moment, or they may not
publish any more, it stays as it is and they are told why.
"""

from .carrying import carry_out, carry_out_due
from .plans import (
    FARTHEST,
    cancel_schedule,
    schedule_end,
    schedule_pending,
    schedule_publication,
    scheduled_of,
)

__all__ = [
    "FARTHEST",
    "cancel_schedule",
    "carry_out",
    "carry_out_due",
    "schedule_end",
    "schedule_pending",
    "schedule_publication",
    "scheduled_of",
]
