"""What editors took away stays away, however often its document is imported."""

from pathlib import Path

import pytest

from tests.people import person
from troubleshooting.editing import restore_article, trash_articles
from troubleshooting.editing.whole import merge_articles
from troubleshooting.importing import import_paths
from troubleshooting.models import Article, DroppedPart, SourceDocument, TrashedArticle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_process", "english")]


@pytest.fixture
def administrator(db):
    return person("administrator")


def run(path: Path):
    [report] = import_paths([str(path)]).documents
    return report


def called(words: str) -> Article:
    return Article.objects.get(translations__title__contains=words)


def changed(path: Path, before: str = "Redémarrez", after: str = "Éteignez") -> Path:
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    return path


def test_a_deleted_article_is_not_made_again(document: Path, administrator):
    run(document)
    trash_articles([called("bloqué")], user=administrator)
    number = Article.objects.count()
    for _again in range(2):
        report = run(changed(document))
        assert Article.objects.count() == number
        assert "in the trash, and stays there" in " ".join(report.said)
    outline = SourceDocument.objects.get().outline
    slugs = set(Article.objects.values_list("slug", flat=True))
    assert {slug for item in outline for slug in item["articles"]} <= slugs
    assert any(line.first <= 18 <= line.last for line in report.lines)  # no line is lost


def test_when_the_trash_is_empty_it_still_stays_away(document: Path, administrator):
    run(document)
    trash_articles([called("bloqué")], user=administrator)
    TrashedArticle.objects.all().delete()
    report = run(changed(document))
    assert not Article.objects.filter(translations__title__contains="bloqué").exists()
    assert "was deleted" in " ".join(report.said)


def test_what_was_restored_is_imported_as_before(document: Path, administrator):
    run(document)
    [trashed] = trash_articles([called("bloqué")], user=administrator)
    run(document)
    restored = restore_article(trashed, user=administrator)
    run(changed(document))
    assert not DroppedPart.objects.exists()
    assert "Éteignez" in restored.translations.get().resolution
    assert Article.objects.filter(translations__title__contains="bloqué").count() == 1


def test_what_was_merged_is_not_made_again_and_the_report_says_where_it_is(
    document: Path, administrator
):
    run(document)
    kept, other = called("horloge"), called("bloqué")
    merge_articles(kept, other, user=administrator)
    merge_articles(called("prérequis"), kept, user=administrator)  # once more
    text = called("prérequis").translations.get().texts()
    report = run(changed(document))
    assert Article.objects.count() == 1
    assert f"> {called('prérequis').slug}" in " ".join(report.said)
    assert called("prérequis").translations.get().texts() == text


def test_a_row_of_a_table_is_known_by_its_code_wherever_it_stands(document: Path, administrator):
    run(document)
    trash_articles([called("horloge")], user=administrator)
    row = "| 0x80CF0437 | L’horloge est fausse. | Réglez l’heure. |\n"
    text = document.read_text("utf-8").replace(row, "")
    next_row = "| 0x80070032 | Un prérequis manque. | Installez les mises à jour. |\n"
    document.write_text(text.replace(next_row, next_row + row), "utf-8")
    run(document)
    assert not Article.objects.filter(translations__title__contains="horloge").exists()
    assert called("prérequis")


def test_the_other_language_does_not_bring_it_back(document: Path, administrator, tmp_path: Path):
    run(document)
    trash_articles([called("bloqué")], user=administrator)
    number = Article.objects.count()
    english = tmp_path / "errors.en.md"
    text = document.read_text("utf-8").replace("Problème :", "Problem:")
    english.write_text(text.replace("Résolution :", "Resolution:"), "utf-8")
    run(english)
    assert Article.objects.count() == number


def test_a_new_part_of_the_document_is_made(document: Path, administrator):
    run(document)
    trash_articles([called("bloqué")], user=administrator)
    text = document.read_text("utf-8")
    more = "## Le scanneur se tait\n**Problème :** Aucun bip.\n\n**Résolution :**\n\n1. Sonnez.\n\n"
    marker = '## <a name="next-steps">'
    document.write_text(text.replace(marker, more + marker), "utf-8")
    run(document)
    assert called("scanneur")
    assert not Article.objects.filter(translations__title__contains="bloqué").exists()
