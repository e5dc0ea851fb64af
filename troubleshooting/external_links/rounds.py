"""All links to other hosts: a call asks some hosts once each, and the next one follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urldefrag, urlsplit

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ..addresses import own_hosts
from ..jobs import LONG, JobRun, enqueue, task
from ..models import ArticleTranslation, ExternalLink, Job
from ..texts.sections import MARKDOWN_TEXTS
from .asking import State, ask

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: The pause between two calls, and so between two questions to one host.
PAUSE = timedelta(seconds=3)
#: Hosts that one call asks; other work of the queue has its turn in between.
HOSTS = 10
#: Checks in a row without an answer after which a link is taken for dead.
MOST_FAILURES = 3
LONGEST = 1000
#: An address up to what ends it; brackets belong to it as pairs.
_LINK = re.compile(r"(?<!\w)https?://[^\s<>\"|()]+(?:\([^\s()<>]*\)[^\s<>\"|()]*)*", re.IGNORECASE)
#: What is shown as code is no link.
_CODE = re.compile(r"(`+)[^`]+\1")
_TAIL = ".,;:!?'*_~"


class RoundState(NamedTuple):
    """How far a round is: addresses known, those asked since it began, whether it goes on."""

    total: int
    checked_count: int
    is_running: bool


def links_of(text: str) -> Iterator[str]:
    """Yield the addresses of other hosts that a Markdown ``text`` links to, without fragments."""
    own = own_hosts()
    for found in _LINK.findall(_CODE.sub(" ", text)):
        url = urldefrag(found.rstrip(_TAIL)).url
        try:
            host = urlsplit(url).netloc.casefold()
        except ValueError:
            continue
        if host and host not in own and len(url) <= LONGEST:
            yield url


def note_links() -> int:
    """Let there be a row for every address that texts link to, and none else; return how many."""
    texts = ArticleTranslation.objects.exclude(article__status="archived")
    found = {
        url
        for sections in texts.values_list(*MARKDOWN_TEXTS).iterator()
        for section in sections
        for url in links_of(section)
    }
    known = set(ExternalLink.objects.values_list("url", flat=True))
    _delete(known - found)
    ExternalLink.objects.bulk_create(
        (ExternalLink(url=url) for url in sorted(found - known)),
        batch_size=500,
        ignore_conflicts=True,
    )
    return len(found)


def _delete(urls: Iterable[str]) -> None:
    gone = sorted(urls)
    for start in range(0, len(gone), 500):
        ExternalLink.objects.filter(url__in=gone[start : start + 500]).delete()


def links_to_check(since: datetime) -> QuerySet[ExternalLink]:
    """Return the links that were not asked ``since`` then."""
    return ExternalLink.objects.filter(Q(checked=None) | Q(checked__lt=since))


def check_some(since: datetime) -> int:
    """Ask one address of each of some hosts; return how many were asked."""
    by_host: dict[str, ExternalLink] = {}
    for link in links_to_check(since).order_by("checked", "pk").iterator():
        by_host.setdefault(urlsplit(link.url).netloc.casefold(), link)
        if len(by_host) == HOSTS:
            break
    for link in by_host.values():
        note_answer(link)
    return len(by_host)


def note_answer(link: ExternalLink) -> None:
    """Ask one address and write what became of it."""
    answer = ask(link.url)
    link.failures = link.failures + 1 if answer.state == State.UNCLEAR and not answer.status else 0
    is_lost = link.failures >= MOST_FAILURES
    link.state = State.DEAD if is_lost else answer.state
    link.status, link.moved_to = answer.status, answer.moved_to
    link.checked = timezone.now()
    link.save()


def begin_round(user: User | None = None) -> bool:
    """Ask the worker to check all links, unless it does; return whether it was asked."""
    if is_running():
        return False
    enqueue(check_links, user=user, since=timezone.now().isoformat())
    return True


def is_running() -> bool:
    """Return whether the worker is at it, or is to be."""
    return _calls().filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).exists()


def _calls() -> QuerySet[Job]:
    return Job.objects.filter(task=check_links.path)


def state_of_round() -> RoundState:
    """Return how far the last round is, or came."""
    last = _calls().order_by("-pk").first()
    since = parse_datetime(last.arguments["since"]) if last else None
    asked = ExternalLink.objects.filter(checked__gte=since).count() if since else 0
    return RoundState(ExternalLink.objects.count(), asked, is_running())


@task(queue=LONG)
def check_links(run: JobRun, *, since: str) -> dict[str, Any]:
    """Ask some of the addresses not asked ``since`` then; the next call asks others."""
    moment = parse_datetime(since)
    if moment is None:
        return {}
    note_links()
    asked = check_some(moment)
    if links_to_check(moment).exists():
        enqueue(check_links, user=run.job.user, delay=PAUSE, since=since)
    return {"asked": asked}
