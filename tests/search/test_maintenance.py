"""The index survives migrations, can be proved equal to the texts, and can be repaired."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

from tests.pictures import picture
from troubleshooting import checks
from troubleshooting.caching import version
from troubleshooting.media import store_image
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    SearchCode,
    SearchEntry,
    SearchFacets,
    SearchText,
)
from troubleshooting.search.engines import ddl, tables
from troubleshooting.search.index.maintenance import prepare_after_migrate

from .conftest import CAP_FR, add, ask, slugs

ROOT = Path(__file__).resolve().parents[2]


def test_tables_are_those_of_the_models():
    names = {model._meta.db_table for model in apps.get_app_config("troubleshooting").get_models()}
    names.add(Article.platforms.through._meta.db_table)
    no_table = {"FTS", "TERMS", "FACETS_STATE", "COUNTS_STATE"}
    listed = {name for key, name in vars(tables).items() if key.isupper() and key not in no_table}
    assert listed <= names


@pytest.mark.sqlite
def test_the_other_vendor_is_not_imported(migrated):
    """A fresh process searches under SQLite and never loads what is PostgreSQL's."""
    program = (
        "import os, sys\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('search', 'x', stdout=open(os.devnull, 'w'))\n"
        "ours = [name for name in sys.modules if 'troubleshooting' in name]\n"
        "loaded = [name for name in ours if 'postgres' in name]\n"
        "sys.exit(str(loaded) if loaded else 0)\n"
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
            "PATH": os.environ["PATH"],
            "PORTAL_ENV_FILE": "",
        },
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_all_is_there_after_migrating():
    assert ddl.missing(connection) == []
    assert checks.search_index_is_there(databases=["default"]) == []


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_loses_nothing():
    add("before", [], {"fr": CAP_FR})
    longer = models.CharField(max_length=301)
    longer.set_attributes_from_name("title")
    with connection.schema_editor() as editor:
        editor.alter_field(SearchText, SearchText._meta.get_field("title"), longer)
    lost = ddl.missing(connection)
    assert "search_text_inserted" in lost
    found = checks.search_index_is_there(databases=["default"])
    assert {message.id for message in found} == {"troubleshooting.E002"}
    add("between", [], {"fr": {"title": "Écrit sans déclencheur"}})
    assert slugs(ask("déclencheur")) == []
    prepare_after_migrate("default")
    assert ddl.missing(connection) == []
    assert slugs(ask("déclencheur")) == ["between"]
    assert slugs(ask("portail indisponible")) == ["before"]
    with connection.schema_editor() as editor:
        editor.alter_field(SearchText, longer, SearchText._meta.get_field("title"))
    prepare_after_migrate("default")


@pytest.mark.django_db
def test_a_trigger_of_other_facets_is_replaced_with_what_it_wrote():
    """As after an update of the program that declares another facet."""
    add("before", ["ios"], {"fr": CAP_FR})
    _make_outdated("search_platform_added")
    SearchFacets.objects.update(members='{"platform":[]}')
    assert ddl.missing(connection) == []
    assert ddl.outdated(connection) == ["search_platform_added"]
    assert checks.search_index_is_there(databases=["default"]) == []  # or nobody could migrate
    prepare_after_migrate("default")
    assert ddl.outdated(connection) == []
    assert ask("0x8007064C").hits[0].platforms == ("ios",)


@pytest.mark.django_db
def test_a_trigger_of_a_facet_that_is_no_more_is_dropped():
    with connection.cursor() as cursor:
        for statement in _trigger("search_owner_added"):
            cursor.execute(statement)
    prepare_after_migrate("default")
    assert "search_owner_added" not in ddl._there(connection)


def _make_outdated(name: str) -> None:
    """Give a trigger another body, on the platforms of articles."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
        for statement in _trigger(name):
            cursor.execute(statement)


def _trigger(name: str) -> list[str]:
    event = f"AFTER INSERT ON {tables.ARTICLE_PLATFORMS}"
    if connection.vendor == "sqlite":
        return [f"CREATE TRIGGER {name} {event} BEGIN SELECT 1; END"]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NULL; END $$",
        f"CREATE OR REPLACE TRIGGER {name} {event} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


@pytest.mark.django_db
def test_combinations_that_nothing_has_are_gone_after_migrating():
    add("kept", [], {"fr": CAP_FR})
    SearchFacets.objects.create(status="published", audience="public", members="{}")
    prepare_after_migrate("default")
    assert [one.entries.count() for one in SearchFacets.objects.all()] == [1]


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_lost_index_is_noticed_and_restored():
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_terms")
    assert ddl.missing(connection) == ["search_terms"]
    prepare_after_migrate("default")
    assert ddl.missing(connection) == []


@pytest.mark.postgres
@pytest.mark.django_db
class TestTheTableOfTerms:
    """PostgreSQL finds texts by a table of their terms, which triggers keep."""

    @pytest.fixture(autouse=True)
    def _article(self, db):
        add("before", ["ios"], {"fr": CAP_FR})

    def test_it_follows_the_texts(self):
        SearchText.objects.update(body_terms="fr:autre fr:chose")
        assert ddl.full_text_is_intact(connection)
        SearchText.objects.all().delete()
        assert ddl.full_text_is_intact(connection)
        assert _rows_of_terms() == 0

    def test_it_follows_the_combinations(self):
        Article.objects.get(slug="before").platforms.clear()
        assert ddl.full_text_is_intact(connection)

    def test_it_is_empty_when_the_texts_are(self):
        ddl.empty(connection, (tables.GRAM, tables.MESSAGE, tables.TEXT))
        assert _rows_of_terms() == 0

    @pytest.mark.parametrize(
        "fault",
        [
            "UPDATE {} SET terms = '{{}}'",
            "UPDATE {} SET heads = array_append(heads, 1)",
            "UPDATE {} SET facets_id = NULL",
            "DELETE FROM {}",
            "INSERT INTO {} SELECT entry_id + 1000, article_id, facets_id, terms, heads FROM {}",
        ],
    )
    def test_a_fault_in_it_is_noticed_and_mended(self, fault):
        with connection.cursor() as cursor:
            cursor.execute(fault.format(tables.TERMS, tables.TERMS))
        assert not ddl.full_text_is_intact(connection)
        ddl.rebuild_full_text(connection)
        assert ddl.full_text_is_intact(connection)

    def test_combinations_that_stay_are_not_written_again(self):
        before = _versions_of_entries()
        ddl.refresh_facets(connection)
        assert _versions_of_entries() == before


def _rows_of_terms() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {tables.TERMS}")
        return cursor.fetchone()[0]


def _versions_of_entries() -> list[tuple[str, ...]]:
    """Return what names the stored version of each entry: another where it was written again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ctid::text FROM {tables.ENTRY} ORDER BY translation_id")
        return cursor.fetchall()


class TestCheckIndex:
    """``manage.py check_index`` on articles written by the write path."""

    @pytest.fixture(autouse=True)
    def _articles(self, db):
        from troubleshooting.editing import save_translation

        article = Article.objects.create(slug="cap", status="published")
        texts = {
            "title": "Plafond atteint",
            "problem": "Le journal montre `DeviceCapReached` (0x8007064C).",
        }
        save_translation(article=article, language="fr", texts=texts, author=None, origin="editor")
        texts = {"title": "Cap reached", "problem": "The log shows `DeviceCapReached`."}
        save_translation(article=article, language="en", texts=texts, author=None, origin="editor")

    def run(self, *arguments: str) -> str:
        out = io.StringIO()
        call_command("check_index", *arguments, stdout=out)
        return out.getvalue()

    def test_the_write_path_keeps_the_index(self):
        assert slugs(ask("0x8007064c")) == ["cap"]
        self.run()

    def damage(self, what: str) -> None:
        french = SearchEntry.objects.get(language="fr")
        match what:
            case "text":
                SearchText.objects.filter(entry=french).update(body_terms="fr:autre")
            case "code":
                SearchCode.objects.filter(entry=french).delete()
            case "facets":
                wrong, _ = SearchFacets.objects.get_or_create(
                    status="y", audience="z", members="{}"
                )
                SearchEntry.objects.update(facets=wrong)
            case "missing":
                french.delete()
            case "stale":
                ArticleTranslation.objects.filter(language="fr").update(problem="Tout autre chose.")

    def test_an_image_and_a_link_make_no_difference(self):
        from troubleshooting.editing import save_translation

        address = store_image(picture()).get_absolute_url()
        said = f"See ![quaggaword picture]({address}) [**Error here**](other.md)."
        article = Article.objects.get()
        texts = {"title": "Cap reached", "problem": said, "cause": "![word](missing.png)"}
        save_translation(article=article, language="en", texts=texts, author=None, origin="editor")
        written = SearchText.objects.order_by("pk").values_list("body_terms", "passages")
        saved = list(written)
        assert "See quaggaword picture Error here." in str(saved)
        self.run()
        self.damage("text")
        self.run("--fix")
        assert list(written.all()) == saved, "a repair writes what a save wrote"

    @pytest.mark.parametrize("what", ["text", "code", "facets", "missing", "stale"])
    def test_damage_is_found_and_repaired(self, what):
        self.damage(what)
        with pytest.raises(CommandError):
            self.run()
        self.run("--fix")
        self.run()

    @pytest.mark.sqlite
    def test_a_full_text_index_that_differs_is_found_and_repaired(self):
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {tables.FTS}({tables.FTS}) VALUES ('delete-all')")
        with pytest.raises(CommandError):
            self.run()
        self.run("--fix")
        assert slugs(ask("plafond")) == ["cap"]

    def test_a_rebuild_from_nothing(self):
        SearchEntry.objects.all().delete()
        self.run("--rebuild")
        self.run()
        assert slugs(ask("plafond")) == ["cap"]

    @pytest.mark.parametrize("repair", ["--fix", "--rebuild"])
    def test_nothing_is_remembered_of_a_wrong_index(self, repair):
        self.damage("text")
        before = version.state(connection).token
        self.run(repair)
        assert version.state(connection).token != before


@pytest.mark.django_db
class TestSearchCommand:
    def run(self, *arguments: str) -> str:
        out = io.StringIO()
        call_command("search", *arguments, stdout=out)
        return out.getvalue()

    def test_json(self, base):
        result = json.loads(self.run("-2147023284", "--language", "en", "--format", "json"))
        (hit,) = result["hits"]
        assert hit["slug"] == "device-cap"
        assert hit["language"] == "en"
        promised = "understood evidence hits guesses facets total elapsed_ms choices"
        assert set(promised.split()) <= set(result)
        promised = "slug anchor title url language found_in platforms codes why guess"
        assert set(promised.split()) <= set(hit)

    def test_text_and_filters(self, base):
        shown = self.run("profil", "--platform", "android", "--limit", "1")
        assert "/articles/profile-android/" in shown
        assert "profile-ios" not in shown

    def test_many_queries(self, base, monkeypatch):
        lines = "\n".join(json.dumps(text) for text in ("1612", "ligne 1\nDeviceCapReached", ""))
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines + "\n"))
        kinds = [json.loads(line)["kind"] for line in self.run("-").splitlines()]
        assert kinds == ["code", "log", "empty"]

    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("DeviceCapReached", "code"),
            ("  1612 ", "code"),
            ('"unfinished', "message"),
            ("[the screen is black", "message"),
        ],
    )
    def test_a_line_is_a_query_as_it_is_typed(self, base, monkeypatch, line, kind):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"\n{line}\n"))
        (answer,) = [json.loads(line) for line in self.run("-").splitlines()]
        assert answer["kind"] == kind

    @pytest.mark.parametrize(
        ("option", "value", "said"),
        [
            ("--platform", "Android", "“Android”, but: all, android, "),
            ("--kind", "nope", "“nope”, but: advice, "),
            ("--family", "nope", "“nope”, but: "),
            ("--document", "nope", "“nope”"),
            ("--status", "hidden\x1b", "“hidden\ufffd”, but: "),
        ],
    )
    def test_a_mistyped_value_is_said_and_answers_nothing(self, base, option, value, said):
        with pytest.raises(CommandError) as caught:
            self.run("profil", option, value, "--language", "en")
        assert said in str(caught.value)

    @pytest.mark.parametrize(
        ("option", "value"),
        [("--platform", "all"), ("--kind", "advice"), ("--family", "agent"), ("--status", "draft")],
    )
    def test_a_value_that_no_article_has_is_no_error(self, base, option, value):
        assert "0 articles" in self.run("zebra", option, value, "--language", "en")

    def test_an_unknown_language_is_said(self, base):
        with pytest.raises(CommandError, match="tlh"):
            self.run("x", "--language", "tlh")
