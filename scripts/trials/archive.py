"""Restores PostgreSQL from a base copy and the archived log, as docs/deploy.md says.

``python -m scripts.trials.archive`` lets a server archive its log by
``deploy/postgresql-archive.conf``, copies it, writes on, deletes everything, kills the server and
recovers to the moment before. It needs Debian's postgresql and ends with 1 where a row is missing.
A control recovers without the log.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.portal_server import ROOT
from scripts.private_postgres import other_account
from scripts.trials.servers import Postgres

SETTINGS = ROOT / "deploy" / "postgresql-archive.conf"
#: Where that file has the log; seconds until a segment is archived or a server has recovered.
PLACE, PATIENCE = "/mnt/copies/wal", 60.0
BEFORE, AFTER = 1_000, 500


def settings(archive: Path) -> str:
    """Return the settings of the document, for an archive in another folder."""
    return SETTINGS.read_text("utf-8").replace(PLACE, str(archive))


def wait_for(server: Postgres, question: str, answer: str) -> bool:
    """Ask until the server answers so; return whether it did in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if server.ask(question) == answer:
                return True
        except subprocess.CalledProcessError:
            pass  # it starts
        time.sleep(0.2)
    return False


def recovered(server: Postgres, archive: Path, moment: str) -> str:
    """Recover a base copy to ``moment``; return how many rows it has, or why it has none."""
    more = f"\nrecovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n"
    server.configure(settings(archive) + more)
    (server.data / "recovery.signal").touch()
    try:
        server.start()
        if not wait_for(server, "SELECT pg_is_in_recovery()", "f"):
            return "it does not end"
        return server.ask("SELECT count(*) FROM saved")
    except subprocess.CalledProcessError:
        return "it does not start"


def main() -> int:
    """Archive, lose and recover; return 1 where a promise is broken."""
    folder = Path(tempfile.mkdtemp(prefix="portal-archive-"))
    folder.chmod(0o755)
    archive, nothing = folder / "wal", folder / "nothing"
    servers = [Postgres(folder / name) for name in ("primary", "copy", "control")]
    primary, copy, control = servers
    for place in (archive, nothing):
        place.mkdir()
        if account := other_account():
            shutil.chown(place, account)
    try:
        primary.make()
        primary.configure(settings(archive))
        primary.start()
        primary.ask(f"CREATE TABLE saved AS SELECT generate_series(1, {BEFORE}) AS number")
        for server in (copy, control):
            server.copy(primary)
        primary.ask(f"INSERT INTO saved SELECT generate_series(1, {AFTER})")
        moment = primary.ask("SELECT clock_timestamp()")
        primary.ask("DELETE FROM saved")
        segment = primary.ask("SELECT pg_walfile_name(pg_switch_wal())")
        is_archived = wait_for(
            primary, f"SELECT last_archived_wal >= '{segment}' FROM pg_stat_archiver", "t"
        )
        primary.kill()
        found, without = (
            recovered(server, place, moment)
            for server, place in ((copy, archive), (control, nothing))
        )
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    wanted = str(BEFORE + AFTER)
    promises = {
        f"the log is archived  [{segment}]": is_archived,
        f"all {wanted} rows of the moment before are there  [{found}]": found == wanted,
        f"(control) without the log they are not  [{without}]": without != wanted,
    }
    for words, is_kept in promises.items():
        print(f"{'kept  ' if is_kept else 'BROKEN'} {words}")
    return int(not all(promises.values()))


if __name__ == "__main__":
    sys.exit(main())
