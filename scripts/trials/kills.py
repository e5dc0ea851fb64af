"""Kills what writes, at random moments, and looks whether anything was lost or half written.

``python -m scripts.trials.kills N SEED`` kills N times: saves, imports, rebuilds, backups and
migrations in turn, on a SQLite database in a folder of its own. What writes is forked off, so that
a kill costs no start. Controls break a rule on purpose and have to be noticed; where they are not
the trial fails too.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout, suppress
from pathlib import Path
from unittest import mock

from scripts import portal_server
from scripts.portal_server import ROOT

FOLDER = Path(tempfile.mkdtemp(prefix="portal-kills-"))
#: Where another trial asks for it, its database is one of its own on this server.
SERVER = os.environ.get("TEST_DATABASE_URL", "") if "--postgres" in sys.argv else ""
DATABASE_URL = f"{SERVER.rpartition('/')[0]}/trial" if SERVER else ""
os.environ |= portal_server.environment(FOLDER, PORTAL_ENV_FILE="", DATABASE_URL=DATABASE_URL)
os.environ["DJANGO_SETTINGS_MODULE"] = "kbportal.settings"

import django  # noqa: E402 (after the environment is in order)

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from troubleshooting.editing import save_translation, texts  # noqa: E402
from troubleshooting.models import ArticleTranslation, Revision, SourceEntry  # noqa: E402
from troubleshooting.operation.restore import unpack  # noqa: E402

REVISIONS = Revision._meta.db_table
#: Seconds of processor time that the first page after a kill may take, and those that it may wait
#: for anything but a processor: how busy the machine is makes no difference.
WORK, PATIENCE = 5.0, 20.0


def asked(words: str | None, times: int, *, on_server: bool = False) -> tuple[int, int]:
    """Return how many kills were asked for, and the seed of their moments.

    ``on_server``: whether the trial knows PostgreSQL, too; another refuses to be told so.
    """
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("times", type=int, nargs="?", default=times)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    if on_server:
        parser.add_argument("--postgres", action="store_true", help="on that of TEST_DATABASE_URL")
    options = parser.parse_args()
    return options.times, options.seed


class Moments:
    """When to kill: at random while the work lasts, which changes with the load of the machine."""

    def __init__(self, chance: random.Random, seconds: float) -> None:
        self._chance, self.seconds, self._last = chance, seconds, seconds

    def next(self) -> float:
        """Return after how many seconds to kill next."""
        self._last = self._chance.uniform(0, self.seconds)
        return self._last

    def note(self, was_hit: bool) -> None:
        """Note whether the work still lasted then."""
        if not was_hit:
            self.seconds = self._last
        elif self._last > 0.8 * self.seconds:
            self.seconds *= 1.25


def forked(work: Callable[[], None]) -> int:
    """Begin ``work`` in a process of its own; return its number."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    status = 1
    with suppress(BaseException):
        try:
            with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
                work()
            status = 0
        except BaseException:
            traceback.print_exc(limit=-3)
    os._exit(status)


def done(work: Callable[[], None]) -> bool:
    """Do ``work`` in a process of its own; return whether it ended well."""
    return os.waitpid(forked(work), 0)[1] == 0


def killed(work: Callable[[], None], after: float) -> bool:
    """Kill ``work`` after so many seconds; return whether it was still at it."""

    def quietly() -> None:
        # The child that reads texts says that its parent is gone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        work()

    process = forked(quietly)
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def save() -> None:
    """Save some texts as an editor does."""
    for translation in ArticleTranslation.objects.order_by("?")[:20]:
        number = translation.revision_number + 1
        sections = translation.texts() | {"other": f"Change {number}: `0x{number:08X}`."}
        save_translation(
            article=translation.article, language=translation.language, texts=sections,
            author=None, origin=Revision.Origin.EDITOR,
        )  # fmt: skip


def import_documents() -> None:
    """Import documents that have changed since."""
    folder = FOLDER / "documents"
    folder.mkdir(exist_ok=True)
    for path in sorted((ROOT / "fixtures").glob("*.md")):
        header, body = path.read_text("utf-8").split("\n---\n", 1)
        words = f" Variant {time.time_ns()}."
        lines = [
            f"{line}{words}" if len(line) > 60 and line[0].isalpha() else line
            for line in body.splitlines()
        ]
        (folder / path.name).write_text("\n".join([header, "---", *lines]), "utf-8")
    call_command("import_docs", *map(str, sorted(folder.glob("*.md"))), verbosity=0)


def rebuild() -> None:
    """Derive all texts anew."""
    call_command("rebuild_derived", verbosity=0)


def back_up() -> None:
    """Write a backup; those of before are thrown away, but for what a kill has left."""
    (FOLDER / "a.backup").unlink(missing_ok=True)
    call_command("backup", str(FOLDER / "a.backup"), verbosity=0)


def migrate(name: str = "migrated.sqlite3") -> None:
    """Migrate another database: an empty one, that of an earlier release, or what a kill left."""
    connection.close()
    connection.settings_dict["NAME"] = str(FOLDER / name)
    call_command("migrate", verbosity=0)
    connection.close()


OPERATIONS: dict[str, Callable[[], None]] = {
    "save": save,
    "import": import_documents,
    "rebuild": rebuild,
    "backup": back_up,
    "migrate": migrate,
}


def waited_for_processor() -> float:
    """Return for how many seconds this thread could have run and had no processor; 0 elsewhere."""
    schedule = Path("/proc/thread-self/schedstat")  # proc(5): run, waited, slices; in nanoseconds
    return int(schedule.read_text().split()[1]) / 1e9 if schedule.exists() else 0.0


def nothing_is_half_written() -> None:
    """Look at everything that is stored.

    Raise ``AssertionError``: something is not as it should be. Raise ``CommandError``: the index
    differs from the texts.
    """
    began, worked, delayed = time.monotonic(), time.process_time(), waited_for_processor()
    answer = Client(SERVER_NAME="localhost").get("/fr/")
    assert answer.status_code == 200, answer.status_code
    worked, delayed = time.process_time() - worked, waited_for_processor() - delayed
    waited = time.monotonic() - began - worked - delayed
    assert worked < WORK, f"the first page is dear: {worked:.1f} s"
    assert waited < PATIENCE, f"the first page waits: {waited:.1f} s, {delayed:.1f} for a processor"
    with connection.cursor() as cursor:
        for pragma, well in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            cursor.execute(f"PRAGMA {pragma}")
            found = cursor.fetchall()
            assert found == well, found
    for translation in ArticleTranslation.objects.select_related("rendered"):
        numbers = list(translation.revisions.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, translation.revision_number + 1)), (translation.pk, numbers)
        newest = translation.revisions.get(number=translation.revision_number)
        assert newest.texts() == translation.texts(), f"text {translation.pk} has no revision"
    entries = SourceEntry.objects.filter(article__isnull=True).count()
    assert not entries, f"{entries} entries without an article"
    call_command("check_index", verbosity=0)
    if (FOLDER / "a.backup").exists():
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            unpack(FOLDER / "a.backup", Path(folder))


def schema(path: Path) -> list[str]:
    """Return the statements that make the tables, and the migrations that were applied."""
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
        tables = [f"{kind} {name} {sql}" for kind, name, sql in rows]
        applied = database.execute("SELECT app || name FROM django_migrations ORDER BY 1")
        return tables + [str(name) for (name,) in applied]


def check_migration(reference: list[str]) -> bool:
    """Return whether a migration that was killed goes on to the same tables."""
    path = FOLDER / "migrated.sqlite3"
    is_well = done(migrate) and schema(path) == reference
    for one in FOLDER.glob("migrated.sqlite3*"):
        one.unlink(missing_ok=True)
    return is_well


@contextmanager
def without_transactions() -> Iterator[None]:
    """Take the transaction from a save, and a moment between text and revision (a control)."""

    class Nothing:
        def __init__(self, *_where: object, **_how: object) -> None: ...

        def __enter__(self) -> None:
            return None

        def __exit__(self, *_error: object) -> None:
            return None

    revision = texts._revision

    def later(*arguments: object) -> object:
        time.sleep(0.01)
        return revision(*arguments)  # type: ignore[arg-type]  # as it was called

    patch = mock.patch.object(transaction, "atomic", Nothing)
    with patch, mock.patch.object(texts, "_revision", later):
        yield


def control_of_saves(chance: random.Random, duration: float) -> bool:
    """Return whether saves without a transaction are noticed, of 40 kills while they run."""

    def work() -> None:
        with without_transactions():
            save()

    moments = Moments(chance, duration)
    for _ in range(40):
        was_hit = killed(work, moments.next())
        moments.note(was_hit)
        if was_hit and not done(nothing_is_half_written):
            return True
    return False


def control_of_copies() -> bool:
    """Return whether a copy by ``cp`` of a database in use lacks what was committed before it.

    Somebody reads it meanwhile: SQLite writes nothing back from its log that is newer than what
    they read.
    """
    name, counted = settings.DATABASES["default"]["NAME"], f"SELECT count(*) FROM {REVISIONS}"

    def work() -> None:
        with closing(sqlite3.connect(name)) as reader:
            reader.execute("BEGIN")
            before = reader.execute(counted).fetchone()[0]
            save()
            committed = Revision.objects.count()
            assert committed > before
            shutil.copy(name, FOLDER / "cp.sqlite3")
        with closing(sqlite3.connect(FOLDER / "cp.sqlite3")) as copy:
            copied = copy.execute(counted).fetchone()[0]
        print(f"cp: {copied} of {committed} revisions", file=sys.stderr)
        assert copied < committed

    return done(work)


def left_behind() -> list[str]:
    """Return what backups that were killed left, after one that nobody disturbed."""
    if not done(back_up):
        return ["no backup"]
    return [one.name for pattern in (".backup-*", "*.part") for one in FOLDER.glob(pattern)]


def prepare() -> list[str]:
    """Make the portal, and the tables that every migration has to come to."""
    portal_server.prepare(FOLDER)
    if not done(lambda: migrate("reference.sqlite3")):
        raise SystemExit("The first migration failed")
    return schema(FOLDER / "reference.sqlite3")


def main(times: int = 25, seed: int = 1) -> int:
    """Kill what writes ``times`` times; return 1 where something was wrong."""
    chance = random.Random(seed)
    wrong: list[str] = []
    try:
        reference = prepare()
        moments = {}
        for name, work in OPERATIONS.items():
            began = time.monotonic()
            assert done(work), f"{name} fails by itself"
            moments[name] = Moments(chance, time.monotonic() - began)
        assert done(nothing_is_half_written), "something is wrong before the first kill"
        hit = 0
        for number in range(times):
            name = list(OPERATIONS)[number % len(OPERATIONS)]
            moment = moments[name].next()
            if name == "migrate":
                for one in FOLDER.glob("migrated.sqlite3*"):
                    one.unlink(missing_ok=True)
                if number % 2:
                    older = sorted((ROOT / "tests" / "infra" / "releases").glob("*.xz"))[-1]
                    content = lzma.decompress(older.read_bytes())
                    (FOLDER / "migrated.sqlite3").write_bytes(content)
            was_hit = killed(OPERATIONS[name], moment)
            moments[name].note(was_hit)
            hit += was_hit
            is_well = (
                check_migration(reference) if name == "migrate" else done(nothing_is_half_written)
            )
            if not is_well:
                wrong.append(f"{name} killed after {moment:.3f} s")
        if left := left_behind():
            wrong.append(f"after the next backup there is still {', '.join(left)}")
        print(f"{times} kills, {hit} of them in time: {len(wrong)} left something wrong")
        controls = {
            "a save without its transaction is noticed": control_of_saves(
                chance, moments["save"].seconds
            ),
            "a copy by cp lacks what was committed": control_of_copies(),
        }
        for words, is_noticed in controls.items():
            print(f"{'kept  ' if is_noticed else 'BROKEN'} (control) {words}")
            if not is_noticed:
                wrong.append(words)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    print("\n".join(wrong) or "nothing was lost or half written")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*asked(__doc__, times=25)))
