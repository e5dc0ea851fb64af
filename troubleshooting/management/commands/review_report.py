"""``manage.py review_report``: which articles are to be read again, and by whom."""

from __future__ import annotations

from argparse import ArgumentParser
from smtplib import SMTPException
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from ...figures.reviews import DueReview, Share, shares
from ..base import PortalCommand, own_language

TERMINAL = "django.core.mail.backends.console.EmailBackend"
_MOST_DAYS = 3_650


class Command(PortalCommand):
    help = cast(
        "str", gettext_lazy("Lists articles whose review is overdue or soon due, by owner.")
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--owner", metavar="NAME", help=_("Only articles of this account."))
        parser.add_argument("--days", type=int, default=30, help=_("How many days ahead to look."))
        parser.add_argument("--mail", action="store_true", help=_("Mail each owner their list."))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the report, or mail it.

        Raise ``CommandError`` for an account that is not there, a number of days that makes no
        sense, and where mails were wanted and not all could be sent.
        """
        language = settings.LANGUAGE_CODE if options["mail"] else own_language()
        with override(language):
            self._check(options)
            found = shares(options["days"], language, options["owner"])
            if not found:
                self.stdout.write(_("No review is due."))
            elif options["mail"]:
                self._mail(found)
            else:
                self.stdout.write("\n\n".join(_listed(share) for share in found))

    def _check(self, options: dict[str, Any]) -> None:
        if not 0 <= options["days"] <= _MOST_DAYS:
            raise CommandError(_("--days is a number from 0 to %(most)d.") % {"most": _MOST_DAYS})
        name = options["owner"]
        if name is not None and not get_user_model().objects.filter(username=name).exists():
            raise CommandError(_("There is no account “%(name)s”.") % {"name": name})
        if options["mail"] and settings.EMAIL_BACKEND == TERMINAL and not settings.IS_LOCAL:
            raise CommandError(_("No mail server is configured: set EMAIL_URL."))

    def _mail(self, shares: list[Share]) -> None:
        """Send one mail to each owner; write out what nobody can be told."""
        failures = 0
        for share in shares:
            owner, address = share.owner, _address(share.owner)
            if owner is None or address is None:
                self.stdout.write(_listed(share))
                continue
            try:
                send_mail(_subject(share), _text(share), None, [address])
            except (OSError, SMTPException) as error:
                failures += 1
                values = {"name": owner.get_username(), "reason": str(error)}
                self.stderr.write(_("The mail to %(name)s was not sent: %(reason)s") % values)
            else:
                values = {"name": owner.get_username()}
                self.stdout.write(_("The list was mailed to %(name)s.") % values)
        if failures:
            text = ngettext(
                "%(count)d email was not sent.", "%(count)d emails were not sent.", failures
            )
            raise CommandError(text % {"count": failures})


def _address(owner: User | None) -> str | None:
    """Return where mail reaches an owner who still works here; None where it cannot."""
    return owner.email or None if owner and owner.is_active else None


def _listed(share: Share) -> str:
    """Return a share as lines below the name of its owner."""
    name = share.owner.get_username() if share.owner else _("Without an owner")
    if share.owner and not _address(share.owner):
        name = _("%(name)s (no email address, or no longer active)") % {"name": name}
    return "\n".join([name, *(f"  {_line(review)}" for review in share.reviews)])


def _line(review: DueReview) -> str:
    day = date_format(review.due, "SHORT_DATE_FORMAT")
    late = _("overdue")
    state = f" ({late})" if review.is_overdue else ""
    return f"{day}{state}  {review.title.text}  {_link(review)}"


def _link(review: DueReview) -> str:
    """Return the address of the article's form."""
    path = reverse("admin:troubleshooting_article_change", args=[review.title.article])
    return f"{settings.SITE_ADDRESS}{path}"


def _subject(share: Share) -> str:
    count = len(share.reviews)
    text = ngettext(
        "%(count)d of your articles is due for review",
        "%(count)d of your articles are due for review",
        count,
    )
    return text % {"count": count}


def _text(share: Share) -> str:
    entries = (f"{review.title.text}\n{_due(review)}\n{_link(review)}" for review in share.reviews)
    ending = _("Check each of them against the product, correct it, and mark it as reviewed.")
    return "\n\n".join([_subject(share) + _(":"), *entries, ending]) + "\n"


def _due(review: DueReview) -> str:
    values = {"day": date_format(review.due, "DATE_FORMAT")}
    return (_("Overdue since %(day)s") if review.is_overdue else _("Due on %(day)s")) % values
