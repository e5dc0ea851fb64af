"""Notes who did what. Whoever lets people act calls ``note``; what is noted outlives all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db.models import Model, Q
from django.utils.translation import get_language

from .models import Article, AuditEntry, BulkChange
from .models.workflow import PARTED

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

Act = AuditEntry.Act
_LONGEST = 500
_LONGEST_DETAIL = 1000
_MEANS: ContextVar[str] = ContextVar("means", default="")


@contextmanager
def through(means: str) -> Iterator[None]:
    """Say by what means people act meanwhile: which token, where it is not a page."""
    before = _MEANS.set(means)
    try:
        yield
    finally:
        _MEANS.reset(before)


def note(
    user: User | AnonymousUser | None,
    act: str,
    target: Model | None = None,
    *,
    name: str = "",
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
    detail: str = "",
    by: str = "",
) -> None:
    """Note that ``user`` did ``act`` to ``target``; nothing for who is not signed in.

    ``by`` is what did it where no account did, to be read in any language. ``before`` and ``after``
    are values in words by the name of the field. What is noted names the means, too (``through``).
    """
    if user is not None and user.pk is not None:
        who = (user.get_full_name() or user.get_username())[:200]
    elif by:
        user, who = None, by
    else:
        return
    AuditEntry.objects.create(
        user_id=user.pk if user else None,
        who=who,
        act=act,
        kind=target._meta.model_name or "" if target else "",
        key=str(target.pk or "") if target else "",
        name=(name or (_name(target) if target else ""))[:300],
        before=_cut(before),
        after=_cut(after),
        detail=_with_means(detail),
    )


def addresses_of(article: Article) -> dict[str, str]:
    """Return the addresses of ``article`` as values that a line keeps, to tell them later."""
    former = article.former_addresses.order_by("slug").values_list("slug", flat=True)
    return {"slug": article.slug, "former_addresses": PARTED.join(former)}


def deletion_of(slug: str) -> AuditEntry | None:
    """Return the line that tells of the last deletion of an article that had the address ``slug``.

    Its number is an address too. None where there is no such line.
    """
    named = Q(before__slug=slug) | Q(before__former_addresses__icontains=slug) | Q(key=slug)
    for entry in AuditEntry.objects.filter(named, act=Act.DELETED, kind=Article._meta.model_name):
        former = entry.before.get("former_addresses", "").split(PARTED)
        if slug in (entry.key, entry.before.get("slug"), *former):
            return entry
    return None


def note_refused(account: User | None, detail: str) -> None:
    """Note that too many wrong passwords or codes were tried on ``account``, by whoever it was.

    None: on a name that no account has, which is not kept: some people type their password there.
    """
    AuditEntry.objects.create(
        act=Act.REFUSED,
        kind="user",
        key=str(account.pk) if account else "",
        name=str(account or ""),
        detail=detail,
    )


def note_changes(
    user: User | AnonymousUser | None,
    target: Model,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    """Note which fields of ``target`` ``user`` changed; nothing where no value differs.

    ``before`` and ``after`` hold the same fields, as for ``note``.
    """
    differing = [name for name in after if before[name] != after[name]]
    if differing:
        note(
            user,
            Act.CHANGED,
            target,
            before={name: before[name] for name in differing},
            after={name: after[name] for name in differing},
        )


def _with_means(detail: str) -> str:
    """Return the detail and the means, of which nothing is cut."""
    means = _MEANS.get()
    return " · ".join(filter(None, [detail[: _LONGEST_DETAIL - len(means) - 3], means]))


def _name(target: Model) -> str:
    """Return what people call it: of an article its title, of an act on many which it was."""
    if isinstance(target, BulkChange):
        return target.noted()
    if isinstance(target, Article) and not target.called and target.pk:
        texts = target.translations.best_first(get_language() or "")
        return texts.values_list("title", flat=True).first() or target.slug
    return str(target)


def _cut(values: Mapping[str, str] | None) -> dict[str, str]:
    return {name: str(value)[:_LONGEST] for name, value in (values or {}).items()}
