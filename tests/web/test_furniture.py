"""What is rendered once for all pages of a language."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

LOADED = "{% load i18n furniture %}"


def test_is_rendered_once_for_each_language():
    part = Template(LOADED + "{% furniture %}{% translate 'Search' %}{% endfurniture %}")
    for language, word in (("fr", "Rechercher"), ("en", "Search"), ("fr", "Rechercher")):
        with override(language):
            assert part.render(Context()) == word
    assert len(part.nodelist.get_nodes_by_type(object)[1].kept) == 2


def test_nothing_of_a_page_gets_in():
    part = Template(LOADED + "[{% furniture %}{{ secret }}{{ user }}{% endfurniture %}]")
    assert part.render(Context({"secret": "x", "user": "y"})) == "[]"


def test_there_is_one_for_each_value():
    part = Template(LOADED + "{% furniture one.two as here %}{{ here }}!{% endfurniture %}")
    assert [part.render(Context({"one": {"two": word}})) for word in "aba"] == ["a!", "b!", "a!"]
    assert part.render(Context()) == "None!"


@pytest.mark.parametrize("tag", ["furniture x", "furniture x as", "furniture x y z"])
def test_a_tag_with_other_words_is_refused(tag):
    with pytest.raises(TemplateSyntaxError):
        Template(f"{LOADED}{{% {tag} %}}{{% endfurniture %}}")
