"""What a person may do with an article: by their role, and where a setting says so by its field.

Whoever changes an article asks here, by whatever way the wish came.
"""

from .deciding import (
    DELETE,
    EDIT,
    REVIEW,
    check_platforms,
    may,
    may_decide,
    may_edit,
    may_import,
    may_lead_platforms,
    may_propose,
    may_publish,
    why_not,
    within,
    within_field,
)
from .fields import ASSIGN, OwnArticles, field_of, forget_fields, is_bound, is_on
from .four_eyes import wrote_unread
from .people import responsible_for, unbound, who_may

__all__ = [
    "ASSIGN",
    "DELETE",
    "EDIT",
    "REVIEW",
    "OwnArticles",
    "check_platforms",
    "field_of",
    "forget_fields",
    "is_bound",
    "is_on",
    "may",
    "may_decide",
    "may_edit",
    "may_import",
    "may_lead_platforms",
    "may_propose",
    "may_publish",
    "responsible_for",
    "unbound",
    "who_may",
    "why_not",
    "within",
    "within_field",
    "wrote_unread",
]
