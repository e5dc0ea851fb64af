"""What is rendered once for all pages of a language."""

from datetime import date

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import override

from troubleshooting.models import Platform
from troubleshooting.templatetags.furniture import MOST

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
    part = Template(LOADED + "{% furniture here=one.two %}{{ here }}!{% endfurniture %}")
    assert [part.render(Context({"one": {"two": word}})) for word in "aba"] == ["a!", "b!", "a!"]
    assert part.render(Context()) == "None!"


def test_there_may_be_several_values():
    part = Template(LOADED + "{% furniture a=a b=b %}{{ a }}{{ b }}{{ c }}{% endfurniture %}")
    assert part.render(Context({"a": 1, "b": "<", "c": 3})) == "1&lt;"
    assert part.render(Context({"a": 1, "b": mark_safe("<")})) == "1<"
    assert part.render(Context({"a": True, "b": (1, date(2026, 2, 3))})).startswith("True(1, ")


def test_what_may_change_and_still_be_equal_is_refused():
    part = Template(LOADED + "{% furniture platform=platform %}{{ platform }}{% endfurniture %}")
    for value in (Platform(pk=1, name="iOS"), [1], (1, [2])):
        with pytest.raises(TypeError):
            part.render(Context({"platform": value}))


def test_memory_is_bounded():
    part = Template(LOADED + "{% furniture a=a %}{{ a }}{% endfurniture %}")
    for number in range(2 * MOST):
        assert part.render(Context({"a": number})) == str(number)
    assert len(part.nodelist.get_nodes_by_type(object)[1].kept) <= MOST


@pytest.mark.parametrize("tag", ["furniture x", "furniture x as y", "furniture a=b z"])
def test_a_tag_with_other_words_is_refused(tag):
    with pytest.raises(TemplateSyntaxError):
        Template(f"{LOADED}{{% {tag} %}}{{% endfurniture %}}")
