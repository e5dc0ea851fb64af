"""The index of messages: what screens and logs say, word for word, with the articles on it."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ...access import reader_of
from ...caching.responses import page_state
from ...filters.indexes import IndexRow
from .listing import IndexView
from .rows import message_rows

#: Characters of a message that a search is asked for.
LONGEST = 300


class MessageListView(IndexView):
    """The messages quoted in the reader's language; spellings that differ in case only are one."""

    template_name = "troubleshooting/message_list.html"
    name_label = _("Message")

    def rows(self) -> list[IndexRow]:
        state = page_state(self.request)
        return message_rows(reader_of(self.request), self.language, state)

    def address(self, row: IndexRow) -> str:
        words = Truncator(row.name).chars(LONGEST, truncate="")
        return f"{reverse('troubleshooting:search')}?{urlencode({'q': words})}"
