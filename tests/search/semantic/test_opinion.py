"""What a semantic model adds to the search, and what it leaves as it is."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.infra.project import ROOT
from troubleshooting.access import Reader
from troubleshooting.models import SearchFacets, SearchVector
from troubleshooting.operation import health
from troubleshooting.search import SearchRequest, search, write_entry
from troubleshooting.search.engines.tables import VECTOR
from troubleshooting.search.semantic.loading import opened

from ..conftest import add, ask, document, slugs
from .conftest import MEANINGS, fill, write_model

pytestmark = pytest.mark.django_db


def guessed(text: str, user=None, **options) -> list[tuple[str, str]]:
    result = ask(text, "en", user, **options)
    return [(hit.slug, hit.tier) for hit in result.guesses]


class TestFinding:
    def test_what_no_word_finds_is_guessed_by_its_meaning(self, model):
        fill()
        for words, slug in {"zotebook": "laptop", "webcam": "camera", "casque": "sound"}.items():
            result = ask(words, "en")
            assert (result.hits, result.total) == ([], 0)
            assert [(one.slug, one.tier, one.guess) for one in result.guesses] == [
                (slug, "meaning", True)
            ]

    def test_what_is_near_to_nothing_is_not_guessed(self, model):
        fill()
        assert guessed("zebra") == []
        assert guessed(" ".join(group.split()[1] for group in MEANINGS)) == []

    @pytest.mark.parametrize(
        "query",
        [
            "zorglub frobnicates sesame",
            "zorglub frobnicates bourrage",
            "zorglub sesame",
            "sesame trouble",
            "webcam trouble fails",
            "zotebook -trouble",
            "camera -trouble",
            "Company Portal webcam",
            "cap reached webcam",
        ],
    )
    def test_what_words_find_stays_as_it_is(self, model, settings, base, query):
        fill()
        for name, word in (("a", "printer"), ("b", "password")):
            text = {"title": "Zorglub frobnicates", "problem": f"{word} {word} {word}"}
            add(name, [], {"en": text})
        second = ask(query, "en")
        settings.SEMANTIC_MODEL = ""
        first = ask(query, "en")
        assert (slugs(second), second.total) == (slugs(first), first.total)
        by_words = [one.slug for one in first.guesses]
        assert [one.slug for one in second.guesses][: len(by_words)] == by_words

    @pytest.mark.parametrize(("holding", "are_guessed"), [(1, True), (2, True), (3, False)])
    def test_beside_few_answers_meaning_is_guessed(self, model, holding, are_guessed):
        fill()
        for number in range(holding):
            add(f"zorglub{number}", [], {"en": {"title": "Zorglub picture", "problem": "It is."}})
        found = ask("zorglub picture", "en")
        assert len(found.hits) == holding
        assert any(one.tier == "meaning" for one in found.guesses) is are_guessed
        assert not {*slugs(found)} & {one.slug for one in found.guesses}

    @pytest.mark.parametrize("query", ["0x8007064C", "0x8007064C webcam", "DeviceCapReached sound"])
    def test_codes_answer_first_and_alone(self, model, settings, base, query):
        fill()
        found = ask(query, "en")
        settings.SEMANTIC_MODEL = ""
        assert _said(found) == _said(ask(query, "en"))
        assert slugs(found)[0] == "device-cap"

    def test_a_message_stands_before_what_is_near(self, model, base):
        fill()
        found = ask("webcam says Company Portal Temporarily Unavailable", "en")
        assert (found.hits[0].slug, found.hits[0].tier) == ("device-cap", "message")
        assert not found.guesses

    def test_what_is_chosen_or_excluded_narrows_it(self, model):
        fill()
        add("clip", ["ios"], {"en": {"title": "camera clip", "problem": "The camera clip."}})
        assert [slug for slug, _tier in guessed("webcam")] == ["camera", "clip"]
        assert [slug for slug, _tier in guessed("webcam -clip")] == ["camera"]
        narrowed = guessed("webcam", filters={"platform": ["ios"]})
        assert ("clip", "meaning") in narrowed

    def test_an_odd_query_is_answered(self, model):
        fill()
        for text in (
            "",
            " ",
            "\x00",
            "🦓",
            "-webcam",
            '"webcam',
            "webcam " * 5000,
            "\ud800",
            "%%%",
        ):
            ask(text, "en")


class TestVisibility:
    @pytest.fixture
    def secret(self, model):
        fill()
        text = {"title": "zyx", "problem": "webcam webcam"}
        return add("secret", [], {"en": text}, status="draft")

    def test_what_is_hidden_is_not_guessed(self, secret):
        editor = get_user_model().objects.create_superuser("editor")
        for user in (None, editor, None):  # nothing is remembered for another
            seen = {slug for slug, _tier in guessed("picture", user)}
            assert seen == ({"camera", "secret"} if user else {"camera"})

    def test_what_is_hidden_moves_nothing(self, secret):
        before = _said(ask("picture", "en"))
        for number in range(30):
            text = {"title": f"zyx{number}", "problem": "webcam picture"}
            add(f"hidden{number}", [], {"en": text}, status="draft")
        assert _said(ask("picture", "en")) == before

    def test_a_reader_who_sees_nothing_is_told_nothing(self, model):
        fill()
        nothing = SearchFacets.objects.visible_to(Reader.PUBLIC).none()
        assert search(nothing, SearchRequest("webcam", "en")).guesses == []


class TestVectors:
    def test_a_save_writes_the_vector_anew(self, model):
        made = fill()
        translation = made["camera"].translations.get()
        write_entry(connection, document(translation, problem="wifi wifi wifi wifi"))
        assert ("camera", "meaning") in guessed("reseau wireless")
        assert SearchVector.objects.filter(entry=translation.pk).count() == 1

    def test_a_text_that_changed_meanwhile_has_none(self, model, settings):
        made = fill()
        settings.SEMANTIC_MODEL = ""
        translation = made["camera"].translations.get()
        write_entry(connection, document(translation, problem="wifi wifi"))
        settings.SEMANTIC_MODEL = str(model)
        assert guessed("webcam") == []
        assert len(health.semantic_model()) == 1
        call_command("rebuild_derived", "--vectors", verbosity=0)
        assert health.semantic_model() == []
        assert guessed("webcam") == [("camera", "meaning")]

    def test_another_model_makes_all_of_them_stale(self, model, settings, tmp_path):
        fill()
        settings.SEMANTIC_MODEL = write_model(tmp_path / "other", size=24)
        assert guessed("webcam") == []
        assert "24" in health.semantic_model()[0].what
        out = io.StringIO()
        call_command("rebuild_derived", "--vectors", stdout=out)
        assert "24" in out.getvalue()
        assert guessed("webcam") == [("camera", "meaning")]
        assert set(SearchVector.objects.values_list("model")) == {(opened().digest,)}

    def test_a_vector_of_another_size_says_nothing(self, model):
        fill()
        SearchVector.objects.update(data=b"\x00\x3c")
        assert guessed("webcam") == []

    def test_only_what_is_new_is_read_again(self, model):
        fill()
        guessed("webcam")
        add("more", [], {"en": {"title": "webcam"}})
        with CaptureQueriesContext(connection) as asked:
            guessed("picture")
        read = [one["sql"] for one in asked if f"data FROM {VECTOR}" in one["sql"]]
        assert len(read) == 1
        assert "," not in read[0].partition("IN (")[2]

    def test_deleting_an_article_takes_it_along(self, model):
        made = fill()
        made["camera"].delete()
        assert guessed("webcam") == []
        assert SearchVector.objects.count() == len(MEANINGS) - 1

    def test_without_a_model_the_command_says_so_and_deletes_nothing(self, model, settings):
        """Who forgot the variable in this shell has the vectors of the server's still."""
        fill()
        settings.SEMANTIC_MODEL = ""
        with pytest.raises(CommandError, match="SEMANTIC_MODEL"):
            call_command("rebuild_derived", "--vectors", verbosity=0)
        assert SearchVector.objects.count() == len(MEANINGS)

    def test_a_model_that_is_none_is_no_reason_to_stop(self, model, settings):
        fill()
        (model / "model.safetensors").write_text("no")
        assert slugs(ask("camera", "en")) == ["camera"]
        assert guessed("webcam") == []
        add("new", [], {"en": {"title": "a new text"}})
        assert slugs(ask("new text", "en")) == ["new"]
        with pytest.raises(CommandError, match=r"model\.safetensors"):
            call_command("rebuild_derived", "--vectors")
        (found,) = health.semantic_model()
        assert not found.is_grave


class TestWithout:
    QUERIES = (
        "webcam",
        "camera",
        "camera trouble",
        "the camera fails",
        "0x80070005",
        "fails\nfails",
    )

    def test_answers_are_the_same_and_nothing_more_is_asked(self, settings, model):
        settings.SEMANTIC_MODEL = ""
        fill()
        before = [_said(ask(query, "en")) for query in self.QUERIES]
        settings.SEMANTIC_MODEL = str(model)
        call_command("rebuild_derived", "--vectors", verbosity=0)
        settings.SEMANTIC_MODEL = ""
        with CaptureQueriesContext(connection) as asked:
            assert [_said(ask(query, "en")) for query in self.QUERIES] == before
        assert not [one["sql"] for one in asked if VECTOR in one["sql"]]

    @pytest.mark.sqlite
    def test_no_package_of_it_is_imported(self, migrated):
        program = (
            "import django, sys; django.setup();"
            "from troubleshooting.search import *;"
            "from troubleshooting.models import SearchFacets;"
            "from troubleshooting.operation.health import examine;"
            "from troubleshooting import urls;"
            "import kbportal.urls;"
            "assert search(SearchFacets.objects.all(), SearchRequest('web cam', 'en')).hits == [];"
            "assert examine('semantic model') == [];"
            "print(sorted({'numpy', 'tokenizers', 'huggingface_hub'} & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={
                "DATA_DIR": str(migrated),
                "DATABASE_URL": f"sqlite:///{migrated}/portal.sqlite3",
                "DJANGO_SETTINGS_MODULE": "kbportal.settings",
                "PATH": "/usr/bin:/bin",
                "PORTAL_ENV_FILE": "",
            },
        )
        assert done.stdout.strip() == "[]", done.stderr


def _said(result) -> str:
    return json.dumps(result.to_json() | {"elapsed_ms": 0}, sort_keys=True)
