"""The documents that a run may meet again, and which of them a file is.

In this order: the same bytes at the same path; the publisher's number; what redirections say; the
path; likeness. A name alone says nothing. Nothing is written here: the register notes what the run
makes, so that a rehearsal recognises as much as an import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from django.conf import settings
from django.db.models import Q

from ...models import Source, SourceDocument, SourceEntry
from ...texts.converting import NUMBER
from ...texts.docfx import DocfxDocument, DocumentError
from ...texts.languages import common
from ..trees import Redirections, SourceFile, key_of, rules_of
from .likeness import LikenessIndex, Runs, likeness, runs_of_file

#: What a file must share with the document that lay at its path, where paths alone say little.
_SAME_PLACE = 0.2
#: The same where the publisher's numbers differ: its text was given a new number.
_RENUMBERED = 0.5
#: What a file must share with one that is gone, with the same title and with another.
_MOVED_IN_SOURCE = (0.3, 0.5)
_MOVED = (0.8, 0.95)
_NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document a file is: its address, and its row where it is known already."""

    key: str
    pk: int | None


@dataclass(slots=True)
class KnownDocument:
    """A document that the portal holds (``pk``), or that the run has made."""

    pk: int | None
    key: str
    language: str
    path: str
    asset_id: str
    sha256: str
    title: str

    def conflicts(self, other: KnownDocument) -> bool:
        """Return whether the publisher numbers the two differently."""
        return bool(self.asset_id and other.asset_id and self.asset_id != other.asset_id)


def asset_id_of(document: DocfxDocument) -> str:
    """Return the number by which its publisher, or the product it is from, knows ``document``."""
    fields, name = document.front_matter, common()["site"]["field_prefix"] + "assetid"
    return str(fields.get(name) or fields.get(NUMBER) or "")[:80]


def owned_by(source: Source | None) -> Q:
    """Return the condition for documents of ``source``, or that no source has claimed yet."""
    unowned = Q(source=None)
    return unowned | Q(source=source) if source else unowned


class Register:
    """The documents of one source (or of none), and the files of a run."""

    def __init__(
        self, source: Source | None, files: Iterable[SourceFile], redirections: Redirections
    ) -> None:
        self.source = source
        self._languages = [code for code, _name in settings.LANGUAGES]
        self._redirections = redirections
        self._rules = rules_of(source)
        self._files = {file.name: file for file in files}
        self._claimed: set[int] = set()
        fields = ("pk", "key", "language", "path", "asset_id", "sha256", "title")
        rows = SourceDocument.objects.filter(owned_by(source)).values_list(*fields)
        self._known = [KnownDocument(*row) for row in rows]
        self._by_path = _grouped(self._known, lambda known: known.path)
        self._by_asset = _grouped(self._known, lambda known: known.asset_id)
        self._by_title = _grouped(self._known, lambda known: known.title)
        self._by_name = _grouped(self._known, lambda known: self._name(known.path))
        self._foretold_rows = [known for known in self._known if known.sha256 == _NOTHING]
        self._stored_languages = {known.language for known in self._known} | set(self._languages)
        self._keys = {(known.key, known.language) for known in self._known}
        self._gone = _grouped((k for k in self._known if self.is_gone(k.path)), _language_of)
        new = (name for name in self._files if name not in self._by_path)
        self._new_names = {name.rsplit("/", 1)[-1] for name in new}
        self._moved = _MovedDocuments(self)

    def knows(self, path: str) -> bool:
        """Return whether a document lay at ``path``."""
        return path in self._by_path

    def is_gone(self, path: str) -> bool:
        """Return whether no file of the run lies at ``path``."""
        return path not in self._files

    def has_new_name(self, path: str) -> bool:
        """Return whether a file that lies where none was known is called as the one at ``path``."""
        return path.rsplit("/", 1)[-1] in self._new_names

    def identify(self, file: SourceFile, raw: bytes, document: DocfxDocument) -> Identity:
        """Return which document ``file`` is; a new one gets a free address."""
        digest = hashlib.sha256(raw).hexdigest()
        language, asset_id = document.language, asset_id_of(document)
        new = KnownDocument(None, "", language, file.name, asset_id, digest, document.title[:300])
        found = self._same(new, raw)
        if found is None or found.pk is None:
            new.key = self._sibling(new, document) or self._free_key(file)
            self._note(new)
            return Identity(new.key, None)
        self._claimed.add(found.pk)
        return Identity(found.key, found.pk)

    def _note(self, new: KnownDocument) -> None:
        self._known.append(new)
        self._by_path.setdefault(new.path, []).append(new)
        self._by_asset.setdefault(new.asset_id, []).append(new)
        self._by_name.setdefault(self._name(new.path), []).append(new)
        self._keys.add((new.key, new.language))

    def unclaimed(self) -> list[int]:
        """Return the documents of the source itself that no file of the run was."""
        known = (k.pk for k in self._known if self.is_gone(k.path))
        keys = [pk for pk in known if pk is not None and pk not in self._claimed]
        return list(
            SourceDocument.objects.filter(pk__in=keys, source=self.source).values_list(
                "pk", flat=True
            )
        )

    def gone(self, language: str) -> list[KnownDocument]:
        """Return the documents in ``language`` whose files are not there and that no file is."""
        return [known for known in self._gone.get(language, ()) if self._is_free(known, language)]

    def changed_documents(self, language: str) -> Iterator[tuple[int, bytes]]:
        """Yield the documents in ``language`` that are to be read yet and whose files differ."""
        for known in self._known:
            file = self._files.get(known.path)
            if file is None or known.pk is None or not self._is_free(known, language):
                continue
            try:
                raw = file.read()
            except DocumentError:
                continue
            if hashlib.sha256(raw).hexdigest() != known.sha256:
                yield known.pk, raw

    def all_gone(self) -> Iterator[KnownDocument]:
        """Yield the documents whose files are not there."""
        return chain.from_iterable(self._gone.values())

    def is_lost(self, document: KnownDocument, new: KnownDocument) -> bool:
        """Return whether ``document`` is gone, no file of the run was it, and ``new`` may be."""
        gone = self.is_gone(document.path) and self._is_free(document, new.language)
        return gone and not document.conflicts(new)

    def _is_free(self, document: KnownDocument, language: str) -> bool:
        return (
            document.language == language
            and document.pk is not None
            and document.pk not in self._claimed
        )

    def _same(self, new: KnownDocument, raw: bytes) -> KnownDocument | None:
        here = [k for k in self._by_path.get(new.path, ()) if self._is_free(k, new.language)]
        same = next((known for known in here if known.sha256 == new.sha256), None)
        if same:
            return same
        runs = runs_of_file(raw)
        return (
            self._numbered(new, runs)
            or self._redirected(new)
            or self._swapped(new, here, runs)
            or self._at_path(new, here, runs)
            or self._foretold(new)
            or self._moved.find(new, runs)
        )

    def _numbered(self, new: KnownDocument, runs: Runs) -> KnownDocument | None:
        """Find by the publisher's number; a file that still has it is the one, no copy is."""
        numbered = self._by_asset.get(new.asset_id, ()) if new.asset_id else ()
        free = [
            known
            for known in numbered
            if self._is_free(known, new.language)
            and (known.path == new.path or self.is_gone(known.path))
        ]
        return max(free, key=lambda k: (k.path == new.path, share_with(k, runs)), default=None)

    def _redirected(self, new: KnownDocument) -> KnownDocument | None:
        if not self._redirections:
            return None
        leads = self._redirections.leads
        found = [k for k in self.gone(new.language) if leads(k.path, new.path)]
        # Several were merged into one: it is the one whose number it has, or none of them.
        fitting = [known for known in found if not known.conflicts(new)]
        return fitting[0] if len(fitting) == 1 else None

    def _swapped(
        self, new: KnownDocument, here: list[KnownDocument], runs: Runs
    ) -> KnownDocument | None:
        """Return a document of the same title whose path is another one's now.

        Only where none of those ``here`` fits, and within a source alone: elsewhere files of one
        path have nothing to do with each other.
        """
        if self.source is None or any(share_with(k, runs) >= _SAME_PLACE for k in here):
            return None
        named = [k for k in self._by_title.get(new.title, ()) if self._is_free(k, new.language)]
        for known in named:
            share = share_with(known, runs)
            file = self._files.get(known.path)
            if file and share >= _MOVED_IN_SOURCE[1] and share > share_with(known, _runs_of(file)):
                return known
        return None

    def _at_path(
        self, new: KnownDocument, here: list[KnownDocument], runs: Runs
    ) -> KnownDocument | None:
        best = max(here, key=lambda known: share_with(known, runs), default=None)
        if best is None:
            return None
        share = share_with(best, runs)
        if best.conflicts(new):
            return best if share >= _RENUMBERED else None
        return best if self.source or share >= _SAME_PLACE else None

    def _foretold(self, new: KnownDocument) -> KnownDocument | None:
        """Return the row that stands for a document whose articles came without it."""
        key = self._name(new.path)
        rows = (k for k in self._foretold_rows if k.key == key)
        return next((known for known in rows if self._is_free(known, new.language)), None)

    def _sibling(self, new: KnownDocument, document: DocfxDocument) -> str | None:
        """Return the address of the same document in another language, if it is free here."""

        def is_other(document: KnownDocument) -> bool:
            is_taken = (document.key, new.language) in self._keys
            return document.language != new.language and not is_taken

        numbered = self._by_asset.get(new.asset_id, ()) if new.asset_id else ()
        by_number = [known for known in numbered if is_other(known)]
        by_name = [
            known
            for known in self._by_name.get(self._name(new.path), ())
            if is_other(known)
            and (self.source or known.sha256 == _NOTHING or _are_akin(known, document))
        ]
        both = [known for known in by_number if known in by_name]
        return next((known.key for known in chain(both, by_number, by_name)), None)

    def _name(self, path: str) -> str:
        """Return what the languages of a document at ``path`` have in common."""
        return key_of(self._rules.neutral(path), self._languages)

    def _free_key(self, file: SourceFile) -> str:
        base = file.key(self._languages)
        named = [f"{self.source.slug}-{base}"[:160]] if self.source else []
        numbered = (f"{base[:150]}-{number}" for number in count(2))
        return next(key for key in chain([base], named, numbered) if not self._is_taken(key))

    def _is_taken(self, key: str) -> bool:
        own = any((key, language) in self._keys for language in self._stored_languages)
        return own or SourceDocument.objects.filter(key=key).exists()


class _MovedDocuments:
    """Documents whose files are gone, found by what they say."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._indexes: dict[str, tuple[dict[int, KnownDocument], LikenessIndex]] = {}
        self._named: dict[str, list[KnownDocument]] = {}

    def find(self, new: KnownDocument, runs: Runs) -> KnownDocument | None:
        """Return the document that lies at the path of ``new`` now."""
        # Outside of a source whatever was not uploaded this time seems to be gone.
        same_title, other_title = _MOVED_IN_SOURCE if self._register.source else _MOVED
        if self._register.source:
            gone, index = self._index(new.language)
            near = [gone[pk] for pk in index.nearest(runs)]
        else:
            near = self._alike(new)
        candidates = [k for k in near if self._register.is_lost(k, new)]
        shares = [(share_with(known, runs), known) for known in candidates]
        good = [
            (share, known)
            for share, known in shares
            if share >= (same_title if known.title == new.title else other_title)
        ]
        return max(good, key=lambda pair: pair[0])[1] if good else None

    def _alike(self, new: KnownDocument) -> list[KnownDocument]:
        """Return the documents of the same title or the same bytes."""
        if not self._named:
            for known in self._register.all_gone():
                self._named.setdefault(known.title, []).append(known)
                self._named.setdefault(known.sha256, []).append(known)
        both = chain(self._named.get(new.title, ()), self._named.get(new.sha256, ()))
        return list({known.pk: known for known in both}.values())

    def _index(self, language: str) -> tuple[dict[int, KnownDocument], LikenessIndex]:
        """Return all documents that were gone when somebody first asked; none goes later."""
        if language not in self._indexes:
            index, gone = LikenessIndex(), {}
            for known in self._register.gone(language):
                if known.pk is not None:
                    index.add(known.pk, _runs_of_stored(known))
                    gone[known.pk] = known
            self._indexes[language] = gone, index
        return self._indexes[language]


def share_with(document: KnownDocument, runs: Runs) -> float:
    """Return how much of a stored document and of ``runs`` is the same, 0 to 1."""
    return likeness(_runs_of_stored(document), runs)


def _runs_of_stored(document: KnownDocument) -> Runs:
    if document.pk is None:
        return frozenset()
    raw = SourceDocument.objects.values_list("raw", flat=True).get(pk=document.pk)
    return runs_of_file(bytes(raw))


def _runs_of(file: SourceFile) -> Runs:
    try:
        return runs_of_file(file.read())
    except DocumentError:
        return frozenset()


def _are_akin(stored_document: KnownDocument, document: DocfxDocument) -> bool:
    """Return whether a file of the same name may be the translation of a stored document.

    A name alone is not enough: something else must agree, where there is anything.
    """
    if stored_document.pk is None:
        return True
    rows = list(
        SourceEntry.objects.filter(document=stored_document.pk).values_list("anchor", "codes")
    )
    theirs = {anchor.partition("#")[0] for anchor, _codes in rows}
    theirs |= {code for _anchor, codes in rows for code in codes}
    ours = {entry.anchor.partition("#")[0] for entry in document.entries}
    ours |= {code for entry in document.entries for code in entry.key_codes}
    same_number = len(rows) == len(document.entries)
    return same_number or not rows or not document.entries or bool(theirs & ours)


def _language_of(document: KnownDocument) -> str:
    return document.language


def _grouped(
    documents: Iterable[KnownDocument], key: Callable[[KnownDocument], str]
) -> dict[str, list[KnownDocument]]:
    groups: dict[str, list[KnownDocument]] = {}
    for document in documents:
        groups.setdefault(key(document), []).append(document)
    return groups
