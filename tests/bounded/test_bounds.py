"""The process that reads texts: what it may take, what becomes of it, how it talks."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.utils.translation import override

from troubleshooting.editing.refusals import refusal
from troubleshooting.texts.bounded import (
    Limits,
    UnrenderableText,
    in_batches,
    read_articles,
    structure_article,
    structure_articles,
)
from troubleshooting.texts.bounded import limits as bounds
from troubleshooting.texts.bounded.pool import Pool
from troubleshooting.texts.bounded.texts import BATCH
from troubleshooting.texts.docfx import DocumentError
from troubleshooting.texts.rendering import Link
from troubleshooting.texts.sections import TEXTS
from troubleshooting.texts.structure import structure_article as unbounded

ROOT = Path(__file__).resolve().parents[2]
ORDINARY = {
    "title": "A device is stuck",
    "problem": "The error **Device cap reached** and the code 0x80070032 appear.",
    "resolution": "1.  Open [the guide](guide.md).\n2.  Restart.",
}
SLOW = "> a\n\n" * 20_000
# As much as a process may have that has just started, and enough for an ordinary text.
LITTLE = Limits(seconds=20, memory=16 * 1024 * 1024)
QUICK = Limits(seconds=0.2)
AMPLE = Limits(seconds=20)


@pytest.fixture
def pool():
    """A pool of one process."""
    pool = Pool(size=1)
    yield pool
    pool.close()


def sections(pool: Pool, limits: Limits = AMPLE, **texts: str) -> dict[str, str]:
    return pool.call("canonical_sections", texts, limits=limits)


def structure(pool: Pool, text: str, limits: Limits = AMPLE, **answers):
    answers = {"link": lambda href: None, "image": lambda source: None, **answers}
    return pool.call("structure", {"other": text}, "en", limits=limits, answers=answers)


def test_what_is_recognised_is_the_same():
    def link(href: str) -> Link:
        return Link(f"/{href}", external=False)

    assert structure_article(ORDINARY, "en", link, limits=AMPLE) == unbounded(ORDINARY, "en", link)


def test_one_process_serves_all(pool: Pool):
    first = sections(pool, problem="* a")
    (worker,) = pool._idle
    assert sections(pool, problem="* a") == first == {"problem": "-   a"}
    assert pool._idle == [worker]


@pytest.mark.parametrize(
    ("text", "limits", "reason"),
    [
        pytest.param(SLOW, QUICK, "too_slow", id="time"),
        pytest.param("> a\n\n" * 60_000, LITTLE, "too_large", id="memory"),
        pytest.param("> " * 500 + "a", AMPLE, "too_deep", id="blocks"),
        pytest.param("<div>" * 500 + "a", AMPLE, "too_deep", id="elements"),
    ],
)
def test_a_text_beyond_a_bound_is_refused_by_name(pool: Pool, monkeypatch, text, limits, reason):
    monkeypatch.setattr(bounds, "PATIENCE", 1_000)  # by the clock of a busy machine it is not now
    structure(pool, "The process has started and has read what it needs.")
    with pytest.raises(UnrenderableText) as caught:
        structure(pool, text, limits)
    assert (caught.value.field, caught.value.reason) == ("other", reason)
    assert sections(pool, problem="* a") == {"problem": "-   a"}


def test_the_section_that_is_too_dense_is_named(pool: Pool):
    with pytest.raises(UnrenderableText) as caught:
        sections(pool, problem="fine", cause="[" * 5_000)
    assert (caught.value.field, caught.value.reason) == ("cause", "too_intricate")


def test_a_process_that_ends_by_itself_is_replaced(pool: Pool):
    sections(pool, problem="a")
    pool._idle[0].process.kill()
    pool._idle[0].process.wait()
    assert sections(pool, problem="* a") == {"problem": "-   a"}


def test_a_process_that_ends_while_it_reads_refuses_the_text(pool: Pool):
    def kill(href: str) -> None:
        worker.process.kill()
        worker.process.wait()

    sections(pool, problem="a")
    (worker,) = pool._idle
    with pytest.raises(UnrenderableText) as caught:
        structure(pool, "[a](b.md)", link=kill)
    assert caught.value.reason == "crash"


def test_a_busy_machine_is_not_blamed_on_the_text(pool: Pool):
    """Its answer takes as long as the clock allows: the processor time is hardly touched."""

    def wait(href: str) -> None:
        worker.process.wait(timeout=60)

    sections(pool, problem="a")
    (worker,) = pool._idle
    with pytest.raises(UnrenderableText) as caught:
        structure(pool, "[a](b.md)", QUICK, link=wait)
    assert (caught.value.field, caught.value.reason) == ("other", "busy")
    with override("en"):
        assert "too busy" in refusal(caught.value)


def test_a_question_is_asked_once(pool: Pool):
    asked = []
    found = structure(pool, "[a](b.md) [c](b.md) [d](e.md)", link=asked.append)
    assert asked == ["b.md", "e.md"]
    assert found.html["other"] == "<p>a c d</p>"


def test_what_an_answer_raises_reaches_the_caller(pool: Pool):
    with pytest.raises(ZeroDivisionError):
        structure(pool, "[a](b.md)", link=lambda href: 1 / 0)
    assert sections(pool, problem="* a") == {"problem": "-   a"}


def test_an_error_of_a_document_is_what_it_was(pool: Pool):
    with pytest.raises(DocumentError) as caught:
        pool.call("document", b"\xff", "a.md", None, ["en"], limits=AMPLE, answers={})
    assert (caught.value.code, caught.value.line) == ("not_utf8", 1)


def test_a_fault_of_ours_is_logged_and_refused(pool: Pool, caplog):
    with pytest.raises(UnrenderableText) as caught:
        pool.call("canonical_sections", {"problem": None}, limits=AMPLE)
    assert (caught.value.field, caught.value.reason) == ("problem", "crash")
    assert "AttributeError" in caplog.text


def test_threads_take_turns(pool: Pool):
    found: list[dict[str, str]] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(sections(pool, problem=f"* {n}")))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each["problem"] for each in found) == [f"-   {n}" for n in range(8)]
    assert len(pool._idle) == 1


FORK = """
import os, sys
from troubleshooting.texts.bounded import canonical_sections
from troubleshooting.texts.bounded.texts import pool

canonical_sections({"problem": "* a"})
before = pool._idle[0].process.pid
child = os.fork()
own = canonical_sections({"problem": "* b"}) == {"problem": "-   b"}
other = pool._idle[0].process.pid != before
if not child:
    os._exit(0 if own and other else 1)
_, status = os.waitpid(child, 0)
again = canonical_sections({"problem": "* c"}) == {"problem": "-   c"}
sys.exit(0 if status == 0 and own and not other and again else 1)
"""

ORPHAN = """
import os, sys
from troubleshooting.texts.bounded import canonical_sections
from troubleshooting.texts.bounded.texts import pool

canonical_sections({"problem": "* a"})
assert pool._idle[0].is_alive
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_after_a_fork_each_has_processes_of_its_own():
    done = subprocess.run([sys.executable, "-c", FORK], cwd=ROOT, timeout=120)
    assert done.returncode == 0


def test_a_process_ends_with_its_parent():
    # The child has its parent's standard error, so that this ends only when both are gone.
    subprocess.run(
        [sys.executable, "-c", ORPHAN], cwd=ROOT, timeout=120, stderr=subprocess.PIPE, check=True
    )


def test_nothing_is_left_open(pool: Pool, recwarn):
    sections(pool, problem="a")
    pool.close()
    gc.collect()
    assert not [warning for warning in recwarn if warning.category is ResourceWarning]


def test_texts_that_are_read_together_are_read_as_each_alone():
    texts = [dict.fromkeys(TEXTS, "") | ORDINARY, dict.fromkeys(TEXTS, "") | {"other": "* a"}]

    def link(href: str) -> Link:
        return Link(f"/{href}", external=False)

    def nowhere(href: str) -> None:
        return None

    read = read_articles(texts, "en", link, limits=AMPLE)
    forms = [form for form, _ in read]
    assert [form["other"] for form in forms] == ["", "-   a"]
    assert [held for _, held in read] == [unbounded(form, "en", link) for form in forms]
    two = [(forms[0], "en"), (forms[0], "fr")]
    assert structure_articles(two, [link, nowhere], [nowhere] * 2, limits=AMPLE) == [
        unbounded(forms[0], "en", link),
        unbounded(forms[0], "fr", nowhere),
    ]


@pytest.mark.parametrize(
    ("lengths", "batches"),
    [
        ([], []),
        ([BATCH // 2, BATCH // 2, 1], [2, 1]),
        ([BATCH * 2, 1, 1], [1, 2]),
        ([1, BATCH * 2, 1], [1, 1, 1]),
    ],
)
def test_a_batch_is_far_from_the_bounds_of_one_text(lengths, batches):
    found = list(in_batches(lengths, lambda length: {"other": "a" * length}))
    assert [len(batch) for batch in found] == batches
    assert [length for batch in found for length in batch] == lengths
