"""Imports by the API: started, watched, reported, taken back; who may, and what is noted."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from tests.integrations.api.test_writing import BASE, Program
from tests.people import person
from tests.web.content import BILINGUAL
from troubleshooting.api import imports
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, AuditEntry, ImportRun, Source
from troubleshooting.tokens.issuing import issue

pytestmark = pytest.mark.usefixtures("portal")
TEXT = """# Printers

## Paper jam

The message "Paper jam 4711" is shown.

### Resolution

1.  Open the tray.
2.  Pull.
"""
DOCUMENT = {"name": "printers.md", "text": TEXT}


@pytest.fixture
def program(client, settings, tmp_path) -> Program:
    settings.DATA_DIR = tmp_path
    return Program(client, "reviewer", "read", "import")


def archive(**files: str) -> str:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{name}.md", text)
    return base64.b64encode(made.getvalue()).decode()


def test_an_import_from_its_rehearsal_to_its_end(program):
    sent = {"files": [DOCUMENT], "language": "en", "rehearsal": True}
    begun = program("POST", "imports/", sent)
    assert (begun.status_code, begun.json()["state"]) == (202, "waiting")
    place = f"imports/{begun.json()['number']}/"
    assert begun.headers["Location"] == f"/api/v1/{place}"
    work_off()
    watched = program("GET", place).json()
    assert (watched["state"], watched["counts"], watched["files"]) == (
        "done", {"created": 1}, ["printers.md"],
    )  # fmt: skip
    assert not Article.objects.filter(slug="paper-jam").exists()
    report = program("GET", f"{place}documents/").json()
    assert report["items"][0]["articles"][0]["title"] == "Paper jam"
    done = program("POST", f"{place}act/", {"act": "confirm"}).json()
    assert done["number"] != begun.json()["number"]
    assert program("POST", f"{place}act/", {"act": "confirm"}).status_code == 409
    work_off()
    article = Article.objects.get(slug="paper-jam")
    place = f"imports/{done['number']}/"
    assert program("POST", f"{place}act/", {"act": "cancel"}).status_code == 409
    assert program("POST", f"{place}act/", {"act": "undo"}).status_code == 202
    assert program("POST", f"{place}act/", {"act": "undo"}).status_code == 409
    work_off()
    assert program("GET", place).json()["state"] == "undone"
    assert not Article.objects.filter(pk=article.pk).exists()
    listed = program("GET", "imports/?limit=1").json()
    assert [one["number"] for one in listed["items"]] == [done["number"]]
    rest = program("GET", f"imports/?cursor={listed['next']}").json()
    assert [one["number"] for one in rest["items"]] == [begun.json()["number"]]


def test_a_source_is_imported_once_at_a_time(program, tmp_path):
    folder = tmp_path / "secret-place"
    folder.mkdir()
    (folder / "printers.md").write_text(TEXT)
    Source.objects.create(slug="office", name="Office", location=str(folder))
    assert [one["slug"] for one in program("GET", "sources/").json()] == ["office"]
    begun = program("POST", "sources/office/imports/", {})
    assert begun.status_code == 202
    assert program("POST", "sources/office/imports/", {}).status_code == 409
    work_off()
    watched = program("GET", f"imports/{begun.json()['number']}/")
    assert (watched.json()["state"], watched.json()["source"]) == ("done", "office")
    assert b"secret-place" not in watched.content + program("GET", "sources/").content
    assert program("POST", "sources/none/imports/", {}).status_code == 404


#: As clumsy integrators and attackers send it.
UPLOADS: list[tuple[str, object, int]] = [
    ("an archive", {"files": [{"name": "a.zip", "base64": archive(printers=TEXT)}]}, 202),
    ("accents", {"files": [{**DOCUMENT, "name": "Résolution des problèmes (1).md"}]}, 202),
    ("an ending in capitals", {"files": [{**DOCUMENT, "name": "A.MD"}]}, 202),
    ("no archive at all", {"files": [{"name": "a.zip", "base64": "AAAA"}]}, 202),
    ("nothing in it", {"files": [{**DOCUMENT, "text": ""}]}, 202),
    ("no file", {"files": []}, 422),
    ("one file without its list", {"files": DOCUMENT}, 422),
    ("a path", {"files": [{**DOCUMENT, "name": "../../evil.md"}]}, 422),
    ("a path of Windows", {"files": [{**DOCUMENT, "name": "..\\evil.md"}]}, 422),
    ("a hidden file", {"files": [{**DOCUMENT, "name": ".md"}]}, 422),
    ("a name with a line feed", {"files": [{**DOCUMENT, "name": "a\n.md"}]}, 422),
    ("a line feed at the end", {"files": [{**DOCUMENT, "name": "a.md\n"}]}, 422),
    ("a name too long", {"files": [{**DOCUMENT, "name": "é" * 300 + ".md"}]}, 422),
    ("another kind", {"files": [{**DOCUMENT, "name": "a.html"}]}, 422),
    ("Markdown called an archive", {"files": [{**DOCUMENT, "name": "a.zip"}]}, 422),
    ("Base64 for addresses", {"files": [{"name": "a.zip", "base64": "-_-_"}]}, 422),
    ("Base64 in lines", {"files": [{"name": "a.zip", "base64": "AAAA\nAAAA"}]}, 422),
    ("one name twice", {"files": [DOCUMENT, {**DOCUMENT, "name": "Printers.md"}]}, 409),
    ("too many", {"files": [{**DOCUMENT, "name": f"{n}.md"} for n in range(51)]}, 422),
    ("another language", {"files": [DOCUMENT], "language": "xx"}, 422),
    ("a rehearsal by 1", {"files": [DOCUMENT], "rehearsal": 1}, 422),
    ("a wish that is unknown", {"files": [DOCUMENT], "dry_run": True}, 422),
    ("NUL", {"files": [{**DOCUMENT, "text": "a\0"}]}, 422),
    ("half a sign", {"files": [{**DOCUMENT, "text": "\ud800"}]}, 422),
]


def test_every_upload_is_imported_or_refused(program):
    for what, sent, status in UPLOADS:
        answer = program("POST", "imports/", sent)
        assert answer.status_code == status, (what, answer.content)
    work_off()
    assert not ImportRun.objects.filter(finished=None).exists()
    assert set(ImportRun.objects.values_list("error", flat=True)) == {""}


def test_uploads_that_wait_are_bounded(program, monkeypatch):
    monkeypatch.setattr(imports, "MOST_WAITING", 1)
    assert program("POST", "imports/", {"files": [DOCUMENT]}).status_code == 202
    assert program("POST", "imports/", {"files": [DOCUMENT]}).status_code == 429


@pytest.mark.parametrize(
    ("role", "scopes", "given"),
    [
        ("reader", ("read", "import"), {"read"}),
        ("staff", ("read", "import"), {"read"}),
        ("author", ("read", "import"), {"read"}),
        ("reviewer", ("read", "write"), {"read", "write"}),
    ],
)
def test_who_may_not_import(client, role: str, scopes: tuple, given: set):
    row = issue(person(role), "x", scopes, 1)
    assert set(row.row.scopes) == given
    header = {"authorization": f"Bearer {row.secret}"}
    for method, address in (("get", "imports/"), ("post", "imports/"), ("get", "sources/")):
        answer = client.generic(
            method, f"{BASE}{address}", b"{}", "application/json", headers=header
        )
        assert answer.status_code == 403


def test_a_token_ends_where_the_rights_of_its_owner_end(program):
    owner = ImportRun._meta.get_field("user").remote_field.model.objects.get(username="reviewer")
    owner.groups.clear()
    for address in ("imports/", "imports/1/", "imports/1/documents/", "sources/"):
        assert program("GET", address).status_code == 403
    assert program("POST", "imports/", {"files": [DOCUMENT]}).status_code == 403


def test_what_programs_change_is_noted_with_their_token(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    program = Program(client, "reviewer", "read", "write", "import")
    number = Article.objects.get(slug=BILINGUAL).pk
    text = f"articles/{number}/texts/en/"
    asked = [
        ("POST", "articles/", {"language": "en", "title": "New"}, {}),
        ("PATCH", f"articles/{number}/", {"kind": "advice", "platforms": []}, {}),
        ("PATCH", f"articles/{number}/", {"kind": "advice"}, {}),
        ("PUT", text, {"title": "Now"}, {"if_match": "*"}),
        ("POST", f"{text}revisions/1/restore/", None, {"if_match": "*"}),
        ("POST", f"articles/{number}/status/", {"transition": "archive"}, {}),
        ("POST", "platforms/", {"slug": "phone", "name": "Phone"}, {}),
        ("PUT", "platforms/phone/", {"slug": "phone", "name": "Phones"}, {}),
        ("POST", "imports/", {"files": [DOCUMENT]}, {}),
        ("PUT", text, {"title": "Refused"}, {"if_match": '"r1"'}),
    ]
    for method, address, body, headers in asked:
        program(method, address, body, **headers)
    noted = AuditEntry.objects.order_by("pk")
    means = f"API: reviewer ({program.secret[:10]}…)"
    assert all(entry.detail.endswith(means) for entry in noted)
    assert [(entry.act, entry.kind) for entry in noted] == [
        ("added", "article"),
        ("changed", "article"),
        ("changed", "article"),
        ("restored", "article"),
        ("status", "article"),
        ("added", "platform"),
        ("changed", "platform"),
        ("added", "importrun"),
    ]
    changed = noted[1]
    assert (set(changed.before), changed.after["kind"]) == ({"kind", "platforms"}, "advice")
    assert "r2" in noted[2].detail
    assert noted[6].after == {"name": "Phones"}
