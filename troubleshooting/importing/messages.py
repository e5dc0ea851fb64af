"""What is wrong with a file, for whoever reads the report: what, where, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from ..texts.remarks import whole_remark

MESSAGES = {
    "missing": gettext_noop("There is no such file. Check the path."),
    "unreadable": gettext_noop("The file cannot be read (%(detail)s). Check its permissions."),
    "no_documents": gettext_noop(
        "The folder holds no document: no Markdown, HTML, Word or export that is known."
    ),
    "not_markdown": gettext_noop("This is not a Markdown file: its name must end in .md."),
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is too large: %(detail)s MB, and 5 MB is the limit."),
    "not_utf8": gettext_noop(
        "The file is not UTF-8 (byte %(detail)s). Save it as UTF-8 and import it again."
    ),
    "binary": gettext_noop("The file holds a NUL character: it is not a text."),
    "front_matter_open": gettext_noop(
        "The front matter opened here never ends. Add a line “---” after its last field."
    ),
    "front_matter_broken": gettext_noop(
        "The front matter is not valid YAML (%(detail)s). Correct this line."
    ),
    "nothing": gettext_noop("The file holds front matter and no text."),
    "unknown_language": gettext_noop(
        "The portal is not set up for the language “%(detail)s”. Add it to PORTAL_LANGUAGES."
    ),
    "language_guessed": gettext_noop(
        "Nothing in the text tells its language, so it was taken for %(detail)s. Name the language"
        " in the file’s name, such as guide.en.md."
    ),
    "git_missing": gettext_noop("The command git is not installed. Install it on the server."),
    "git_revision": gettext_noop("The repository has no revision “%(detail)s”."),
    "git_broken": gettext_noop("The repository cannot be read (%(detail)s)."),
    "git_too_many": gettext_noop(
        "The repository holds more than 50,000 documents and images. Name those that are wanted."
    ),
    "busy": gettext_noop(
        "Something else was being written for too long. Nothing of this file was stored: import"
        " it again."
    ),
    "broken_link": gettext_noop("This link has a scheme that does not exist: %(detail)s."),
    "comment": gettext_noop(
        "A comment holds words, which nobody will see: “%(detail)s”. Write as text what"
        " readers need."
    ),
    "no_headings": gettext_noop(
        "The document makes no article: it has no heading, and neither its title nor a label"
        " names a problem. Its text stays on the document’s page."
    ),
    "only_headings": gettext_noop(
        "The document makes no article: nothing stands under its headings but words about the"
        " document itself."
    ),
    "only_metadata": gettext_noop("The document makes no article: it holds no text of its own."),
    "refused": gettext_noop("The document cannot be shown. %(detail)s"),
    "archive_broken": gettext_noop("The zip archive is damaged. Pack it again."),
    "archive_empty": gettext_noop(
        "The zip archive holds no document: no Markdown, HTML, Word or export that is known."
    ),
    "archive_nested": gettext_noop(
        "The zip archive holds nothing but other zip archives, as large exports of Notion do."
        " Unpack it and import those."
    ),
    "archive_encrypted": gettext_noop(
        "The zip archive asks for a password (%(detail)s). Pack it without one."
    ),
    "archive_too_many": gettext_noop(
        "The zip archive holds more than 5,000 files. Pack the documents and images alone."
    ),
    "archive_bomb": gettext_noop(
        "The zip archive would take more than 200 MB, or far more than it says (%(detail)s)."
        " Pack the documents and images alone."
    ),
    "archive_zip64": gettext_noop(
        "The zip archive is of the kind for very large ones (Zip64). Pack it as a plain zip."
    ),
    "archive_unsafe": gettext_noop(
        "The zip archive holds a name that leads elsewhere: %(detail)s. Nothing of it was read."
    ),
    "archive_link": gettext_noop(
        "The zip archive holds a symbolic link: %(detail)s. Pack the file that it leads to."
    ),
    "archive_twice": gettext_noop("The zip archive holds %(detail)s twice. Pack it once."),
    "portal_version": gettext_noop(
        "This article was exported by a newer portal (format %(detail)s, this one reads 1)."
    ),
    "portal_field": gettext_noop(
        "The field “%(detail)s” of the front matter is missing or not as it should be."
    ),
    "portal_body": gettext_noop(
        "This line stands before the first section. Put it below a line such as"
        " “<!-- section: problem -->”."
    ),
    "portal_section": gettext_noop("The section “%(detail)s” does not exist, or begins twice."),
    "in_trash": gettext_noop(
        "This article is in the trash, and stays there: %(detail)s. Restore it if you need it."
    ),
    "deleted": gettext_noop("This article was deleted, and is not created again: %(detail)s."),
    "replaced": gettext_noop(
        "This article became a part of another one, which is not changed: %(detail)s. Check whether"
        " the document says something new."
    ),
    "source_too_large": gettext_noop(
        "The file is too large: %(detail)s MB, and 25 MB is the limit. Export it in parts."
    ),
    "word_old": gettext_noop(
        "This is a Word document of an old kind (.doc), or it asks for a password. Save it as .docx"
        " without a password."
    ),
    "word_broken": gettext_noop(
        "This is not a Word document, or it is damaged. Open it in Word and save it as .docx."
    ),
    "word_bomb": gettext_noop(
        "The Word document would take more than 100 MB when unpacked. Make its pictures smaller."
    ),
    "json_broken": gettext_noop("This is not valid JSON (%(detail)s). Export the file again."),
    "json_unknown": gettext_noop(
        "This JSON is neither an export of Zendesk’s articles nor one of BookStack."
    ),
    "html_unknown": gettext_noop(
        "This is not an HTML page. Save the page as HTML, or the text as Markdown."
    ),
    "html_template": gettext_noop(
        "This is a template that a program fills in, not a page. Export the pages that it shows."
    ),
    "nothing_inside": gettext_noop(
        "The file holds no document, only a list of others. Import the folder or zip that it is in."
    ),
    "exported_twice": gettext_noop(
        "Another file of this import holds the same document with another text: %(detail)s. Keep"
        " the newer export alone."
    ),
    "left_hidden": gettext_noop("Hidden words were left out (%(detail)s)."),
    "left_around": gettext_noop("Words around the text were left out (%(detail)s)."),
    "left_fields": gettext_noop("Words of buttons and fields were left out (%(detail)s)."),
    "left_deleted": gettext_noop("Words that were deleted in Word were left out (%(detail)s)."),
    "left_comments": gettext_noop("Comments were left out (%(detail)s)."),
    "left_image": gettext_noop(
        "An image is of a kind that cannot be shown: %(detail)s. Insert it as PNG or JPEG."
    ),
    "left_link": gettext_noop(
        "A link leads to a file that did not come along: %(detail)s. Its words stay."
    ),
    "left_words": gettext_noop(
        "Words were lost on the way (%(detail)s). Compare the article with the original."
    ),
    "title_too_long": gettext_noop("A heading is too long for a title: %(detail)s."),
}


def message(path: str, code: str, line: int | None = None, detail: str = "") -> str:
    """Return ``path:line: what is wrong``, to be read in any language."""
    place = f"{path}:{line}" if line else path
    return f"{place}: {whole_remark(MESSAGES[code], detail=detail)}"
