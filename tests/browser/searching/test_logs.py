"""Log files are read in the browser: what was found, in which order, and what cannot be read."""

import io
import re
import struct
import zipfile
import zlib

import pytest
from playwright.sync_api import expect

from tests.kept import copied
from tests.web.content import BILINGUAL, CODE, FRENCH_ONLY, make_portal, write
from troubleshooting.models import Article

LOG = f"""2024-05-31 10:00:00 INFO begin
2024-05-31 10:00:05 ERROR failed with 0x80180014
2024-05-31 10:00:06 ERROR it says {CODE}
2024-05-31 10:00:09 ERROR it says {CODE}
"""


@pytest.fixture
def logs_page(page, live_server, transactional_db):
    copied(make_portal)
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/en/logs/")
    yield page
    assert set(sent) == {"GET"}, "nothing of a file leaves the browser"


def choose(page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#log-files", file)


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.log", content)
    return held.getvalue()


def cabinet(name: str, content: bytes) -> bytes:
    """Return a cabinet of one file in blocks of MSZIP ([MS-CAB], [MS-MCI])."""
    blocks, before = [], b""
    for start in range(0, len(content), 32_768):
        block = content[start : start + 32_768]
        packer = (
            zlib.compressobj(wbits=-15, zdict=before) if before else zlib.compressobj(wbits=-15)
        )
        packed = b"CK" + packer.compress(block) + packer.flush()
        blocks.append(struct.pack("<LHH", 0, len(packed), len(block)) + packed)
        before = block
    file = struct.pack("<LLHHHH", len(content), 0, 0, 0, 0, 0) + name.encode() + b"\0"
    files_at = 36 + 8
    folder = struct.pack("<LHH", files_at + len(file), len(blocks), 1)
    data = b"".join(blocks)
    size = files_at + len(file) + len(data)
    head = struct.pack("<4sLLLLLBBHHHHH", b"MSCF", 0, size, 0, files_at, 0, 3, 1, 1, 1, 0, 0, 0)
    return head + folder + file + data


def test_a_log_becomes_articles_and_a_timeline(logs_page):
    choose(logs_page, "a.log", LOG.encode("utf-16"))
    card = logs_page.locator(".log-results .hit")
    expect(card).to_have_count(1)
    expect(card.get_by_role("link").first).to_have_attribute(
        "href", re.compile(f"/en/articles/{BILINGUAL}/$")
    )
    events = logs_page.locator(".log-event")
    expect(events).to_have_count(2)
    expect(events.first).to_contain_text("First entry")
    expect(events.first.locator("mark")).to_have_text("0x80180014")
    expect(events.last).to_contain_text("2 times, until 10:00:09")
    expect(events.last).to_contain_text("a.log, line 3")
    expect(events.last.get_by_role("link", name="Resolution 1, step 1")).to_be_visible()
    card.locator(".tags .code-chip").click()
    expect(events.last).to_be_in_viewport()


def test_what_is_to_be_fixed_first_is_said_where_a_cause_names_it(logs_page):
    problem, step = "It says 0x80180014.", "1.  Wait for 0x80180014.\n"
    other = Article.objects.get(slug=FRENCH_ONLY)
    write(other, "en", "Refused", problem=problem, resolution=step)
    limit = Article.objects.get(slug=BILINGUAL)
    write(limit, "en", "Limit", problem=f"It says {CODE}.", cause="It follows 0x80180014.")
    choose(logs_page, "a.log", LOG.encode())
    expect(logs_page.locator(".log-first")).to_have_text(
        re.compile(rf"Fix this first: 0x80180014\s+Refused\s*Resolution 1, step 1.*{CODE}", re.S)
    )
    expect(logs_page.locator(".log-event").last).to_contain_text("Follows from 0x80180014")


@pytest.mark.parametrize("pack", [zipped, cabinet], ids=["zip", "cab"])
def test_archives_are_read(logs_page, pack):
    content = b"filler line\n" * 20_000 + LOG.encode()
    packed = zipped(a=content) if pack is zipped else cabinet("a.log", content)
    choose(logs_page, "logs.bin", packed)
    expect(logs_page.locator(".log-event")).to_have_count(2)
    expect(logs_page.locator(".log-event").first).to_contain_text("logs.bin › a.log, line 20,002")


@pytest.mark.parametrize("name", ["cut.zip", "empty.cab", "noise.log"])
def test_where_nothing_could_be_read_nothing_is_said_of_what_was_found(logs_page, name):
    content = {
        "cut.zip": zipped(a=LOG.encode() * 99)[:99],
        "empty.cab": b"MSCF" + bytes(99),
        "noise.log": bytes(range(1, 256)) * 20,
    }
    choose(logs_page, name, content[name])
    expect(logs_page.locator("[data-status]")).to_have_text("No file could be read.")


def test_files_that_could_not_be_read_are_not_counted(logs_page):
    choose(logs_page, "two.zip", zipped(a=LOG.encode(), b=bytes(range(1, 256)) * 20))
    expect(logs_page.locator("[data-status]")).to_contain_text("files read: 1,")
    expect(logs_page.locator(".log-results")).to_contain_text("two.zip › b.log: not a text file.")


def test_what_cannot_be_read_is_said(logs_page):
    choose(logs_page, "system.evtx", b"ElfFile\0" + bytes(100))
    expect(logs_page.locator(".log-results")).to_contain_text("Save it as XML")
    expect(logs_page.get_by_role("status").first).to_be_visible()
