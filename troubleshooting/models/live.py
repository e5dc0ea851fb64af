"""What holds for hours only: incidents, and calls whose steps an agent and a caller see at once.

Nothing personal is kept: of a call its article, which steps are done, and hashes of two secrets.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..texts.anchors import SENT_STEP
from .article import Article
from .catalog import ErrorCode, Platform

#: Letters that nobody takes for others, and that make no words: without vowels.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH = 6
#: How long a call is kept.
LIFE = timedelta(hours=2)
#: Calls at once, of all agents together. More would be a flood, and make codes easier to guess.
MOST_AT_ONCE = 2000
_TRIES = 5


class NewCall(NamedTuple):
    """A new call and the secret of its agent, which is kept nowhere."""

    call: SharedCall
    secret: str


class SharedCallQuerySet(models.QuerySet["SharedCall"]):
    """Calls that two screens show."""

    def live(self) -> SharedCallQuerySet:
        """Leave only those whose time is not over."""
        return self.filter(expires__gt=timezone.now())

    def known_by(self, secret: str) -> SharedCall | None:
        """Return the call that this secret of its agent or its caller opens."""
        key = _hash(secret)
        return self.live().filter(Q(agent_key=key) | Q(caller_key=key)).first()

    def open(self, article: Article, steps: Iterable[str] = ()) -> NewCall | None:
        """Open a call about ``article`` with ``steps`` done; None where there are too many."""
        if self.live().count() >= MOST_AT_ONCE:
            return None
        secret = secrets.token_urlsafe(18)
        for _try in range(_TRIES):
            code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
            try:
                with transaction.atomic(using=self.db):
                    call = self.create(
                        article=article,
                        code=code,
                        agent_key=_hash(secret),
                        expires=timezone.now() + LIFE,
                    )
                    call.mark(steps, is_done=True)
                    return NewCall(call, secret)
            except IntegrityError:  # another call has these letters
                continue
        return None

    def join(self, code: str) -> str | None:
        """Return a secret for the caller who gives ``code``, which works once; None for no call."""
        secret = secrets.token_urlsafe(18)
        letters = "".join(letter for letter in code.upper() if letter in LETTERS)
        found = self.live().filter(code=letters, caller_key="").exclude(code="")
        return secret if found.update(caller_key=_hash(secret), code="") else None


class SharedCall(models.Model):
    """A call about an article. ``code`` is empty once the caller has used it."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="shared_calls", verbose_name=_("article")
    )
    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    agent_key = models.CharField(max_length=64, unique=True)
    caller_key = models.CharField(max_length=64, blank=True, db_index=True)
    expires = models.DateTimeField(db_index=True)

    objects = SharedCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared call")
        verbose_name_plural = _("shared calls")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="one_call_per_code"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def done_anchors(self) -> list[str]:
        """Return the anchors of the steps that are done, in no order."""
        return list(self.ticks.values_list("anchor", flat=True))

    def mark(self, steps: Iterable[str], *, is_done: bool) -> None:
        """Note steps as done or not done; each is one row, so that both sides may do it at once."""
        if is_done:
            rows = [SharedTick(call=self, anchor=step) for step in steps]
            SharedTick.objects.bulk_create(rows, ignore_conflicts=True)
        else:
            self.ticks.filter(anchor__in=list(steps)).delete()


class SharedTick(models.Model):
    """A step that is done in a call."""

    call = models.ForeignKey(SharedCall, models.CASCADE, related_name="ticks")
    anchor = models.CharField(max_length=120, validators=[RegexValidator(SENT_STEP)])

    class Meta:
        verbose_name = _("step of a shared call")
        verbose_name_plural = _("steps of shared calls")
        constraints = [
            models.UniqueConstraint(fields=["call", "anchor"], name="one_tick_per_step_of_a_call"),
        ]

    def __str__(self) -> str:
        return self.anchor


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Incidents."""

    def current(self) -> IncidentQuerySet:
        """Leave only the rows that are in force at this moment."""
        now = timezone.now()
        return self.filter(starts__lte=now, ends__gt=now)


class Incident(models.Model):
    """A text of the day, which editors pin to platforms, codes or articles until it ends.

    One that is pinned to nothing is shown on the first page alone.
    """

    text = models.CharField(_("text"), max_length=500)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("Empty: shown in every language.")
    )
    starts = models.DateTimeField(_("begins"), default=timezone.now)
    ends = models.DateTimeField(_("ends"), db_index=True)
    platforms = models.ManyToManyField(
        Platform, blank=True, related_name="+", verbose_name=_("platforms")
    )
    codes = models.ManyToManyField(ErrorCode, blank=True, related_name="+", verbose_name=_("codes"))
    articles = models.ManyToManyField(
        Article, blank=True, related_name="+", verbose_name=_("articles")
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "pk"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")),
                name="incident_ends_after_it_begins",
                violation_error_message=_("It ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
