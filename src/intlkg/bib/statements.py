"""Entries as statements: works, their authors and venues, and reference entries as printed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from intlkg.bib.groups import Group, groups, groups_of
from intlkg.bib.identifiers import orcid
from intlkg.bib.keys import handle, mint
from intlkg.bib.latex import decode, listed, parts
from intlkg.bib.names import Name, split
from intlkg.bib.passages import Reading, noted, reading_quads
from intlkg.bib.reader import Entry
from intlkg.bib.references import Library, has_references
from intlkg.bib.work import Work, resolved
from intlkg.store import Iri, Literal, Quad
from intlkg.vocab import RDF_TYPE, term

_KINDS: Final = {
    "article": "fabio:JournalArticle",
    "book": "fabio:Book",
    "mvbook": "fabio:Book",
    "collection": "fabio:Book",
    "proceedings": "fabio:AcademicProceedings",
    "incollection": "fabio:BookChapter",
    "inbook": "fabio:BookChapter",
    "inproceedings": "fabio:ConferencePaper",
    "conference": "fabio:ConferencePaper",
    "phdthesis": "fabio:Thesis",
    "mastersthesis": "fabio:Thesis",
    "thesis": "fabio:Thesis",
    "techreport": "fabio:ReportDocument",
    "report": "fabio:ReportDocument",
}
"""Entry type -> class; everything else is a fabio:Expression."""

_PLAIN: Final = {
    "prism:volume": ("volume",),
    "prism:issueIdentifier": ("number", "issue"),
    "dcterms:publisher": ("publisher",),
}
"""Property -> fields that hold its value; the first that is there counts."""

_VENUES: Final = {
    "journal": "fabio:Journal",
    "journaltitle": "fabio:Journal",
    "booktitle": "fabio:Book",
}
_PRINTED: Final = {
    "title": "ik:titleAsPrinted",
    "year": "ik:yearAsPrinted",
    "journal": "ik:venueAsPrinted",
    "booktitle": "ik:venueAsPrinted",
    "volume": "ik:volumeAsPrinted",
    "number": "ik:issueAsPrinted",
    "pages": "ik:pagesAsPrinted",
    "doi": "ik:doiAsPrinted",
    "publisher": "ik:publisherAsPrinted",
}
_WORDS: Final = {
    "ik:keyword": ("keywords", "keyword"),
    "ik:tag": ("mendeley-tags", "tags"),
    "ik:group": ("mendeley-groups",),
    "ik:publisherKeyword": ("author_keywords", "keywords-plus", "keywords_plus"),
}
"""Property -> fields whose lists hold its values; what they are is kept apart."""

_THEMES: Final = re.compile(r"(?:(marked)\s+)?(supports|disputes|mentions)\s*:\s*(.+)", re.I)
"""A theme as a field of an entry names it, with the stance before it."""

_ORCID_OF: Final = re.compile(r"([^/;\s][^/;]*)/\s*([\dX-]{19})")
_URL: Final = re.compile(r"(?:\\url\{)?(https?://[^\s<>\"{}|\\^`]+)\}?")


def quads(
    name: str,
    entries: Iterable[Entry],
    *,
    base: str,
    graph: str,
    comments: Iterable[str] = (),
) -> Iterator[Quad]:
    """Yield what the entries of a workspace's file say.

    An entry's key, minted if it has none, is the local name of its work. The facts of an ordinary
    entry hold for the work. An entry with the field `intlkg-printed` transcribes an entry of the
    reference list of the study that the file is named after: print may be wrong, so its facts stay
    on the reference entry (`ik:…AsPrinted`), and rules lift them to the work where nobody has
    asserted a correction.

    Args:
        name: the file's name; its stem is the library, or the study.
        entries: what the file holds.
        base: IRI that all data IRIs begin with.
        graph: IRI of the named graph for the statements.
        comments: the file's comments, which may hold a tree of groups.
    """
    library = name.rsplit("/", 1)[-1].removesuffix(".bib")
    writer = _Writer(local(library), base, Iri(graph))
    listed = [Work(entry) for entry in _keyed(resolved(entries))]
    writer.keys = {alias: w.key for w in reversed(listed) for alias in (*w.aliases, w.key)}
    tree = groups(comments)
    cited = Library(listed if any(map(has_references, listed)) else ())
    listed.reverse()
    while listed:
        work = listed.pop()
        writer.work(work)
        writer.groups(work, tree)
        writer.links(work, cited)
        if "intlkg-printed" in work.fields:
            writer.reference(work)
        else:
            writer.facts(work)
        yield from writer.quads
        writer.quads.clear()
        for reading in dict.fromkeys(readings(work)):
            yield from reading_quads(reading, (name, work.entry.line), base=base, graph=graph)


def local(key: str) -> str:
    """Return a key as the local part of an IRI: `:` and `/` as hyphens, others in per cent."""
    return quote(re.sub(r"[:/]", "-", key), safe="").replace("~", "%7E")


def _keyed(entries: Iterable[Entry]) -> Iterator[Entry]:
    entries = list(entries)
    taken = {entry.key for entry in entries}
    for entry in entries:
        key = entry.key or mint(entry, taken)
        taken.add(key)
        yield replace(entry, key=key)


class _Writer:
    """Collects the statements of one library."""

    def __init__(self, library: str, base: str, graph: Iri) -> None:
        self.quads: list[Quad] = []
        self._shared: set[tuple[Iri, str, Iri | Literal]] = set()
        self._library = library
        self._base = base
        self._graph = graph
        self._numbers: dict[str, int] = {}
        self.keys: dict[str, str] = {}

    def work(self, entry: Work) -> None:
        """Say what the work is and who made it, in order."""
        work = self._iri("work", local(entry.key))
        self._say(work, RDF_TYPE, Iri(term(_KINDS.get(entry.kind, "fabio:Expression"))))
        for identifier in (entry.key, *entry.aliases):
            self._say(work, term("dcterms:identifier"), Literal(identifier))
        printed = "intlkg-printed" in entry.fields
        known = _orcids(entry)
        for field, role, letter in (("author", "pro:author", "a"), ("editor", "pro:editor", "e")):
            for position, name in enumerate(entry.people(field), 1):
                node = self._iri("role", f"{local(entry.key)}-{letter}{position}")
                self._contribution(node, work, role, position)
                self._person(node, name, known.get(_initial(name), ""), printed=printed)

    def groups(self, entry: Work, tree: Iterable[Group]) -> None:
        """Say which of a person's groups a work is in: by name, and by place where it has one."""
        work = self._iri("work", local(entry.key))
        for path in groups_of(entry.entry, tree)[0]:
            for word in dict.fromkeys((decode(path[-1]), " > ".join(map(decode, path)))):
                self._say(work, term("ik:group"), Literal(word))

    def links(self, entry: Work, cited: Library) -> None:
        """Say which other works of the same file a person, or its reference list, links it to."""
        work = self._iri("work", local(entry.key))
        for field, prefixed in (("cites", "cito:cites"), ("related", "dcterms:relation")):
            for key in listed(entry.fields.get(field, "")):
                if key in self.keys and self.keys[key] != entry.key:
                    self._say(work, term(prefixed), self._iri("work", local(self.keys[key])))
        for key in cited.cited(entry):
            self._say(work, term("cito:cites"), self._iri("work", local(key)))

    def facts(self, entry: Work) -> None:
        """Say what an ordinary entry holds of its work."""
        work = self._iri("work", local(entry.key))
        for prefixed, value in _facts(entry):
            self._say(work, term(prefixed), value)
        self._venue(work, entry)

    def reference(self, entry: Work) -> None:
        """Say what a printed reference entry reads, and where it stands."""
        data = f"data/{self._library}"
        number = entry.fields.get("intlkg-number", "0")
        self._numbers[number] = self._numbers.get(number, 0) + 1
        again = f"-{self._numbers[number]}" if self._numbers[number] > 1 else ""
        reference = self._iri(data, f"ref{local(number)}{again}")
        printed = entry.fields["intlkg-printed"]
        self._say(reference, RDF_TYPE, Iri(term("biro:BibliographicReference")))
        self._say(reference, term("c4o:hasContent"), Literal(printed))
        self._say(reference, term("ik:entryNumber"), _number(number, "positiveInteger"))
        self._say(reference, term("biro:references"), self._iri("work", local(entry.key)))
        for field, prefixed in _PRINTED.items():
            if entry.fields.get(field):
                plain = entry.fields[field] if field == "doi" else entry.text(field)
                self._say(reference, term(prefixed), Literal(plain))
        start = entry.fields.get("intlkg-start", "")
        if start.isdecimal():
            self._anchor(reference, data, int(start), printed)

    def _anchor(self, reference: Iri, data: str, start: int, words: str) -> None:
        anchor = self._iri(data, f"a{start}")
        position, quote = self._iri(data, f"a{start}p"), self._iri(data, f"a{start}q")
        self._say(reference, term("ik:anchor"), anchor)
        self._say(anchor, RDF_TYPE, Iri(term("ik:TextAnchor")))
        self._say(anchor, term("oa:hasSource"), self._iri(data, "text"))
        self._say(anchor, term("oa:hasSelector"), position)
        self._say(anchor, term("oa:hasSelector"), quote)
        self._say(position, RDF_TYPE, Iri(term("oa:TextPositionSelector")))
        self._say(position, term("oa:start"), _number(start, "nonNegativeInteger"))
        self._say(position, term("oa:end"), _number(start + len(words), "nonNegativeInteger"))
        self._say(quote, RDF_TYPE, Iri(term("oa:TextQuoteSelector")))
        self._say(quote, term("oa:exact"), Literal(words))

    def _contribution(self, node: Iri, work: Iri, role: str, position: int) -> None:
        self._say(node, RDF_TYPE, Iri(term("pro:RoleInTime")))
        self._say(node, term("pro:withRole"), Iri(term(role)))
        self._say(node, term("pro:relatesToDocument"), work)
        self._say(node, term("ik:position"), _number(position, "positiveInteger"))

    def _person(self, node: Iri, name: Name, orcid: str, *, printed: bool) -> None:
        own = f"{self._library}-{handle(f'{name.family} {name.given}')}"
        person = self._iri("person", f"orcid-{orcid}" if orcid else own)
        self._say(node, term("pro:isHeldBy"), person)
        self._say_once(person, RDF_TYPE, Iri(term("foaf:Person")))
        if orcid:
            self._say_once(person, term("foaf:account"), Iri(f"https://orcid.org/{orcid}"))
        if printed:
            self._say(node, term("ik:nameAsPrinted"), Literal(name.written))
            return
        self._say_once(person, term("foaf:name"), Literal(name.full))
        self._say_once(person, term("foaf:familyName"), Literal(name.family))
        if name.given:
            self._say_once(person, term("foaf:givenName"), Literal(name.given))

    def _venue(self, work: Iri, entry: Work) -> None:
        for field, kind in _VENUES.items():
            title = entry.text(field)
            if handle(title):
                venue = self._iri("venue", handle(title))
                self._say(work, term("frbr:partOf"), venue)
                self._say_once(venue, RDF_TYPE, Iri(term(kind)))
                self._say_once(venue, term("dcterms:title"), Literal(title))
                if kind == "fabio:Journal" and entry.issn:
                    self._say_once(venue, term("prism:issn"), Literal(entry.issn))
                return

    def _iri(self, kind: str, name: str) -> Iri:
        return Iri(f"{self._base}{kind}/{name}")

    def _say(self, subject: Iri, predicate: str, value: Iri | Literal) -> None:
        self.quads.append(Quad(subject, Iri(predicate), value, self._graph))

    def _say_once(self, subject: Iri, predicate: str, value: Iri | Literal) -> None:
        """Say of a person or venue, whom many entries name, what was not said before."""
        said = (subject, predicate, value)
        if said not in self._shared:
            self._shared.add(said)
            self._say(*said)


def _facts(work: Work) -> Iterator[tuple[str, Literal | Iri]]:
    """Yield (property, value) for the plain facts of an entry."""
    if work.title:
        yield "dcterms:title", Literal(work.title)
    if digits := work.year[:4]:
        yield "fabio:hasPublicationYear", Literal(digits, datatype=Iri(term("xsd:gYear")))
    for prefixed, found in (
        ("prism:doi", work.doi),
        ("prism:isbn", work.isbn),
        ("fabio:hasPubMedId", work.pmid),
        ("fabio:hasArXivId", work.arxiv),
    ):
        if found:
            yield prefixed, Literal(found)
    for prefixed, fields in _PLAIN.items():
        if value := work.text(*fields):
            yield prefixed, Literal(value)
    for prefixed, page in zip(("prism:startingPage", "prism:endingPage"), work.pages, strict=True):
        if page:
            yield prefixed, Literal(page)
    address = re.sub(r"\\(?!url\{)", "", work.fields.get("url", "").strip())
    if url := _URL.fullmatch(address):
        yield "fabio:hasURL", Literal(url[1], datatype=Iri(term("xsd:anyURI")))
    yield from _marks(work)


def _marks(work: Work) -> Iterator[tuple[str, Literal | Iri]]:
    """Yield (property, value) for the words by which people and publishers file an entry."""
    for prefixed, fields in _WORDS.items():
        for word in (word for field in fields for word in work.words(field)):
            yield prefixed, Literal(word)


def readings(work: Work) -> Iterator[Reading]:
    """Yield what a person marked an entry with, and what its notes hold as evidence.

    The field `intlkg-theme` is written by hand: `supports: visibility`, or a theme alone. In
    `intlkg-themes`, which an export writes, only what is `marked` is a person's mark.
    """
    for mark in parts(work.fields.get("intlkg-theme", ""), ";\n"):
        written = _THEMES.fullmatch(decode(mark).strip())
        stance, theme = (written[2].lower(), written[3]) if written else ("mentions", decode(mark))
        yield _marked(work.key, stance, theme)
    for mark in parts(work.fields.get("intlkg-themes", ""), ";\n"):
        written = _THEMES.fullmatch(decode(mark).strip())
        if written and written[1]:
            for theme in written[3].split(","):
                yield _marked(work.key, written[2].lower(), theme)
    noting = ((name, text) for name, text in work.fields.items() if "[" in text)
    yield from noted(work.key, noting)


def _marked(key: str, stance: str, theme: str) -> Reading:
    return Reading(key, theme.strip(), "", "", "", stance, "", "", "", "")


def _orcids(entry: Work) -> dict[tuple[str, str], str]:
    """Return (family, initial) -> ORCID iD of the persons whom an entry gives one for.

    Web of Science writes `Family, Given/0000-…` for each in `orcid-numbers`; others a bare one in
    `orcid`, which is the only author's.
    """
    found: dict[tuple[str, str], str] = {}
    for said in _ORCID_OF.finditer(entry.fields.get("orcid-numbers", "")):
        if own := orcid(said[2]):
            found[_initial(split(said[1])[0])] = own
    authors = entry.people("author")
    if len(authors) == 1 and (own := orcid(entry.fields.get("orcid", ""))):
        found[_initial(authors[0])] = own
    return found


def _initial(name: Name) -> tuple[str, str]:
    return handle(name.family), handle(name.given)[:1]


def _number(value: int | str, kind: str) -> Literal:
    return Literal(str(value), datatype=Iri(term(f"xsd:{kind}")))
