"""HTML in Markdown: which tags are markup, and which are words that somebody typed. Pure.

``<drive>`` in a command is a placeholder, and a placeholder is content. A tag is markup where HTML
has such an element and the author uses it as one: it is closed, or carries a value, or needs
neither. Everything else is shown as it was typed.
"""

from __future__ import annotations

import re

#: What readers see as an element. The sanitiser drops all others and keeps their words.
READER_ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
#: Elements of HTML (HTML Standard, "Index", and its obsolete ones) that are not shown as such.
#: ``template`` is none of them: a browser would keep what is in it to itself.
REFUSED = frozenset(
    [
        "acronym",
        "address",
        "applet",
        "area",
        "article",
        "aside",
        "audio",
        "base",
        "basefont",
        "bdi",
        "bdo",
        "bgsound",
        "big",
        "blink",
        "body",
        "button",
        "canvas",
        "caption",
        "center",
        "cite",
        "data",
        "datalist",
        "dfn",
        "dialog",
        "dir",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "head",
        "header",
        "hgroup",
        "html",
        "iframe",
        "image",
        "input",
        "isindex",
        "keygen",
        "label",
        "legend",
        "link",
        "main",
        "map",
        "mark",
        "marquee",
        "math",
        "menu",
        "menuitem",
        "meta",
        "meter",
        "nav",
        "nobr",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "optgroup",
        "option",
        "output",
        "param",
        "picture",
        "plaintext",
        "progress",
        "rb",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "script",
        "search",
        "section",
        "select",
        "slot",
        "source",
        "strike",
        "style",
        "svg",
        "textarea",
        "time",
        "title",
        "track",
        "tt",
        "video",
        "wbr",
        "xmp",
    ]
)
#: Elements whose content is not read as HTML: one without an end would take all that follows.
RAW = frozenset(
    [
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "script",
        "style",
        "textarea",
        "title",
        "xmp",
    ]
)
VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "image",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
#: Elements that are shown and begin a block at once.
BLOCKS = frozenset(
    [
        "blockquote",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BARE = frozenset({"br", "hr", "wbr"})  # say something without an attribute
_OPTIONAL_END = frozenset({"dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^>]*)")
# A comment, ended or not; a tag; what HTML would take for the beginning of one or of a comment.
_ANY_TAG = re.compile(
    r"<!--(?:.*?-->)?|</?[A-Za-z](?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|[^'\"<>]{1,1000}+){0,100}+>"
    r"|<[!?/A-Za-z]",
    re.DOTALL,
)
# A value, or one of the attributes that have none.
_ATTRIBUTE = re.compile(r"\s[\w:-]+\s*=|\s(?:open|hidden|disabled|checked|reversed|controls)\b")


def name_of(tag: str) -> str:
    """Return the name of the element in lower case that ``tag`` begins or ends, "" for no tag."""
    match = _TAG.match(tag)
    return match[2].lower() if match else ""


def is_comment(tag: str) -> bool:
    """Return whether ``tag`` is an HTML comment."""
    return tag.startswith("<!--")


class Tags:
    """The tags of one text, judged one by one in their order."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        self._last: dict[str, int] = {}
        self._open: set[str] = set()

    def is_markup(self, tag: str, position: int) -> bool:
        """Return whether ``tag``, which stands at ``position``, is markup and not words."""
        if is_comment(tag):
            return True
        match = _TAG.match(tag)
        name = match[2].lower() if match else ""
        if not match or name not in READER_ELEMENTS | REFUSED:
            return False
        if match[1]:
            return name in self._open or name in BLOCKS or name == "br"
        if self._opens(name, match[3], position):
            self._open.add(name)
            return True
        return False

    def _opens(self, name: str, rest: str, position: int) -> bool:
        has_value = bool(_ATTRIBUTE.search(rest))
        if name in VOID:
            return has_value or name in _BARE
        if name in RAW or not has_value:
            return name in _OPTIONAL_END or self.last(f"</{name}") > position
        return True

    def last(self, words: str) -> int:
        """Return where the text has ``words`` for the last time, -1 where it has not."""
        if words not in self._last:
            self._last[words] = self._text.rfind(words)
        return self._last[words]


def with_words_shown(html: str) -> str:
    """Return the ``html`` of a block with what is no markup in it written as words.

    Its elements may end in another block, so those that are shown are markup in any case.
    """
    tags = Tags(html)

    def written(match: re.Match[str]) -> str:
        tag, name = match[0], name_of(match[0])
        if not tag.endswith(">"):
            is_markup = False
        elif is_comment(tag):
            is_markup = True
        elif name in RAW:
            is_markup = tag.startswith("</") or tags.last(f"</{name}") > match.start()
        else:
            is_markup = name in READER_ELEMENTS or tags.is_markup(tag, match.start())
        return tag if is_markup else f"&lt;{tag[1:]}"

    return _ANY_TAG.sub(written, html)
