"""Whether a person may do something to an article. The table is in ``docs/how-it-works.md``.

Without ``ROLES_BY_FIELD`` permissions alone decide, and nothing is asked of the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from ..access import ADD_DOCUMENT, CHANGE_ARTICLE, DELETE_ARTICLE, REVIEW_ARTICLE
from ..models import Article, PendingRevision, Platform, Responsibility
from .fields import OwnArticles, field_of, is_bound

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Person = User | AnonymousUser

EDIT = CHANGE_ARTICLE
REVIEW = REVIEW_ARTICLE
DELETE = DELETE_ARTICLE
IMPORT = ADD_DOCUMENT
Status = Article.Status
#: What authors write; the rest is a reviewer's to change.
_OPEN = (Status.DRAFT, Status.IN_REVIEW)
#: The role that somebody needs in the field of an article to use a permission on it.
_ROLES = {EDIT: Responsibility.Role.AUTHOR}
_REVIEWER = Responsibility.Role.REVIEWER


def may(user: Person, permission: str, article: Article | None) -> bool:
    """Return whether ``user`` has ``permission`` and may use it on ``article`` (None: a new one).

    A new article is somewhere in the field of who has any; ``check_platforms`` says where.
    """
    if not user.has_perm(permission):
        return False
    if not is_bound(user):
        return True
    field = _field(user, permission)
    return not field.is_empty if article is None else field.holds(article)


def _field(user: Person, permission: str) -> OwnArticles:
    return field_of(user, _ROLES.get(permission, _REVIEWER))


def why_not(user: Person, article: Article) -> str:
    """Return why ``user``, who has the permission, was refused to change ``article``."""
    if is_bound(user) and not within_field(user, article):
        return _("It is outside your field of responsibility.")
    if needs_four_eyes(user, article):
        return _(
            "Readers see it, and the portal asks for four eyes: write a pending revision, which"
            " somebody else publishes, or withdraw it first."
        )
    return _("You may not change it in its present state.")


def needs_four_eyes(user: Person, article: Article) -> bool:
    """Return whether nothing but ``FOUR_EYES`` keeps ``user`` from writing the article's texts."""
    return may_decide(user, article) and not may_edit(user, article)


def within_field(user: Person, article: Article) -> bool:
    """Return whether ``article`` is in some field of ``user``, whatever they may do there."""
    return field_of(user, Responsibility.Role.AUTHOR).holds(article)


def may_edit(user: Person, article: Article | None) -> bool:
    """Return whether ``user`` may write the article's texts (None: a new article).

    What is published or archived is a reviewer's to change. With ``FOUR_EYES`` nobody writes what
    is published but by a pending revision (``editing.pending``).
    """
    if settings.FOUR_EYES and article is not None and article.status == Status.PUBLISHED:
        return False
    return may_decide(user, article)


def may_decide(user: Person, article: Article | None) -> bool:
    """Return whether ``user`` may change what is decided about the article beside its texts."""
    if not user.has_perm(EDIT):
        return False
    return may(user, EDIT if article is None or article.status in _OPEN else REVIEW, article)


def may_propose(user: Person, article: Article) -> bool:
    """Return whether ``user`` may write a pending revision: of what is published, every editor."""
    return article.status == Status.PUBLISHED and user.has_perm(EDIT)


def may_publish(user: Person, pending: PendingRevision) -> bool:
    """Return whether ``user`` may put ``pending`` in the place of what is live.

    With ``FOUR_EYES`` nobody does so with what they wrote in, last or not.
    """
    if not may(user, REVIEW, pending.article):
        return False
    if not settings.FOUR_EYES:
        return True
    wrote = pending.writers.values_list("pk", flat=True)
    return pending.author_id != user.pk and user.pk not in wrote


def may_import(user: Person) -> bool:
    """Return whether ``user`` may import: an import writes wherever its documents lead."""
    if not user.has_perm(IMPORT):
        return False
    return not is_bound(user) or field_of(user, _REVIEWER).is_everything


def may_lead_platforms(user: Person, platforms: Iterable[Platform]) -> bool:
    """Return whether all ``platforms`` are in the field in which ``user`` reviews."""
    field = field_of(user, _REVIEWER)
    return field.is_everything or {one.pk for one in platforms} <= field.platforms


def within(user: Person, prefix: str = "") -> Q:
    """Return the condition under which ``user`` may decide about an article, as ``may_decide``.

    That they have the permissions is for the caller to ask. ``prefix`` is the path to the article.
    """
    if not is_bound(user):
        return Q()
    is_open = Q(**{f"{prefix}status__in": _OPEN})
    writes, reviews = (field_of(user, role).condition(prefix) for role in Responsibility.Role)
    return (is_open & writes) | (~is_open & reviews)


def check_platforms(
    user: Person | None, article: Article | None, platforms: Iterable[Platform]
) -> None:
    """Refuse to bring an article (None: a new one) into a field of others, or out of it.

    Every platform that comes or goes must be the person's own, in the role that the state of the
    article asks for, and so must articles for all platforms where it becomes or was one. Raise
    ``ValidationError`` with the names, and ``PermissionDenied`` for who has no field at all.
    """
    if user is None or not is_bound(user):
        return
    is_open = article is None or article.status in _OPEN
    field = _field(user, EDIT if is_open else REVIEW)
    if field.is_empty:
        raise PermissionDenied
    if field.is_everything:
        return
    before = set(article.platforms.all()) if article else set()
    after = set(platforms)
    strange = [one for one in before ^ after if one.pk not in field.platforms]
    if strange:
        names = ", ".join(sorted(one.name for one in strange))
        raise ValidationError(
            _("Outside your field: %(platforms)s. Whoever is responsible for it decides.")
            % {"platforms": names}
        )
    comes_or_goes = article is None or before != after
    is_general = not after or (article is not None and not before)
    if comes_or_goes and is_general and not field.has_general:
        raise ValidationError(
            _("Articles for all platforms are outside your field: choose a platform of yours.")
        )
