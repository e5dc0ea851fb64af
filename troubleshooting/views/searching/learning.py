"""Lets the search learn from a choice, each reader counted once.

Who chose is kept nowhere: a keyed hash of their account or address, with the query and the article,
stands among the counts of limits (``kbportal/limits/counters``) for a day, and with nothing else.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from kbportal.limits.clients import address_of
from kbportal.limits.counters import Limit, hit

from ...access import reader_of
from ...search.learning.counting import asked_by, count_choice

_SALT = "troubleshooting.search"
#: Seconds after which nobody still chooses from a page of results.
_PATIENCE = 24 * 3600
_DAY = 24 * 3600
#: A reader counts so often for one article and query, and with all queries; and all readers of a
#: day together for one article and query.
ONCE, OF_READER, OF_ALL = Limit(1, _DAY), Limit(40, _DAY), Limit(20, _DAY)


def seal(entry: int) -> str:
    """Return the name of a logged search on its page: only the page that shows it knows it."""
    return signing.TimestampSigner(salt=_SALT).sign(str(entry))


def unseal(sealed: str) -> int | None:
    """Return the logged search of that name; None for what no page has shown lately."""
    try:
        return int(signing.TimestampSigner(salt=_SALT).unsign(sealed, max_age=_PATIENCE))
    except signing.BadSignature:
        return None


def learn(
    request: HttpRequest, using: str, entry: int, article: int, *, solved: bool = False
) -> None:
    """Count that the reader opened ``article`` after the search ``entry``, or that it helped.

    Editors try what readers would find: their choices count as little as their searches.
    """
    if not settings.LEARN_FROM_CHOICES or reader_of(request).is_editor:
        return
    asked = asked_by(using, entry)
    if asked is None:
        return
    kind = "solved" if solved else "opened"
    subject = f"{article} {asked.terms}"
    if _is_within(kind, f"{_reader(request)} {subject}", ONCE) and all(
        _is_within(f"learned {kind}", name, limit)
        for name, limit in ((_reader(request), OF_READER), (subject, OF_ALL))
    ):
        count_choice(using, asked, article, solved=solved)


def _reader(request: HttpRequest) -> str:
    """Return who asks, as far as it can be told: an account, or an address."""
    user = request.user
    return f"account {user.pk}" if user.is_authenticated else f"address {address_of(request)}"


def _is_within(kind: str, subject: str, limit: Limit) -> bool:
    """Count once more; return whether it is within ``limit``. What cannot be counted is not."""
    return 0 < hit(f"choice {kind}", subject, limit).number <= limit.most
