"""Imports in the administration: started, watched, cancelled, taken back; what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests.importing.conftest import TABLE
from tests.web.content import write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.editing import update_article
from troubleshooting.importing.runs import tasks
from troubleshooting.jobs import queue, work_off
from troubleshooting.models import Article, AuditEntry, ImportRun, Job, Source, SourceEntry
from troubleshooting.texts.remarks import in_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "errors.fr.md").write_text(TABLE, "utf-8")
    return Source.objects.create(
        slug="errors", name="Erreurs du siège", location=str(tmp_path), status="draft"
    )


@pytest.fixture
def reviewer(client):
    user = person("reviewer", "Reviewer")
    client.force_login(user)
    return user


def address(name: str, pk: int) -> str:
    return reverse(f"admin:troubleshooting_{name}", args=[pk])


def run_page(client, run: ImportRun) -> Page:
    return Page(client.get(address("importrun_change", run.pk)).content.decode())


def act(client, run: ImportRun, name: str):
    return client.post(address("importrun_act", run.pk), {"act": name})


def test_a_source_is_rehearsed_imported_and_taken_back(client, reviewer, source):
    started = client.post(address("source_start", source.pk), {"rehearse": "1"})
    run = ImportRun.objects.get()
    assert started.url == address("importrun_change", run.pk)
    waiting = run_page(client, run)
    assert waiting.all("progress")
    assert waiting.all("script", src="/static/portal/admin/exchange/import.js")
    assert waiting.all("meta", content="4")
    work_off()
    rehearsed = run_page(client, run).words
    assert "rien n’a changé. Importez" in rehearsed
    assert "serait créé 3" in rehearsed
    act(client, run, "confirm")
    work_off()
    done = ImportRun.objects.first()
    assert "créé 3" in run_page(client, done).words
    assert (done.is_rehearsal, done.user) == (False, reviewer)
    assert Article.objects.filter(status="draft").count() == 3
    assert "1 fichier a été importé" in run_page(client, done).words
    act(client, done, "undo")
    work_off()
    assert not Article.objects.exists()
    page = run_page(client, done)
    assert "L’import a été annulé." in page.words
    assert "annulé 3" in page.words
    assert "créé" not in page.words
    assert not page.all("button", value="undo")


@pytest.mark.parametrize(
    ("is_on", "status", "handed_in", "of_source"),
    [
        (False, "published", False, False),
        (True, "published", True, False),
        (True, "in_review", True, True),
    ],
)
def test_pages_say_beforehand_what_comes_for_review(
    client, reviewer, source, settings, is_on: bool, status: str, handed_in: bool, of_source: bool
):
    settings.FOUR_EYES = is_on
    Source.objects.update(status=status)
    run = tasks.start(ImportRun(source=source, user=reviewer, is_rehearsal=True))
    work_off()
    pages = {
        reverse("admin:troubleshooting_sourcedocument_import"): handed_in,
        address("source_change", source.pk): of_source,
        address("importrun_change", run.pk): of_source,
    }
    for page, is_told in pages.items():
        words = Page(client.get(page).content.decode()).words
        assert ("Double regard" in words) is is_told, page
        assert ("commencent à l’état «\xa0Publié\xa0»" in words) is not is_told, page
    act(client, run, "confirm")
    work_off()
    expected = "in_review" if of_source else status
    assert set(Article.objects.values_list("status", flat=True)) == {expected}


def test_a_source_runs_once_at_a_time(client, reviewer, source):
    first = client.post(address("source_start", source.pk), {"import": "1"})
    second = client.post(address("source_start", source.pk), {"import": "1"})
    assert first.url == second.url
    assert ImportRun.objects.count() == 1


def test_an_import_is_cancelled(client, reviewer, source):
    client.post(address("source_start", source.pk), {"import": "1"})
    run = ImportRun.objects.get()
    act(client, run, "cancel")
    assert work_off() == 0
    assert "interrompu à la demande" in run_page(client, run).words


def test_an_import_that_was_given_up_goes_on(client, reviewer, source):
    client.post(address("source_start", source.pk), {"import": "1"})
    run = ImportRun.objects.get()
    assert not run_page(client, run).all("button", value="go_on")
    Job.objects.update(state=Job.State.FAILED, error="errors.fr.md : occupé")
    page = run_page(client, run)
    assert "occupé" in page.words
    assert page.all("button", value="go_on")
    act(client, run, "go_on")
    work_off()
    run.refresh_from_db()
    assert run.finished
    assert not run_page(client, run).all("button", value="go_on")
    assert "1 fichier a été importé" in run_page(client, run).words


@pytest.mark.parametrize(
    ("state", "said"),
    [("waiting", "manage.py worker"), ("running", "2 fichiers sur 7"), ("done", None)],
)
def test_the_page_says_how_far_it_is(client, reviewer, source, state, said):
    run = tasks.start(ImportRun(source=source))
    Job.objects.update(
        state=state, done=2, total=7, due=timezone.now() - 2 * queue.LEASE, seen=timezone.now()
    )
    part = client.get(address("importrun_progress", run.pk)).content.decode()
    assert ("data-over" in part) is (said is None)
    assert (said or "") in part.replace("\xa0", " ")


ROLES = [("Author", 403, 403, 403), ("Reviewer", 302, 200, 403), ("Administrator", 302, 200, 200)]


@pytest.mark.parametrize(("role", "start", "page", "add"), ROLES)
def test_rights(client, source, role, start, page, add):
    client.force_login(person("someone", role))
    run = tasks.start(ImportRun(source=source))
    begun = client.post(address("source_start", source.pk), {"import": "1"})
    assert begun.status_code == start
    assert client.get(address("importrun_change", run.pk)).status_code == page
    assert client.get(reverse("admin:troubleshooting_source_add")).status_code == add


def test_a_conflict_is_compared_and_decided(client, reviewer, source):
    Source.objects.update(status="published")
    tasks.start(ImportRun(source=source))
    work_off()
    article = Article.objects.get(slug="stuck")
    texts = article.translations.get().texts()
    write(article, "fr", **texts | {"resolution": "Appelez Léa."})
    words = TABLE.replace("1. Redémarrez l’appareil.", "1. Éteignez l’appareil.")
    Path(source.location, "errors.fr.md").write_text(words, "utf-8")
    run = tasks.start(ImportRun(source=source))
    work_off()
    (link,) = [a for a in run_page(client, run).all("a") if a.text == "Comparer"]
    page = Page(client.get(link.get("href")).content.decode())
    assert "Éteignez" in page.words
    assert "Appelez Léa." in page.words
    (decide,) = [a for a in page.all("a") if "publié" in a.text]
    assert client.get(decide.get("href")).status_code == 200


@pytest.fixture
def removed(source, reviewer) -> SourceEntry:
    """Return the entry that the document has no longer, of an article that is published."""
    Source.objects.update(status="published")
    tasks.start(ImportRun(source=Source.objects.get()))
    work_off()
    kept = TABLE.partition('## <a name="stuck">')[0]
    Path(source.location, "errors.fr.md").write_text(kept, "utf-8")
    tasks.start(ImportRun(source=source))
    work_off()
    return SourceEntry.objects.get(removed__isnull=False)


@pytest.mark.parametrize(("action", "status"), [("keep", "published"), ("archive", "archived")])
def test_what_is_gone_upstream_waits_until_somebody_decides(client, removed, action, status):
    queue_page = reverse("admin:troubleshooting_sourceentry_changelist")
    assert "reste bloqué" in Page(client.get(queue_page).content.decode()).words
    client.post(queue_page, {"action": action, "_selected_action": [removed.pk]})
    assert Article.objects.get(pk=removed.article_id).status == status
    left = Page(client.get(queue_page).content.decode())
    assert "reste bloqué" not in left.one("form", id="changelist-form").text


#: What a report says in each language of four files, the first of which could not be read.
READ = {
    "fr": [
        "Le fichier est vide.",
        "trop profondément",
        "PNG, JPEG, GIF ou WebP",
        "pas de titre de section",
    ],
    "en": [
        "The file is empty.",
        "Line 1: The document",
        "nested too deep",
        "not a PNG, JPEG, GIF or WebP",
        "no heading",
    ],
}


@pytest.fixture
def faulty(source) -> ImportRun:
    """Return an import of which the worker had much to say, in French."""
    files = {
        "empty": "",
        "deep": f"## Lampe\n\n**Problème :** Elle clignote.\n\n{'> ' * 200}Texte.\n",
        "picture": "## Phare\n\n**Problème :** Il clignote.\n\n![Phare](lamp.png)\n",
        "plain": "Rien que du texte.\n",
    }
    for name, text in files.items():
        Path(source.location, f"{name}.fr.md").write_text(text, "utf-8")
    Path(source.location, "lamp.png").write_bytes(b"no image")
    run = tasks.start(ImportRun(source=source))
    work_off()
    return run


@pytest.mark.parametrize("language", READ)
def test_a_report_is_read_in_the_language_of_its_reader(client, reviewer, faulty, language: str):
    with override(language):
        words = run_page(client, faulty).words
    assert [said for said in READ[language] if said not in words] == []
    assert '{"' not in words
    assert words.count("empty.fr.md") == 1  # the name of the document stands above what is said


@pytest.mark.parametrize(("language", "said"), [("fr", "Vérifiez le chemin"), ("en", "Check the")])
def test_why_an_import_stopped_is_read_in_the_language_of_its_reader(
    client, reviewer, source, language: str, said: str
):
    Source.objects.update(location="/nowhere", name="S" * 80)
    run = tasks.start(ImportRun(source=Source.objects.get()))
    work_off()
    before = ImportRun.objects.create(error="Noté avant.", finished=timezone.now())
    with override(language):
        assert said in run_page(client, run).words
        assert "Noté avant." in run_page(client, before).words


def test_what_an_undone_import_left_is_not_called_taken_back(client, reviewer, source):
    run = tasks.start(ImportRun(source=source, user=reviewer))
    work_off()
    text = Article.objects.order_by("pk").first().translations.get()
    write(text.article, "fr", text.title, problem="Réécrit.", resolution="1.  A.")
    act(client, run, "undo")
    work_off()
    page = run_page(client, run).words
    assert "annulé 2" in page
    assert "créé 1" in page
    # So it is with the document, and under the address that the article has by now.
    update_article(text.article, slug="nouvelle-adresse")
    page = run_page(client, run)
    assert "annulé 2" in page.words
    assert "créé 1" in page.words
    (document,) = [one for one in page.all("h2") if "errors.fr.md" in one.text]
    assert document.text.endswith("créé")
    assert page.all("a", href=f"{address('article_change', text.article_id)}?language=fr")


def test_a_rehearsal_of_which_nothing_can_be_imported_offers_nothing(client, reviewer, source):
    (Path(source.location) / "errors.fr.md").write_bytes(b"\xff\xfe\0")
    run = tasks.start(ImportRun(source=source, user=reviewer, is_rehearsal=True))
    waiting = run_page(client, run)
    assert "En attente" in waiting.words
    work_off()
    page = run_page(client, run)
    assert not page.all("button", value="confirm")
    assert "Importez pour obtenir" not in page.words
    assert "Aucun des fichiers ne peut être importé." in page.words


def test_files_of_an_archive_that_nobody_reads_are_on_the_page(client, reviewer):
    run = ImportRun.objects.create(user=reviewer, files=["a.zip"], finished=timezone.now(),
                                   left_out=["a.zip/notes.xyz"])  # fmt: skip
    page = run_page(client, run).words
    assert "1 fichier de l’archive est d’un type qui n’est pas lu" in page
    assert "a.zip/notes.xyz" in page


def test_a_text_in_each_language_is_one_article_and_the_log_tells_of_the_run(
    client, reviewer, source
):
    folder = Path(source.location)
    (folder / "errors.fr.md").unlink()
    for language, label in (("fr", "Résolution"), ("en", "Resolution")):
        problem = "Problème :" if language == "fr" else "Problem:"
        (folder / f"vpn.{language}.md").write_text(
            f'# VPN\n\n## <a name="drop"></a>VPN {language}\n'
            f"**{problem}** VPN {language}.\n\n**{label}:**\n\n1. A.\n",
            "utf-8",
        )
    rehearsal = tasks.start(ImportRun(source=source, user=reviewer, is_rehearsal=True))
    work_off()
    rehearsed = run_page(client, rehearsal).words
    assert "serait créé 1 article · 2 textes" in rehearsed
    assert "Anglais · VPN en · " in rehearsed
    assert not AuditEntry.objects.filter(kind="importrun").exists()
    act(client, rehearsal, "confirm")
    work_off()
    run = ImportRun.objects.first()
    assert "créé 1 article · 2 textes" in run_page(client, run).words
    assert Article.objects.count() == 1
    act(client, run, "undo")
    waiting = run_page(client, run)
    assert "l’annulation commence" in waiting.words
    assert "Arrêter l’annulation" in waiting.words
    work_off()
    undone = run_page(client, run)
    assert undone.all("span", class_="outcome outcome-unchanged")
    assert not undone.all("span", class_="outcome outcome-created")
    with override("fr"):
        told = [
            (entry.who, entry.act, entry.name, in_words(entry.detail))
            for entry in AuditEntry.objects.filter(kind="importrun").order_by("pk")
        ]
    who = str(reviewer)
    assert [one[:3] for one in told] == [
        (who, "added", str(source)),
        (who, "changed", str(source)),
    ]
    assert told[0][3].replace("\xa0", " ") == "Articles : 1 · Textes créés : 2"
    assert told[1][3].replace("\xa0", " ") == "Import annulé · Fichiers : 2"


def test_how_far_one_file_is(client, reviewer, source):
    run = tasks.start(ImportRun(source=source, user=reviewer))
    Job.objects.filter(pk=run.job_id).update(state=Job.State.RUNNING, done=1, total=1)
    assert "1 fichier sur 1" in run_page(client, run).words
