"""What the audit says of an import and of the way back: a line for each, with what it did."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from ...auditing import Act, note
from ...models import ImportRun
from ...texts.remarks import remark
from ..report import ImportOutcome
from .tally import told_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_ARTICLES = gettext_noop("Articles: %(number)s")
#: What is said of texts; of those that stayed as they were, nothing.
_TEXTS = {
    ImportOutcome.CREATED: gettext_noop("Texts created: %(number)s"),
    ImportOutcome.UPDATED: gettext_noop("Texts updated: %(number)s"),
    ImportOutcome.MERGED: gettext_noop("Texts merged: %(number)s"),
    ImportOutcome.CONFLICT: gettext_noop("Texts in conflict: %(number)s"),
    ImportOutcome.WAITING: gettext_noop("Texts waiting for a review: %(number)s"),
    ImportOutcome.REMOVED: gettext_noop("Texts no longer in their document: %(number)s"),
}
_FAILED = gettext_noop("Files not imported: %(number)s")
_NOTHING = gettext_noop("Nothing was changed.")
_GIVEN_UP = gettext_noop("Given up: %(reason)s")
_COMMAND = gettext_noop("a command")
#: Why a command ends before all documents were had.
BUSY = gettext_noop("Other people were changing some of the documents all the time.")
_UNDONE = gettext_noop("Import undone")
_FILES = gettext_noop("Files: %(number)s")
_LEFT = gettext_noop("Texts left as they are: %(number)s")


def note_import(run: ImportRun, gave_up: str = "") -> None:
    """Note that ``run``, which is no rehearsal, was done, or stopped before its end.

    ``gave_up`` is why it was given up, to be read in any language. What no account has begun, a
    command did, by hand or by a timer.
    """
    told = [text for text in told_texts(run) if text.outcome in _TEXTS]
    counts = Counter(text.outcome for text in told)
    failed = run.documents.filter(outcome=ImportOutcome.FAILED).count()
    articles = len({text.slug for text in told})
    said = [
        *([remark(_ARTICLES, number=articles)] if articles else []),
        *(remark(text, number=counts[one]) for one, text in _TEXTS.items() if counts[one]),
        *([remark(_FAILED, number=failed)] if failed else []),
    ]
    reason = gave_up or run.error
    if reason:
        said.append(remark(_GIVEN_UP, reason=reason))
    by = "" if run.user_id or run.job_id else remark(_COMMAND)
    note(run.user, Act.ADDED, run, detail=" · ".join(said or [remark(_NOTHING)]), by=by)


def note_undoing(run: ImportRun, user: User | None, gave_up: str = "") -> None:
    """Note that ``user`` took ``run`` back, or stopped that before its end.

    ``gave_up`` is why it was given up, to be read in any language.
    """
    files = run.documents.exclude(undone=None).count()
    said = [remark(_UNDONE), remark(_FILES, number=files)]
    if run.left:
        said.append(remark(_LEFT, number=len(run.left)))
    if gave_up:
        said.append(remark(_GIVEN_UP, reason=gave_up))
    note(user, Act.CHANGED, run, detail=" · ".join(said))
