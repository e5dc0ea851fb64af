"""Commands that the project does not have, added as CONTRIBUTING says."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy, override

from tests.web.content import make_portal
from troubleshooting.management.answers import FAILED, NOTHING, AnsweringCommand
from troubleshooting.management.base import PortalCommand
from troubleshooting.models import Platform


@pytest.fixture
def portal(db) -> None:
    make_portal()


class CountCommand(PortalCommand):
    help = gettext_lazy("Search")

    def handle(self, *args, **options) -> None:
        self.stdout.write(str(Platform.objects.count()))


class FindCommand(AnsweringCommand):
    def add_arguments(self, parser) -> None:
        parser.add_argument("slug")
        self.add_answer_arguments(parser)

    def answer(self, *, slug: str, format: str, language: str, **options) -> bool:
        if not slug:
            raise CommandError("Nothing is asked")
        names = list(Platform.objects.filter(slug=slug).values_list("name", flat=True))
        text = f"{language}: {', '.join(names)}"
        self.stdout.write(json.dumps(names) if format == "json" else text)
        return bool(names)


@pytest.mark.parametrize(("language", "said"), [("fr", "Rechercher"), ("en", "Search")])
def test_the_help_of_a_command_is_in_the_language_of_who_asks(language: str, said: str):
    with override(language):
        assert said in CountCommand().create_parser("manage.py", "count").format_help()


@pytest.mark.django_db
def test_a_command_does_its_work(portal, capsys):
    call_command(CountCommand())
    assert int(capsys.readouterr().out) == Platform.objects.count() > 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ios"], "fr: iOS/iPadOS"),
        (["ios", "--language", "en"], "en: iOS/iPadOS"),
        (["ios", "--format", "json"], '["iOS/iPadOS"]'),
    ],
)
def test_an_answer_is_in_words_or_json(portal, capsys, arguments: list[str], said: str):
    call_command(FindCommand(), *arguments)
    assert capsys.readouterr().out.strip() == said


@pytest.mark.django_db
def test_scripts_are_told_whether_something_was_found(portal):
    with pytest.raises(SystemExit) as ended:
        call_command(FindCommand(), "none")
    assert ended.value.code == NOTHING
    with pytest.raises(CommandError) as refused:
        call_command(FindCommand(), "")
    assert refused.value.returncode == FAILED
