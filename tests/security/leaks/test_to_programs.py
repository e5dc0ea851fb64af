"""What is not for everyone reaches no program: every operation and every tool is asked.

Like ``test_leaks``, for the API and for assistants, by callers without a token and with tokens of
every kind. A token reads what its owner may, if it has the scope; what editors keep aside (an old
revision, a text that waits or is begun) needs the scope to write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.kept import inserted
from tests.people import person
from tests.search.semantic.conftest import write_model
from tests.security.leaks.hidden import CODES, COMMON, WORDS, hide
from tests.web.content import BILINGUAL, make_portal
from troubleshooting.api.operations import api
from troubleshooting.assistants.tools import TOOLS
from troubleshooting.models import Article
from troubleshooting.search.words.frequencies import frequencies
from troubleshooting.tokens.issuing import issue

pytestmark = pytest.mark.django_db

_OF_EDITORS = {"draft", "in_review", "archived", "staff", "note", "scheduled"}
#: Who asks: role, scopes of the token, the hidden places that it sees.
CALLERS = {
    "nobody": ("", (), set()),
    "a reader's token": ("reader", ("read", "outcomes"), set()),
    "staff, reading": ("staff", ("read",), {"staff", "note"}),
    "staff, reporting alone": ("staff", ("outcomes",), set()),
    "an author, reading": ("author", ("read",), _OF_EDITORS),
    "an author, reporting alone": ("author", ("outcomes",), set()),
    "a reviewer, all": (
        "reviewer",
        ("read", "write", "import", "outcomes"),
        {*_OF_EDITORS, "revision"},
    ),
}
LOG = "\n".join(f"line {COMMON} plafond {code} failed" for code in CODES.values())
QUERIES = [COMMON, f"{COMMON} plafond", "plafond atteint compte", "zyxsta", "0x8A7B000",
           *CODES.values()]  # fmt: skip
#: What operations that change something are sent. A new one has to be added here.
BODIES: dict[str, Any] = {
    "diagnose": {"text": LOG},
    "matchTicket": {"subject": f"{COMMON} plafond", "text": LOG},
    "createArticle": {"title": "Plafond", "language": "fr"},
    "changeArticle": {"audience": "public"},
    "saveText": {"title": "Plafond"},
    "restoreRevision": {},
    "changeStatus": {"transition": "publish"},
    "addPlatform": {"slug": "new", "name": "New"},
    "changePlatform": {"slug": "android", "name": "Android"},
    "importFiles": {"files": [{"name": "a.md", "text": "# A"}], "rehearsal": True},
    "importSource": {"rehearsal": True},
    "changeImport": {"act": "cancel"},
    "reportOutcome": {"verdict": "solved"},
    "reportError": {"comment": "wrong"},
    "reportUse": {},
    "countTickets": {"first": "2026-11-02", "last": "2026-11-08", "closed": 9},
    "reportGap": {"subject": CODES["draft"]},
}
#: What tools are asked; ``article`` is that of each hidden article. A new one has to be added.
ARGUMENTS: dict[str, list[dict[str, Any]]] = {
    "search": [{"query": query} for query in QUERIES],
    "diagnose": [{"log": LOG, "question": f"{COMMON} plafond"}],
    "decode": [{"code": code} for code in CODES.values()],
    "read_article": [{"article": 0}],
    "next_step": [{"article": 0}],
    "report_outcome": [{"article": 0, "verdict": "solved"}],
}


@pytest.fixture
def portal(db, settings, tmp_path):
    frequencies.clear()
    settings.MEDIA_ROOT = tmp_path
    settings.TRANSLATION_ENDPOINT = f"https://{WORDS['machine']}.example/"
    settings.DATA_DIR = tmp_path
    return inserted(0, make_portal)


@cache
def operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = api.get_openapi_schema()["paths"]
    return [(method, path, said) for path, all_ in paths.items() for method, said in all_.items()]


def hidden_numbers() -> list[int]:
    return list(Article.objects.filter(slug__startswith="cache-").values_list("pk", flat=True))


def addresses(path: str, said: dict[str, Any], numbers: list[int]) -> Iterator[str]:
    """Yield the addresses of an operation with all that its parts and its query may be."""
    values: dict[str, list[Any]] = {
        "number": numbers,
        "slug": ["android"] if "platforms" in path else [*_slugs(numbers), BILINGUAL],
        "language": ["fr"],
        "revision": [1, 2],
    }
    found = [path]
    for name in re.findall(r"\{(\w+)\}", path):
        found = [one.replace(f"{{{name}}}", str(v)) for one in found for v in values[name]]
    names = {one["name"] for one in said.get("parameters", ()) if one["in"] == "query"}
    for address in found:
        if "q" in names:
            yield from (f"{address}?q={query}&language=fr" for query in QUERIES)
        elif "code" in names:
            yield from (f"{address}?code={code}&language=fr" for code in CODES.values())
        yield f"{address}?language=fr&limit=100" if "limit" in names else f"{address}?language=fr"


def _slugs(numbers: list[int]) -> list[str]:
    return [*Article.objects.filter(pk__in=numbers).values_list("slug", flat=True), "cache-500"]


def ask_api(client: Client, headers: dict[str, str], numbers: list[int]) -> Iterator[tuple]:
    """Yield what every operation is asked and what it answers, reading ones first."""
    for method, path, said in sorted(operations(), key=lambda one: one[0] != "get"):
        name = said["operationId"]
        assert method == "get" or name in BODIES, f"Say in BODIES what {name} is sent."
        body = json.dumps(BODIES.get(name, {})).encode() if method != "get" else b""
        for address in addresses(path, said, numbers):
            answer = client.generic(method, address, body, "application/json", headers=headers)
            yield f"{method} {address}", answer.status_code, answer.content.decode()


def ask_tools(client: Client, headers: dict[str, str], numbers: list[int]) -> Iterator[tuple]:
    """Yield what every tool is asked and what it answers."""
    for name in TOOLS:
        assert name in ARGUMENTS, f"Say in ARGUMENTS what {name} is asked."
        for given in ARGUMENTS[name]:
            for number in numbers if "article" in given else [0]:
                arguments = {**given, "language": "fr"}
                if number:
                    arguments["article"] = number
                call = {"name": name, "arguments": arguments}
                sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
                answer = client.post("/mcp", sent, "application/json", headers=headers)
                yield f"{name} {arguments}", answer.status_code, answer.content.decode()


def headers_of(role: str, scopes: tuple[str, ...]) -> dict[str, str]:
    if not role:
        return {}
    return {"authorization": f"Bearer {issue(person(role), 'test', scopes, 1).secret}"}


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.usefixtures("portal")
def test_programs_are_shown_what_is_theirs(client, caller: str):
    role, scopes, sees = CALLERS[caller]
    hide()
    headers = headers_of(role, scopes)
    numbers = [*hidden_numbers(), Article.objects.get(slug=BILINGUAL).pk]
    # Assistants are told what articles say to readers, not what editors note.
    for ask, expected in ((ask_tools, sees - {"revision", "note"}), (ask_api, sees)):
        found: dict[str, str] = {}
        for asked, _status, text in ask(client, headers, numbers):
            for place, word in WORDS.items():
                if word in text.casefold() and word not in asked:
                    found.setdefault(place, asked)
        assert set(found) == expected, found


@pytest.fixture
def semantic_model_of_hidden_words(tmp_path, settings):
    """A model to which what is hidden means what is asked for."""
    words = [COMMON, "plafond", "compte", "atteint", *WORDS.values()]
    settings.SEMANTIC_MODEL = write_model(tmp_path / "model", (" ".join(words), "android"))


@pytest.mark.parametrize("caller", ["nobody", "a reader's token", "nobody, by meaning"])
@pytest.mark.usefixtures("portal")
def test_no_program_can_tell_that_something_is_hidden(client, request, caller: str):
    """Hidden articles are answered as those that are not there, and change no other answer."""
    if caller.endswith("by meaning"):
        request.getfixturevalue("semantic_model_of_hidden_words")
        call_command("rebuild_derived", "--vectors", verbosity=0)
    role, scopes, _sees = CALLERS[caller.partition(", by")[0]]
    headers = headers_of(role, scopes)
    before = {}
    for ask in (ask_api, ask_tools):
        before |= {unnumbered(asked): said for asked, *said in ask(client, headers, [900_001])}
    hide(in_public=False)
    frequencies.clear()
    for ask in (ask_api, ask_tools):
        for asked, status, text in ask(client, headers, hidden_numbers()):
            then, said = before[unnumbered(asked)]
            assert (status, untimed(text)) == (then, untimed(said)), asked


def unnumbered(asked: str) -> str:
    """Return what was asked, without which article it was asked of."""
    return re.sub(r"(articles/|imports/|'article': )\d+|cache-\d+", r"\1N", asked)


def untimed(text: str) -> str:
    """Return an answer without how long it took, and without the number that was asked."""
    return re.sub(r'"elapsed[^,}]*|(?<=no article )\d+', "", text)
