"""The index of messages: what screens and logs say, word for word, with the articles on it."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ...access import reader_of
from ...caching.responses import page_state
from ...filters.indexes import IndexRow
from .listing import ADDRESSES, IndexView
from .rows import message_rows

#: Characters of a message that a search is asked for.
LONGEST = 300


class MessageListView(IndexView):
    """The messages quoted in the reader's language; spellings that differ in case only are one."""

    template_name = "troubleshooting/indexes/message_list.html"
    name_label = _("Message")

    def rows(self) -> list[IndexRow]:
        state = page_state(self.request)
        return message_rows(reader_of(self.request), self.language, state)

    def address(self, name: str) -> str:
        return _address(self.language, get_script_prefix(), name)


@lru_cache(maxsize=ADDRESSES)
def _address(_language: str, _mounted: str, name: str) -> str:
    words = Truncator(name).chars(LONGEST, truncate="")
    return f"{reverse('troubleshooting:search')}?{urlencode({'q': words})}"
