"""A translation leaves as a file and comes back into the text that it was made of."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web import editors
from tests.web.content import BILINGUAL, write
from tests.web.html import Page
from troubleshooting.models import Article, UnfinishedTranslation
from troubleshooting.texts.translating.xliff import read_xliff, write_xliff

STEPS = "1.  Ouvrez `a`.\n2.  Supprimez le compte.\n\nNote."


@pytest.fixture
def article(portal, client) -> Article:
    found = portal.articles[BILINGUAL]
    found.translations.all().delete()
    write(found, "fr", "Plafond", problem="Avant.", resolution=STEPS, internal="Zyxsecret.")
    client.force_login(editors.person("ada", "Reviewer"))
    return found


def page_of(article: Article) -> str:
    return editors.address("xliff", article.pk, "en")


def send(client, article: Article, raw: bytes) -> str:
    file = SimpleUploadedFile("a.xlf", raw)
    answer = client.post(page_of(article), {"file": file}, follow=True)
    return Page(answer.content.decode()).words


def exported(client, article: Article):
    return read_xliff(client.get(page_of(article)).content)


def translated(file, **changes: str):
    """Return the file as a translator sends it: every unit in capitals, but for ``changes``."""
    units = [
        unit._replace(target=changes.get(unit.key.replace("-", "_"), unit.source.upper()),
                      is_done=True)
        for unit in file.units
    ]  # fmt: skip
    return write_xliff(file._replace(units=units))


def test_out_and_in_again(client, article):
    file = exported(client, article)
    assert [unit.key for unit in file.units][:2] == ["title-1", "problem-1"]
    assert "Zyxsecret" not in str(file)
    assert "à jour" in send(client, article, translated(file))
    text = article.translations.get(language="en")
    assert (text.title, text.problem.strip()) == ("PLAFOND", "AVANT.")
    assert text.resolution.strip() == "1.  OUVREZ `A`.\n2.  SUPPRIMEZ LE COMPTE.\n\nNOTE."
    assert (text.source_language, text.source_revision) == ("fr", 1)
    assert exported(client, article).units[0].target == "PLAFOND"


def test_a_part_waits_until_it_is_complete(client, article):
    raw = translated(exported(client, article), problem_1="")
    assert "est inachevée" in send(client, article, raw)
    assert not article.translations.filter(language="en").exists()
    assert UnfinishedTranslation.objects.get().texts["title"] == "PLAFOND"
    file = exported(client, article)
    assert file.begun == 1
    send(client, article, translated(file))
    assert article.translations.filter(language="en").exists()
    assert not UnfinishedTranslation.objects.exists()


@pytest.mark.parametrize("is_left_out", [True, False])
def test_what_a_file_has_no_target_for_keeps_what_readers_see(client, article, is_left_out):
    send(client, article, translated(exported(client, article)))
    file = exported(client, article)
    title = file.units[0]._replace(target="Ceiling", is_done=True)
    rest = [] if is_left_out else [unit._replace(target="  ") for unit in file.units[1:]]
    said = send(client, article, write_xliff(file._replace(units=[title, *rest])))
    assert "est inachevée" in said
    text = article.translations.get(language="en")
    assert (text.title, text.problem.strip()) == ("Ceiling", "AVANT.")
    assert text.resolution.strip() == "1.  OUVREZ `A`.\n2.  SUPPRIMEZ LE COMPTE.\n\nNOTE."


def test_what_a_file_has_no_target_for_keeps_what_was_begun(client, article):
    send(client, article, translated(exported(client, article), problem_1=""))
    send(client, article, translated(exported(client, article), title_1=""))
    begun = UnfinishedTranslation.objects.get().texts
    assert (begun["title"], begun["problem"].strip()) == ("PLAFOND", "AVANT.")
    assert not article.translations.filter(language="en").exists()


def test_a_file_of_an_older_source_is_refused(client, article):
    raw = translated(exported(client, article))
    write(article, "fr", "Plafond", problem="Après.", resolution=STEPS)
    assert "source a changé" in send(client, article, raw)
    assert not article.translations.filter(language="en").exists()


def test_a_file_of_an_older_translation_is_refused(client, article):
    raw = translated(exported(client, article))
    write(article, "en", "Ceiling", problem="Before.")
    assert "depuis que le fichier" in send(client, article, raw)
    assert article.translations.get(language="en").title == "Ceiling"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda file: file._replace(article=file.article + 1),
        lambda file: file._replace(language="de"),
        lambda file: file._replace(units=[file.units[0]._replace(key="title-9")]),
        lambda file: file._replace(units=[file.units[0]._replace(source="Autre chose")]),
        lambda file: read_xliff(translated(file, title_1="x" * 301)),
    ],
)
def test_files_that_do_not_fit_the_article(client, article, spoilt):
    assert "n’a pas été importé" in send(
        client, article, write_xliff(spoilt(exported(client, article)))
    )
    assert not article.translations.filter(language="en").exists()
    assert not UnfinishedTranslation.objects.exists()


def test_who_may_take_and_give(client, article):
    raw = translated(exported(client, article))
    client.force_login(editors.person("lea", "Author"))
    file = SimpleUploadedFile("a.xlf", raw)
    assert client.post(page_of(article), {"file": file}).status_code == 403
    client.force_login(editors.person("stan"))
    assert client.get(page_of(article)).status_code == 403
