"""``manage.py article SLUG --language en --format md``"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...access import Reader
from ...models import Article
from ...representing.articles import article_text
from ...representing.encodings import printable
from ...representing.files import as_data, as_markdown, as_text
from ..answers import AnsweringCommand

#: Digits of the number of an article.
_LONGEST_NUMBER = 18


class Command(AnsweringCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Writes a public article as Markdown, as plain text or as JSON. Where it does not exist"
            " in the language, it is written in another."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slug",
            metavar="ARTICLE",
            help=_("The last part of the article’s address, or its number."),
        )
        self.add_answer_arguments(parser, ("md", "txt", "json"))

    def answer(self, **options: Any) -> bool:
        slug = options["slug"].replace("\0", "")
        public = Article.objects.visible_to(Reader.PUBLIC)
        known = public.at_address(slug).first()
        if known is None and slug.isascii() and slug.isdigit() and len(slug) <= _LONGEST_NUMBER:
            known = public.filter(pk=int(slug)).first()
        text = known and article_text(Reader.PUBLIC, options["language"], number=known.pk)
        if not text:
            said = _("No public article has the address %(slug)s.")
            raise CommandError(said % {"slug": printable(slug)})
        site = settings.SITE_ADDRESS
        if options["format"] == "json":
            data = json.dumps(as_data(text, site), cls=DjangoJSONEncoder, ensure_ascii=False)
            self.stdout.write(data)
        else:
            write = as_markdown if options["format"] == "md" else as_text
            self.stdout.write(printable(write(text, site)), ending="")
        return True
