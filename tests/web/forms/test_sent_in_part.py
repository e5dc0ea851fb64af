"""A form of which a part is missing changes the rest of it, and nothing that is missing."""

from datetime import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import translation

from tests.web.content import BILINGUAL
from tests.web.editors import address, person, posted
from tests.web.html import Page
from troubleshooting.admin.partly import SHOWN
from troubleshooting.models import Article, ArticleTranslation
from troubleshooting.texts.sections import TEXTS

PAGES = [
    (model, page)
    for model, page in admin.site._registry.items()
    if model._meta.app_label in ("troubleshooting", "auth") and model is not Article
]


def held(model, key) -> dict:
    values = model_to_dict(model._base_manager.get(pk=key))
    # A moment is typed to the second.
    return {
        name: value.replace(microsecond=0) if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def sent_by(html: str) -> dict[str, list[str]]:
    """What a browser sends of the form of a page, by name."""
    sent: dict[str, list[str]] = {}
    select = None
    for one in Page(html).elements:
        name, kind = one.get("name"), one.get("type")
        if one.tag == "select":
            select = name
        elif one.tag == "option" and "selected" in one.attributes:
            sent.setdefault(select, []).append(one.get("value"))
        elif one.tag == "textarea":
            sent.setdefault(name, []).append(one.text.removeprefix("\n"))
        elif one.tag == "input" and name and kind not in ("submit", "file", "search"):
            if kind not in ("checkbox", "radio"):
                sent.setdefault(name, []).append(one.get("value"))
            elif "checked" in one.attributes:
                sent.setdefault(name, []).append(one.get("value") or "on")
    return sent


def is_of(name: str, field: str) -> bool:
    """Whether a name belongs to a field, which may be sent in two parts."""
    return name in (field, f"{field}_0", f"{field}_1", f"initial-{field}")


@pytest.mark.parametrize(("model", "page"), PAGES, ids=[one.__name__ for one, _page in PAGES])
def test_what_a_form_does_not_send_stays(client, superuser, model, page):
    row = model._default_manager.order_by("pk").first()
    with translation.override("fr"):
        names = model._meta
        shown = reverse(f"admin:{names.app_label}_{names.model_name}_change", args=[row.pk])
    answer = client.get(shown)
    if answer.status_code != 200 or "adminform" not in (answer.context or {}):
        return  # nothing to be sent
    sent = sent_by(answer.content.decode())
    fields = [*answer.context["adminform"].form.fields]
    before = held(model, row.pk)
    client.post(shown, {**sent, "_continue": "1"})
    assert held(model, row.pk) == before
    for missing in [*fields, None]:
        left = [missing] if missing else fields
        kept = {k: v for k, v in sent.items() if k != SHOWN and not any(is_of(k, f) for f in left)}
        client.post(shown, {**kept, "_continue": "1"})
        assert held(model, row.pk) == before, f"without {missing or 'anything'}"


def test_an_account_keeps_its_role_when_its_own_form_comes_without_groups(client, portal):
    user = person("ada", "Administrator")
    client.force_login(user)
    shown = reverse("admin:auth_user_change", args=[user.pk])
    client.post(shown, {"username": "ada", "first_name": "Ada"})
    user.refresh_from_db()
    assert (user.first_name, user.is_active, user.is_staff) == ("Ada", True, True)
    assert [group.name for group in user.groups.all()] == ["Administrator"]


def test_a_box_that_was_shown_can_be_unticked_and_groups_taken_away(client, superuser):
    other = person("rene", "Reviewer")
    shown = reverse("admin:auth_user_change", args=[other.pk])
    form = client.get(shown).context["adminform"].form
    assert {"is_active", "groups"} <= set(form.shown().split())
    assert f'name="{SHOWN}"' in client.get(shown).content.decode()
    client.post(shown, {"username": "rene", SHOWN: form.shown(), "is_staff": "on"})
    other.refresh_from_db()
    assert (other.is_active, other.is_staff, other.groups.count()) == (False, True, 0)


def test_what_is_shown_again_after_an_error_is_what_the_row_holds(client, superuser):
    other = person("rene", "Reviewer")
    User.objects.filter(pk=other.pk).update(email="rene@example.org")
    shown = reverse("admin:auth_user_change", args=[other.pk])
    answer = client.post(shown, {"username": "ada"})
    form = answer.context["adminform"].form
    assert form.errors.keys() == {"username"}
    assert form["email"].value() == "rene@example.org"
    group = Group.objects.get(name="Reviewer")
    assert [str(one) for one in form["groups"].value()] == [str(group.pk)]


@pytest.mark.parametrize("name", TEXTS)
def test_a_section_that_never_arrived_is_not_emptied(client, superuser, name: str):
    article = Article.objects.get(slug=BILINGUAL)
    text = ArticleTranslation.objects.get(article=article, language="fr")
    form = posted(article)
    del form[name]
    client.post(address("change", article.pk), {**form, "other": form.get("other", "") and "x"})
    now = ArticleTranslation.objects.get(pk=text.pk)
    assert getattr(now, name) == getattr(text, name)


def test_a_translation_of_which_a_section_never_arrived_keeps_it(client, superuser):
    article = Article.objects.get(slug=BILINGUAL)
    with translation.override("fr"):
        shown = reverse("admin:troubleshooting_article_translate", args=[article.pk, "en"])
    sent = sent_by(client.get(shown).content.decode())
    before = ArticleTranslation.objects.get(article=article, language="en").texts()
    left = {"form-resolution", "text-resolution", "form-cause", "text-cause"}
    kept = {name: values for name, values in sent.items() if name not in left}
    client.post(shown, {**kept, "text-title": ["Limit"]})
    now = ArticleTranslation.objects.get(article=article, language="en").texts()
    assert now == {**before, "title": "Limit"}
