"""The pages of snippets, as a reviewer uses them, in both languages."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from tests.people import person
from tests.web.content import BILINGUAL, write
from tests.web.html import Page
from troubleshooting.editing.reusing import name_of_proposal, save_snippet
from troubleshooting.models import Article, AuditEntry, RenderedTranslation, Snippet

pytestmark = pytest.mark.usefixtures("portal")


def address(page: str = "changelist", *args, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(f"admin:troubleshooting_snippet_{page}", args=args)


@pytest.fixture
def reviewer(client) -> User:
    user = person("reviewer")
    client.force_login(user)
    return user


@pytest.fixture
def snippet() -> Snippet:
    return save_snippet(Snippet(key="relance"), {"fr": "1.  Relancez."}, author=None).snippet


def hold(*slugs: str) -> None:
    for slug in slugs:
        write(
            Article.objects.get(slug=slug), "fr", "Plafond atteint", resolution="[!SNIPPET relance]"
        )


def post(client, page: str, *args, **values):
    values = {"text_fr": "1.  Relancez.", "text_en": "", "base_version": "1", **values}
    return client.post(address(page, *args), values, follow=True)


def proposal() -> str:
    """Return what the page of the snippet posts when somebody decides about what it shows."""
    return name_of_proposal(Snippet.objects.get())


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def shown() -> str:
    return RenderedTranslation.objects.get(
        translation__article__slug=BILINGUAL, translation__language="fr"
    ).resolution


def test_a_snippet_is_written_and_its_change_is_seen_in_the_article(client, reviewer):
    post(client, "add", key="relance", text_en="1.  Restart.", base_version="0")
    hold(BILINGUAL)
    snippet = Snippet.objects.get()
    answer = post(client, "change", snippet.pk, text_fr="1.  Patientez.")
    assert messages(answer) == ["Enregistré. 1 texte le dit maintenant."]
    assert "Patientez." in shown()
    acts = AuditEntry.objects.filter(kind="snippet").order_by("pk")
    assert [one.act for one in acts] == ["added", "changed"]
    assert acts[1].before["fr"] == "1.  Relancez."
    assert acts[1].after["fr"] == "1.  Patientez."


def test_the_preview_shows_what_readers_will_see_and_saves_nothing(client, reviewer, snippet):
    answer = post(client, "change", snippet.pk, text_fr="1.  **Neuf**.", _preview="1")
    assert "<strong>Neuf</strong>" in answer.content.decode()
    assert Snippet.objects.get().texts == {"fr": "1.  Relancez."}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text_fr": "> " * 200 + "x"}, "sont imbriqués trop profondément"),
        ({"text_fr": "[!SNIPPET relance]"}, "qui se contiendrait lui-même"),
        ({"base_version": "0", "text_fr": "x"}, "Quelqu’un d’autre a modifié ce fragment"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(client, reviewer, snippet, values, words):
    page = post(client, "change", snippet.pk, text_en="Typed.", **values).content.decode()
    assert words in page
    assert "Typed." in page
    assert Snippet.objects.get().version == 1


@pytest.mark.parametrize("key", ["Relance", "a_b", "a--b", "é", ""])
def test_a_name_that_no_marker_could_hold_is_refused(client, reviewer, key):
    post(client, "add", key=key, base_version="0")
    assert not Snippet.objects.exists()


def test_for_a_name_in_words_one_is_proposed(client, reviewer):
    page = post(client, "add", key="Redémarrer la box", base_version="0").content.decode()
    assert "«\xa0redemarrer-la-box\xa0» conviendrait" in page
    assert "slug" not in Page(page).words


def test_the_list_and_the_page_say_where_it_is_used(client, reviewer, snippet):
    hold(BILINGUAL, "echec-du-profil")
    assert ">2 articles</a>" in client.get(address()).content.decode()
    page = client.get(address("change", snippet.pk)).content.decode()
    assert "Utilisé dans 2 articles" in page
    key = Article.objects.get(slug=BILINGUAL).pk
    assert f"/admin/troubleshooting/article/{key}/change/" in page


def test_what_is_used_is_not_deleted_and_the_page_says_why(client, reviewer, snippet):
    hold(BILINGUAL)
    page = client.get(address("delete", snippet.pk)).content.decode()
    assert "se trouve dans 1 article. Retirez-l’en d’abord." in page
    client.post(address("delete", snippet.pk), {"post": "yes"})
    assert Snippet.objects.exists()


def test_what_is_not_used_is_deleted(client, reviewer, snippet):
    client.post(address("delete", snippet.pk), {"post": "yes"})
    assert not Snippet.objects.exists()
    assert AuditEntry.objects.filter(act="deleted", name="relance").exists()


def test_an_earlier_text_is_said_again_with_one_press(client, reviewer, snippet):
    hold(BILINGUAL)
    post(client, "change", snippet.pk, text_fr="1.  Patientez.")
    post(client, "change", snippet.pk, _restore="1")
    assert "Relancez." in shown()
    assert Snippet.objects.get().version == 3


def test_with_four_eyes_another_reviewer_approves(client, reviewer, snippet, settings):
    settings.FOUR_EYES = True
    hold(BILINGUAL)
    answer = post(client, "change", snippet.pk, text_fr="1.  Patientez.", _continue="1")
    page = answer.content.decode()
    assert "Relancez." in shown()
    assert "Quelqu’un d’autre doit l’approuver." in page
    assert post(client, "change", snippet.pk, _approve=proposal()).status_code == 403
    client.force_login(person("reviewer", "bo"))
    assert f'value="{proposal()}"' in client.get(address("change", snippet.pk)).content.decode()
    again = post(client, "change", snippet.pk, _approve="1")
    assert "a été modifiée entre-temps" in again.content.decode()
    assert "Relancez." in shown()
    post(client, "change", snippet.pk, _approve=proposal())
    assert "Patientez." in shown()


def test_a_proposal_is_discarded_by_its_author_or_who_may_approve_it(client, snippet, settings):
    settings.FOUR_EYES = True
    hold(BILINGUAL)
    ada, bo = person("reviewer"), person("reviewer", "bo")
    for author, other in ((ada, ada), (ada, bo)):
        client.force_login(author)
        post(client, "change", snippet.pk, text_fr="1.  Patientez.", _continue="1")
        client.force_login(other)
        post(client, "change", snippet.pk, _discard=proposal())
        assert Snippet.objects.get().proposed is None


def test_who_may_not_approve_a_proposal_does_not_discard_it(client, snippet, settings):
    settings.FOUR_EYES = True
    settings.ROLES_BY_FIELD = True
    hold(BILINGUAL)
    client.force_login(person("reviewer"))
    save_snippet(snippet, {"fr": "1.  Patientez."}, author=User.objects.get())
    bound = person("reviewer", "bo")
    client.force_login(bound)
    assert 'name="_discard"' not in client.get(address("change", snippet.pk)).content.decode()
    assert post(client, "change", snippet.pk, _discard=proposal()).status_code == 403
    assert Snippet.objects.get().proposed


@pytest.mark.parametrize("role", ["reader", "staff", "author"])
def test_who_is_no_reviewer_changes_nothing(client, snippet, role):
    client.force_login(person(role))
    for values in ({"text_fr": "x"}, {"_restore": "1"}, {"_approve": "1"}, {"_discard": "1"}):
        post(client, "change", snippet.pk, **values)
    assert Snippet.objects.get().version == 1
    seen = client.get(address("change", snippet.pk))
    assert (seen.status_code == 200) == (role == "author")


def test_the_page_speaks_english_too(client, reviewer, snippet):
    page = client.get(address("change", snippet.pk, language="en")).content.decode()
    assert "Used in 0 articles" in page
    assert "As readers see it" in page
