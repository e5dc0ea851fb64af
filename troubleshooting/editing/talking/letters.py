"""Send notices as mails: one at a time, or a day's together. Run by the worker.

What is sent is what holds when it is sent: who reads a notice before, or may not write articles any
more, gets no letter.
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from ...access import CHANGE_ARTICLE
from ...jobs import QUICK, Backoff, JobRun, RetryLater, task
from ...models import Notice, NoticePreference

BACKOFF = Backoff(attempts=8)
#: Lines of a letter; the first page of the administration shows all.
_MOST = 100


@task(queue=QUICK, backoff=BACKOFF)
def send_notice(run: JobRun, *, user_key: int, key: str) -> dict[str, Any]:
    """Send one notice."""
    return _send(user_key, key=key)


@task(queue=QUICK, backoff=BACKOFF)
def send_digest(run: JobRun, *, user_key: int) -> dict[str, Any]:
    """Send what a person has not read and was not sent."""
    return _send(user_key)


def _send(user_key: int, **which: str) -> dict[str, Any]:
    rows = Notice.objects.filter(user=user_key, seen=None, mailed=None, **which)
    found = list(rows.select_related("user", "actor").order_by("created", "pk")[:_MOST])
    wanted = NoticePreference.objects.filter(user=user_key).exclude(
        mails=NoticePreference.Mails.NONE
    )
    preference = wanted.select_related("user").first()
    if not found or preference is None or not _reaches(preference.user):
        return {"sent": 0}
    message = letter(preference, found)
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        # Its text may hold the address of who should have had the letter.
        raise RetryLater(type(error).__name__, timedelta(minutes=5)) from None
    Notice.objects.filter(pk__in=[row.pk for row in found]).update(mailed=timezone.now())
    return {"sent": len(found)}


def _reaches(user: User) -> bool:
    can_be_sent = settings.IS_LOCAL or settings.EMAIL_BACKEND != settings.TERMINAL_MAIL
    may_read = user.is_active and user.has_perm(CHANGE_ARTICLE)
    return bool(can_be_sent and may_read and user.email)


def letter(preference: NoticePreference, notices: Sequence[Notice]) -> EmailMessage:
    """Return the letter about ``notices``, in the language that its reader chose."""
    with translation.override(preference.language or settings.LANGUAGE_CODE):
        lines = [(notice, settings.SITE_ADDRESS + address_of(notice)) for notice in notices]
        context = {"lines": lines, "portal": settings.SITE_ADDRESS, "first": notices[0]}
        text = render_to_string("letters/notices.txt", context).strip()
    subject, _blank, body = text.partition("\n\n")
    return EmailMessage(
        " ".join(subject.split())[:200], body.strip() + "\n", to=[preference.user.email]
    )


def address_of(notice: Notice) -> str:
    """Return where in the administration a notice leads; its first page where nothing is left."""
    if notice.article_id is None:
        return reverse("admin:index")
    kinds = Notice.Kind
    if notice.kind in (kinds.MENTIONED, kinds.ANSWERED):
        name = "admin:troubleshooting_article_comments"
        return reverse(name, args=[notice.article_id, notice.language])
    address = reverse("admin:troubleshooting_article_change", args=[notice.article_id])
    return f"{address}?language={notice.language}"
