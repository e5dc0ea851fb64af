"""Whether all that the portal stands on is there: each check says what is wrong and what to do."""

from __future__ import annotations

import os
import shutil
import smtplib
import sqlite3
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from kbportal.environment import env
from kbportal.replication.watch import watch

from ..accounts.factors import keeping
from ..jobs import is_waiting_in_vain
from ..jobs.tasks import QUEUES
from ..machine_translation import (
    TranslationServiceError,
    check_service,
    failure_in_words,
    is_on,
)
from ..media.stored import stored_names
from ..models import (
    ArticleTranslation,
    Job,
    MediaImage,
    RenderedTranslation,
    SearchEntry,
    SearchLog,
)
from ..search.semantic.loading import problem
from ..texts.structure import STRUCTURE_VERSION
from . import semantics

#: Bytes free below which a disk is nearly full, and full.
_NEARLY_FULL, _FULL = 1_000_000_000, 100_000_000
#: The oldest versions that the tests run on, as each engine numbers itself.
_SQLITE, _POSTGRESQL = (3, 35), 150_000
_FUTURE = timedelta(minutes=5)


class HealthProblem(NamedTuple):
    """What is wrong (``is_grave``: the portal cannot serve so), and what to do about it."""

    what: str
    remedy: str
    is_grave: bool = True


Check = Callable[[], list[HealthProblem]]


def database() -> list[HealthProblem]:
    """Return what is wrong with the database: it does not answer, or is too old."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        return [HealthProblem(said, _("Start the database, or correct DATABASE_URL."))]
    if connection.vendor == "sqlite":
        is_old = sqlite3.sqlite_version_info < _SQLITE
    else:
        is_old = getattr(connection, "pg_version", _POSTGRESQL) < _POSTGRESQL
    remedy = _("Install SQLite 3.35 or PostgreSQL 15, or newer.")
    return [HealthProblem(_("The database program is old."), remedy, False)] if is_old else []


def replicas() -> list[HealthProblem]:
    """Return a problem for each replica that does not answer or is too far behind to be read."""
    found = []
    if settings.REPLICAS:
        watch().begin()
    missing = watch().standing.bytes_behind(settings.REPLICAS) if settings.REPLICAS else {}
    usable = watch().standing.usable() if settings.REPLICAS else []
    for alias, behind in missing.items():
        name = settings.REPLICAS[alias]["HOST"]
        if behind is None:
            what = _("The replica %(name)s does not answer, or is no replica.") % {"name": name}
            found.append(
                HealthProblem(what, _("Start it, or correct DATABASE_REPLICA_URLS."), False)
            )
        elif alias not in usable:
            values = {"name": name, "number": behind}
            what = _("The replica %(name)s is %(number)s bytes behind and not read.") % values
            found.append(
                HealthProblem(what, _("Check that it is streaming, and how busy it is."), False)
            )
    return found


def migrations() -> list[HealthProblem]:
    """Return a problem where the tables are those of another version of the program."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [HealthProblem(_("The tables are of another version."), "manage.py migrate")]
    return []


def index() -> list[HealthProblem]:
    """Return a problem where texts lack an entry in the search index, or one of this program."""
    found = []
    if ArticleTranslation.objects.count() != SearchEntry.objects.count():
        found.append(
            HealthProblem(_("The search index lacks texts."), "manage.py check_index --fix", False)
        )
    stale = RenderedTranslation.objects.exclude(structure_version=STRUCTURE_VERSION).count()
    if stale:
        what = _("%(number)s texts were derived by another version.") % {"number": stale}
        found.append(HealthProblem(what, "manage.py rebuild_derived --stale", False))
    return found


def semantic_model() -> list[HealthProblem]:
    """Return why the model of ``SEMANTIC_MODEL`` cannot be used, or how many vectors it lacks."""
    if wrong := problem():
        return [HealthProblem(semantics.in_words(wrong), semantics.remedy(wrong), False)]
    if missing := semantics.texts_without_vector():
        what = _("%(number)s texts have no vector of the model.") % {"number": missing}
        return [HealthProblem(what, "manage.py rebuild_derived --vectors", False)]
    return []


def translation_service() -> list[HealthProblem]:
    """Return a problem where ``TRANSLATION_ENDPOINT`` names a service that does not answer."""
    if not is_on():
        return []
    try:
        check_service()
    except TranslationServiceError as error:
        remedy = _("Correct TRANSLATION_ENDPOINT or TRANSLATION_TOKEN, or ask whoever runs it.")
        return [HealthProblem(failure_in_words(error), remedy, False)]
    return []


def disk() -> list[HealthProblem]:
    """Return a problem for each place where the portal writes and little room is left."""
    found = []
    if not os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        what = _("Nothing can be written to %(folder)s, so no limit holds.")
        remedy = _("Make the folder, for the account of the portal.")
        found.append(HealthProblem(what % {"folder": settings.DATA_DIR}, remedy, False))
    folders = [Path(settings.MEDIA_ROOT), Path(settings.DATA_DIR)]
    disks = {folder.stat().st_dev: folder for folder in folders if folder.is_dir()}
    for folder in disks.values():
        free = shutil.disk_usage(folder).free
        if free < _NEARLY_FULL:
            what = _("%(folder)s has %(free)s MB left.")
            values = {"folder": folder, "free": free // 1_000_000}
            remedy = _("Make room, or move DATA_DIR to a larger disk.")
            found.append(HealthProblem(what % values, remedy, free < _FULL))
    return found


def files() -> list[HealthProblem]:
    """Return what is wrong with static files, translations and the files of images."""
    found = []
    if not settings.IS_LOCAL and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        text = _("Static files are not collected.")
        found.append(HealthProblem(text, "manage.py collectstatic --noinput"))
    catalogues = (Path(settings.BASE_DIR) / "troubleshooting" / "locale").glob("*/LC_MESSAGES/*.po")
    if not all(path.with_suffix(".mo").exists() for path in catalogues):
        text = _("Translations are not compiled.")
        found.append(HealthProblem(text, "manage.py compile_catalogues", False))
    return [*found, *_images()]


def _images() -> list[HealthProblem]:
    names = MediaImage.objects.values_list("file", flat=True).iterator()
    try:
        kept = set(stored_names())
    except OSError as error:
        what = _("The store of the images does not answer: %(error)s")
        remedy = _("See MEDIA_STORE_URL, and whether the store can be reached.")
        return [HealthProblem(what % {"error": error}, remedy)]
    missing = [name for name in names if name not in kept]
    if not missing:
        return []
    what = _("%(number)s images are missing, such as %(name)s.")
    values = {"number": len(missing), "name": missing[0]}
    return [HealthProblem(what % values, _("Restore DATA_DIR/media from a backup."), False)]


def deployment() -> list[HealthProblem]:
    """Return what is not wrong enough to refuse a start."""
    found = []
    path = Path(env.text("PORTAL_ENV_FILE", str(Path(settings.BASE_DIR) / ".env")))
    if path.is_file() and path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
        what = _("Others can read or change the settings in %(path)s.") % {"path": path}
        found.append(HealthProblem(what, f"chmod 640 {path}", False))
    if settings.IS_LOCAL:
        return found
    if not settings.TRUSTED_PROXIES:
        what = _("Behind a proxy on this machine, nobody is limited by address.")
        found.append(HealthProblem(what, _("Set TRUSTED_PROXIES=127.0.0.1,::1."), False))
    if settings.EMAIL_BACKEND == settings.TERMINAL_MAIL:
        what = _("No email can be sent: no links for passwords, no warnings.")
        found.append(HealthProblem(what, _("Set EMAIL_URL."), False))
    return found


def mail() -> list[HealthProblem]:
    """Return a problem where the mail server does not answer."""
    if settings.EMAIL_BACKEND == settings.TERMINAL_MAIL:
        return []
    sender = get_connection()
    try:
        sender.open()
        sender.close()
    except (OSError, smtplib.SMTPException) as error:
        what = _("The mail server does not answer: %(kind)s.") % {"kind": type(error).__name__}
        return [HealthProblem(what, _("Correct EMAIL_URL, or ask whoever runs it."), False)]
    return []


def worker() -> list[HealthProblem]:
    """Return a problem where jobs wait and nobody does them."""
    waiting = Job.objects.filter(state=Job.State.WAITING).order_by("due")
    first = {queue: waiting.filter(queue=queue).first() for queue in QUEUES}
    if any(job and is_waiting_in_vain(job) for job in first.values()):
        remedy = _("Start manage.py worker (the service portal-worker).")
        return [HealthProblem(_("Jobs wait, and no worker does them."), remedy, False)]
    return []


def clock() -> list[HealthProblem]:
    """Return a problem where something was written in the future: a clock is wrong."""
    last = SearchLog.objects.order_by("-created").values_list("created", flat=True).first()
    if last and last > timezone.now() + _FUTURE:
        remedy = _("Set the clock by NTP: sessions and limits end by it.")
        return [HealthProblem(_("The clock went backwards."), remedy, False)]
    return []


def second_factors() -> list[HealthProblem]:
    """Return a problem where secrets of second factors were kept under another SECRET_KEY."""
    if not keeping.is_on() or keeping.are_readable():
        return []
    remedy = _("Set the one of before, or remove those factors and add them anew.")
    return [HealthProblem(_("Second factors were kept under another SECRET_KEY."), remedy, False)]


#: All checks, in the order in which they make sense.
CHECKS: dict[str, Check] = {
    "database": database,
    "replicas": replicas,
    "migrations": migrations,
    "index": index,
    "semantic model": semantic_model,
    "translation service": translation_service,
    "disk": disk,
    "files": files,
    "deployment": deployment,
    "worker": worker,
    "mail": mail,
    "second factors": second_factors,
    "clock": clock,
}
#: What is told, though readers are served without it.
NOTED = ("worker",)
_OF_SERVING = ("database", "migrations", "index", "disk")


def ready() -> dict[str, bool]:
    """Return what serving needs, and what is noted, and whether it is there."""
    found = {name: not any(one.is_grave for one in examine(name)) for name in _OF_SERVING}
    return found | {name: not examine(name) for name in NOTED}


def examine(name: str) -> list[HealthProblem]:
    """Return what a check finds; where it fails itself, that."""
    try:
        return CHECKS[name]()
    except DatabaseError:
        return [HealthProblem(_("The database cannot be queried."), _("See above."))]
