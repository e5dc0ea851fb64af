"""The translation service, asked over HTTP: a server of the tests stands for LibreTranslate."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from django.utils import translation

from tests.people import person
from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from troubleshooting.admin.translating import machine
from troubleshooting.machine_translation import (
    MachineUnit,
    TranslationServiceError,
    asking,
    translate_units,
)
from troubleshooting.machine_translation.wording import FAILURES
from troubleshooting.models import Article, ArticleTranslation, AuditEntry, UnfinishedTranslation
from troubleshooting.operation.health import translation_service
from troubleshooting.texts.translating import Glossary, Term

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def upper(asked: dict) -> dict:
    """A machine that writes in capitals, but leaves what is marked alone as it ought to."""
    return {"translatedText": [_loud(text) for text in asked["q"]]}


def _loud(text: str) -> str:
    pieces = text.replace("<code", "\x00<code").replace("</code>", "</code>\x00").split("\x00")
    return "".join(one if one.startswith("<code") else one.upper() for one in pieces)


class _Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[dict] = []
    #: What is answered: a function of what was asked, or status, headers and body.
    answer: object = staticmethod(upper)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append({"path": self.path, **json.loads(body)})
        answer = type(self).answer
        if callable(answer):
            status, headers, said = 200, {}, json.dumps(answer(json.loads(body))).encode()
        else:
            status, headers, said = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        try:
            for start in range(0, len(said), 65_536):
                self.wfile.write(said[start : start + 65_536])
        except OSError:
            pass  # who asked has gone

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def service(settings):
    """Return the service of the tests, which the setting names."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRANSLATION_ENDPOINT = f"http://127.0.0.1:{server.server_port}/translate"
    settings.TRANSLATION_TOKEN = "key of the portal"
    _Service.asked, _Service.answer = [], staticmethod(upper)
    yield _Service
    server.shutdown()
    server.server_close()


def units(*texts: str) -> dict[str, MachineUnit]:
    return {str(number): MachineUnit(text) for number, text in enumerate(texts)}


def test_units_are_asked_in_one_call_as_the_service_expects(service):
    glossary = Glossary([Term("device", "appareil")])
    found = translate_units(units("Restart the device.", "Run `x`.\n\nStop."), "en", "fr", glossary)
    assert [answer.text for answer in found.values()] == [
        "RESTART THE appareil.",
        "RUN `x`.\n\nSTOP.",
    ]
    assert service.asked == [
        {
            "path": "/translate",
            "q": [
                'Restart the <code translate="no">appareil</code>.',
                'Run <code translate="no">x</code>.',
                "Stop.",
            ],
            "source": "en",
            "target": "fr",
            "format": "html",
            "api_key": "key of the portal",
        }
    ]


def test_what_has_no_words_is_not_sent(service):
    found = translate_units(units("`net use`", "[!SNIPPET words]"), "en", "fr", Glossary([]))
    assert [answer.text for answer in found.values()] == ["`net use`", "[!SNIPPET words]"]
    assert service.asked == []


#: What the service answers, and why nothing is translated.
BAD_ANSWERS = {
    "a key that is refused": ((403, {}, b'{"error": "Invalid key"}'), "not_allowed", "Invalid key"),
    "too many calls": ((429, {}, b'{"error": "Slow\\ndown"}'), "too_often", "Slow down"),
    "a language that it lacks": ((400, {}, b'{"error": "xx is not supported"}'), "not_understood",
                                 "xx is not supported"),
    "a text too long": ((413, {}, b""), "too_long", ""),
    "another address": ((302, {"Location": "http://169.254.169.254/"}, b""), "redirected", ""),
    "nothing there": ((404, {}, b"<h1>no</h1>"), "not_there", ""),
    "a fault of its own": ((500, {}, b"Traceback"), "failed", ""),
    "a fault with a reason": ((503, {}, b'{"error": ["x"]}'), "failed", ""),
    "a page instead of JSON": ((200, {}, b"<html></html>"), "unreadable", ""),
    "no object": ((200, {}, b"[1]"), "unreadable", ""),
    "no texts": ((200, {}, b'{"translatedText": null}'), "unreadable", ""),
    "numbers for texts": ((200, {}, b'{"translatedText": [1]}'), "unreadable", ""),
    "one text too many": ((200, {}, b'{"translatedText": ["a", "b"]}'), "unreadable", ""),
    "no UTF-8": ((200, {}, b'{"translatedText": ["\xff"]}'), "unreadable", ""),
    "deep JSON": ((200, {}, b"[" * 200_000), "unreadable", ""),
    "an endless answer": ((200, {}, b" " * 3_000_000), "too_large", ""),
    "marks in the reason": ((400, {}, '{"error": "a\u202eb <b>"}'.encode()), "not_understood",
                            "ab <b>"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "reason", "detail"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_bad_answer_is_a_reason(service, answer, reason, detail):
    service.answer = answer
    with pytest.raises(TranslationServiceError) as error:
        translate_units(units("Stop."), "en", "fr", Glossary([]))
    assert (error.value.reason, error.value.detail) == (reason, detail)
    assert len(service.asked) == 1, "no redirection is followed"
    assert reason in FAILURES


def test_one_text_may_come_back_as_a_text(service):
    service.answer = staticmethod(lambda asked: {"translatedText": "Arrêt."})
    found = translate_units(units("Stop."), "en", "fr", Glossary([]))
    assert found["0"].text == "Arrêt."


def test_a_service_that_does_not_answer_is_not_waited_for(service, monkeypatch, settings):
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    waits = threading.Event()
    service.answer = staticmethod(lambda asked: waits.wait(5) or {})
    begun = time.monotonic()
    with pytest.raises(TranslationServiceError, match="too_slow"):
        asking.ask(["a"], "en", "fr")
    waits.set()
    assert time.monotonic() - begun < 4
    settings.TRANSLATION_ENDPOINT = "http://127.0.0.1:1/translate"
    with pytest.raises(TranslationServiceError, match="unreachable"):
        asking.ask(["a"], "en", "fr")


def test_more_than_one_call_holds_is_not_sent(service):
    with pytest.raises(TranslationServiceError, match="too_long"):
        translate_units(units("Stop it. " * 3000), "en", "fr", Glossary([]))
    assert service.asked == []


def test_a_unit_that_lost_something_does_not_take_the_others_with_it(service):
    service.answer = staticmethod(lambda asked: {"translatedText": ["Lancez.", "Arrêt."]})
    found = translate_units(units("Run `x`.", "Stop."), "en", "fr", Glossary([]))
    assert (found["0"].refused, found["0"].detail, found["1"].text) == ("lost", "x", "Arrêt.")


def test_doctor_asks_the_service_and_names_what_is_wrong(service, settings):
    assert translation_service() == []
    assert service.asked[0]["q"] == ["OK"]
    service.answer = (403, {}, b"")
    with translation.override("en"):
        found = translation_service()
    assert found[0].what == "The translation service refuses the key of the portal."
    assert not found[0].is_grave
    settings.TRANSLATION_ENDPOINT = ""
    assert translation_service() == []


# The page


@pytest.fixture
def editor(client, portal):
    user = person("reviewer")
    client.force_login(user)
    return user


def article() -> Article:
    made = Article.objects.get(slug=FRENCH_ONLY)
    write(made, "fr", "Profil absent", problem="Le profil manque.", internal="Note secrète.",
          resolution="1.  Lancez `gpupdate`.\n2.  Attendez.")  # fmt: skip
    return made


def address(made: Article, language: str = "en", page: str = "machine") -> str:
    with translation.override("fr"):
        return reverse(f"admin:troubleshooting_article_{page}", args=[made.pk, language])


def keys(client, made: Article) -> dict[str, str]:
    """The keys of the rows that the page offers to send, by their source."""
    page = client.get(address(made, page="translate"))
    rows = [row for section in page.context["sections"] for row in section.rows]
    return {row.source: row.key for row in rows if row.key}


def post(client, made: Article, *rows: str):
    return client.post(address(made), {"rows": rows})


def test_a_row_is_offered_and_nothing_is_saved(client, editor, service):
    made = article()
    found = keys(client, made)
    answer = post(client, made, found["Lancez `gpupdate`."], found["Profil absent"])
    texts = [row["text"] for row in answer.json()["rows"].values()]
    assert texts == ["LANCEZ `gpupdate`.", "PROFIL ABSENT"]
    assert not ArticleTranslation.objects.filter(article=made, language="en").exists()
    assert not UnfinishedTranslation.objects.exists()
    entry = AuditEntry.objects.get(act="sent")
    assert (entry.who, entry.key) == (editor.username, str(made.pk))
    assert entry.detail == "fr → en, 2, 127.0.0.1"


def test_notes_are_never_sent(client, editor, service):
    made = article()
    found = keys(client, made)
    assert "Note secrète." not in found
    page = client.get(address(made, page="translate")).content.decode()
    assert page.count("data-machine=") == len(found) > 3
    assert post(client, made, "secret").status_code == 409
    assert service.asked == []


def test_internal_articles_are_never_sent(client, editor, service):
    made = article()
    found = keys(client, made)
    Article.objects.filter(pk=made.pk).update(audience="staff")
    answer = post(client, made, *list(found.values())[:2])
    assert answer.status_code == 403
    assert "jamais envoyés" in answer.json()["refused"]
    assert service.asked == []
    assert not AuditEntry.objects.filter(act="sent").exists()
    page = client.get(address(made, page="translate")).content.decode()
    assert "data-machine" not in page
    assert "jamais envoyés" in page


def test_it_is_off_by_default(client, editor):
    made = article()
    assert "data-machine" not in client.get(address(made, page="translate")).content.decode()
    assert post(client, made, "x").status_code == 404


def test_a_source_that_changed_is_not_sent(client, editor, service):
    made = article()
    found = keys(client, made)
    write(made, "fr", "Profil absent", problem="Autre chose.")
    answer = post(client, made, found["Le profil manque."])
    assert answer.status_code == 409
    assert service.asked == []


@pytest.mark.parametrize("number", [0, 11])
def test_a_call_has_a_few_rows(client, editor, service, number):
    made = article()
    key = next(iter(keys(client, made).values()))
    assert post(client, made, *[key] * number).status_code == 409
    assert service.asked == []


def test_who_asks_too_often_is_told(client, editor, service, settings, monkeypatch, tmp_path):
    settings.RATE_LIMIT_FACTOR, settings.COUNTERS_FILE = 1, tmp_path / "counters"
    monkeypatch.setattr(machine, "RATE", machine.Limit(2, 60))
    made = article()
    key = next(iter(keys(client, made).values()))
    assert [post(client, made, key).status_code for _again in range(3)] == [200, 200, 429]
    assert len(service.asked) == 2


@pytest.mark.parametrize("role", ["reader", "staff", None])
def test_nobody_else_sends_anything(client, portal, service, role):
    if role:
        client.force_login(person(role))
    made = article()
    assert post(client, made, "x").status_code in (302, 403)
    assert client.get(address(made)).status_code in (302, 403, 405)
    assert service.asked == []


def test_an_author_asks_for_what_they_propose_of_a_published_article(client, portal, service):
    made = article()
    Article.objects.filter(pk=made.pk).update(status="published")
    client.force_login(person("author"))
    key = next(iter(keys(client, made).values()))
    assert post(client, made, key).status_code == 200
    assert len(service.asked) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_went_wrong_is_said_in_words(client, editor, service, language):
    made = Article.objects.get(slug=BILINGUAL)
    service.answer = (403, {}, b'{"error": "Invalid API key"}')
    with translation.override(language):
        where = reverse("admin:troubleshooting_article_machine", args=[made.pk, "en"])
        page = reverse("admin:troubleshooting_article_translate", args=[made.pk, "en"])
    rows = [r for s in client.get(page).context["sections"] for r in s.rows if r.key]
    answer = client.post(where, {"rows": [rows[0].key]})
    said = {"fr": "refuse la clé du portail. (Invalid API key)",
            "en": "refuses the key of the portal. (Invalid API key)"}  # fmt: skip
    assert answer.status_code == 502
    assert said[language] in answer.json()["refused"]
