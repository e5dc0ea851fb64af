"""Writes documents as Word does, part by part: what is in one can be read here."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from tests.pictures import picture

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def text(words: str, properties: str = "") -> str:
    """Return a run."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", item: tuple[int, int] | None = None) -> str:
    """Return a paragraph; ``item`` is (list, level from 0). Runs without markup are words."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        properties += f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
    inner = "".join(run if run.startswith("<") else text(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of one paragraph a cell."""
    cells = ("".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def image(words: str) -> str:
    """Return a run with the picture of the document; ``words`` stand for it."""
    return (
        "<w:r><w:drawing><wp:inline>"
        f'<wp:docPr id="1" name="Picture 1" descr="{escape(words)}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """Return a run with a text box as Word 2010 and newer write it, and its form for older ones."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _style(key: str, name: str, level: int | None = None, base: str = "") -> str:
    inner = f'<w:basedOn w:val="{base}"/>' if base else ""
    if level is not None:
        inner += f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{inner}</w:style>'
    )


#: As Word in French writes them: the keys are translated, the names are not.
STYLES = "".join(
    (
        _style("Normal", "Normal"),
        _style("Titre", "Title"),
        *(_style(f"Titre{n}", f"heading {n}", n - 1) for n in range(1, 7)),
        *(_style(f"Heading{n}", f"heading {n}", n - 1) for n in range(1, 7)),
        _style("Chapitre", "Chapitre maison", base="Titre2"),
        _style("Paragraphedeliste", "List Paragraph"),
        _style("Code", "Code maison"),
    )
)
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{{}}"/><w:lvlText w:val="%{n + 1}."/></w:lvl>'
    for n in range(4)
)
#: Lists 1 and 3 are numbered, list 2 is not.
_NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{_LEVELS.replace("{}", "decimal")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{_LEVELS.replace("{}", "bullet")}</w:abstractNum>'
    + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{kind}"/></w:num>'
        for n, kind in ((1, 1), (2, 2), (3, 1))
    )
)


def document(
    *blocks: str, footnotes: tuple[str, ...] = (), header: str = "", comments: str = ""
) -> bytes:
    """Return a .docx of ``blocks``."""
    notes = "".join(
        f'<w:footnote w:id="{n}">{paragraph(words)}</w:footnote>'
        for n, words in enumerate(footnotes, 1)
    )
    parts = {
        "word/document.xml": f"<w:document {_NS}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_NS}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_NS}>{_NUMBERING}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {_NS}>{notes}</w:footnotes>",
        "word/header1.xml": f"<w:hdr {_NS}>{paragraph(header)}</w:hdr>",
        "word/comments.xml": f'<w:comments {_NS}><w:comment w:id="1">{paragraph(comments)}'
        "</w:comment></w:comments>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/'
        'package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for n, kind, target in (
                (1, "styles", "styles.xml"),
                (2, "numbering", "numbering.xml"),
                (3, "footnotes", "footnotes.xml"),
                (4, "comments", "comments.xml"),
                (9, "image", "media/image1.png"),
            )
        )
        + "</Relationships>",
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        "</Types>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + body)
        archive.writestr("word/media/image1.png", picture())
    return out.getvalue()


MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>'


def samples() -> dict[str, bytes]:
    """Return the Word documents of the table."""
    return {
        "word/ecran-bleu.docx": document(
            paragraph("Écran bleu 0xC000021A sous Windows", style="Titre"),
            paragraph("Symptôme", style="Titre1"),
            paragraph("L’écran affiche 0xC000021A."),
            paragraph("Résolution", style="Titre1"),
            paragraph("Démarrez sur la clé.", item=(1, 0)),
            paragraph("Choisissez :", item=(1, 0)),
            paragraph("Dépannage ;", item=(2, 1)),
            paragraph("Invite.", item=(2, 1)),
            paragraph(image("Invite de commandes")),
            paragraph("Tapez ", text("chkdsk C: | more", MONO), ".", item=(1, 0)),
            paragraph(text("bootrec /fixmbr", MONO)),
            paragraph(text("bootrec /fixboot", MONO)),
            header="Service informatique",
        ),
        "word/outlook-profile.docx": document(
            paragraph("Outlook stops with 0x8004010F", style="Heading1"),
            paragraph("Cause", style="Heading2"),
            paragraph("The profile is ", text("damaged", "<w:b/>"), text("."),
                      '<w:r><w:footnoteReference w:id="1"/></w:r>'),
            paragraph("Resolution", style="Heading2"),
            paragraph("Open ", text("Control Panel", "<w:b/>"), text("."), item=(3, 0)),
            paragraph(
                "Choose ",
                '<w:del w:id="1" w:author="A"><w:r><w:delText>Post</w:delText></w:r></w:del>',
                f'<w:ins w:id="2" w:author="A">{text("Mail")}</w:ins>',
                text("."),
                text("secret", "<w:vanish/>"),
                item=(3, 0),
            ),
            paragraph("Add a profile.", item=(3, 0)),
            paragraph(text_box(paragraph("Keep the old profile."))),
            footnotes=("Often after a power cut.",),
            comments="Ask Ada",
        ),
        "word/codes.docx": document(
            paragraph("Codes du VPN", style="Titre"),
            paragraph("Erreurs", style="Chapitre"),
            table(
                ("Code d’erreur", "Description", "Solution"),
                ("691", "Le mot de passe est faux.", "Saisissez-le encore."),
                ("809", "Le pare-feu bloque le tunnel.", "Ouvrez UDP 500."),
            ),
        ),
    }  # fmt: skip
