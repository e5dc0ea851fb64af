"""The worker lets readers go first."""

import pytest

from troubleshooting.management.commands import worker


@pytest.mark.parametrize(
    ("started_at", "runs_at"), [(0, 10), (4, 10), (10, 10), (19, 19), (-5, 10)]
)
def test_it_stands_back_once(monkeypatch, started_at: int, runs_at: int):
    held = [started_at]

    def nice(step: int) -> int:
        held.append(held[-1] + step)
        return held[-1]

    monkeypatch.setattr(worker.os, "nice", nice)
    worker.stand_back()
    assert held[-1] == runs_at


@pytest.mark.parametrize(("options", "is_back"), [([], True), (["--once"], False)])
@pytest.mark.django_db
def test_only_the_worker_that_stays_does(monkeypatch, options: list[str], is_back: bool):
    done: list[str] = []
    monkeypatch.setattr(worker, "stand_back", lambda: done.append("back"))
    monkeypatch.setattr(worker.JobWorker, "run", lambda self: done.append("run"))
    worker.Command().handle(once="--once" in options, with_parent=False)
    assert done == (["back", "run"] if is_back else [])
