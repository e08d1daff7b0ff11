"""Entries as statements: works, their authors and venues, and reference entries as printed."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from intlkg.bib.keys import slug, year
from intlkg.bib.latex import decode
from intlkg.bib.names import Name, split
from intlkg.bib.reader import Entry
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
    "volume": "prism:volume",
    "number": "prism:issueIdentifier",
    "issue": "prism:issueIdentifier",
    "publisher": "dcterms:publisher",
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
_URL: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")


def quads(name: str, entries: Iterable[Entry], *, base: str, graph: str) -> list[Quad]:
    """Return what the entries of a workspace's file say.

    An entry's key is the local name of its work. The facts of an ordinary entry hold for the work.
    An entry with the field `intlkg-printed` transcribes an entry of the reference list of the study
    that the file is named after: print may be wrong, so its facts stay on the reference entry
    (`ik:…AsPrinted`), and rules lift them to the work where nobody has asserted a correction.

    Args:
        name: the file's name; its stem is the library, or the study.
        entries: what the file holds.
        base: IRI that all data IRIs begin with.
        graph: IRI of the named graph for the statements.
    """
    library = name.rsplit("/", 1)[-1].removesuffix(".bib")
    writer = _Writer(library, base, Iri(graph))
    for entry in entries:
        writer.work(entry)
        if "intlkg-printed" in entry.fields:
            writer.reference(entry)
        else:
            writer.facts(entry)
    return writer.quads


def doi(written: str) -> str:
    """Return the bare lower-case DOI in a field, from all the forms that people paste, or ''."""
    found = _DOI.search(written.replace("\\_", "_").replace("\\", ""))
    return found[0].lower().rstrip(".,;)") if found else ""


def local(key: str) -> str:
    """Return a key as the local part of an IRI: other characters become hyphens."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", key).strip("-.") or "unnamed"


class _Writer:
    """Collects the statements of one library."""

    def __init__(self, library: str, base: str, graph: Iri) -> None:
        self.quads: list[Quad] = []
        self._library = library
        self._base = base
        self._graph = graph
        self._numbers: dict[str, int] = {}

    def work(self, entry: Entry) -> None:
        """Say what the work is and who made it, in order."""
        work = self._iri("work", local(entry.key))
        self._say(work, RDF_TYPE, Iri(term(_KINDS.get(entry.kind, "fabio:Expression"))))
        aliases = [alias.strip() for alias in entry.fields.get("ids", "").split(",")]
        for identifier in (entry.key, *filter(None, aliases)):
            self._say(work, term("dcterms:identifier"), Literal(identifier))
        printed = "intlkg-printed" in entry.fields
        for field, role, letter in (("author", "pro:author", "a"), ("editor", "pro:editor", "e")):
            for position, name in enumerate(split(entry.fields.get(field, "")), 1):
                node = self._iri("role", f"{local(entry.key)}-{letter}{position}")
                self._contribution(node, work, role, position)
                self._person(node, name, printed=printed)

    def facts(self, entry: Entry) -> None:
        """Say what an ordinary entry holds of its work."""
        work = self._iri("work", local(entry.key))
        for prefixed, value in _facts(entry):
            self._say(work, term(prefixed), value)
        self._venue(work, entry)

    def reference(self, entry: Entry) -> None:
        """Say what a printed reference entry reads, and where it stands."""
        data = f"data/{self._library}"
        number = entry.fields.get("intlkg-number", "0")
        self._numbers[number] = self._numbers.get(number, 0) + 1
        again = f"-{self._numbers[number]}" if self._numbers[number] > 1 else ""
        reference = self._iri(data, f"ref{number}{again}")
        printed = entry.fields["intlkg-printed"]
        self._say(reference, RDF_TYPE, Iri(term("biro:BibliographicReference")))
        self._say(reference, term("c4o:hasContent"), Literal(printed))
        self._say(reference, term("ik:entryNumber"), _number(number, "positiveInteger"))
        self._say(reference, term("biro:references"), self._iri("work", local(entry.key)))
        for field, prefixed in _PRINTED.items():
            if entry.fields.get(field):
                value = entry.fields[field]
                plain = value if field == "doi" else decode(value)
                self._say(reference, term(prefixed), Literal(plain))
        start = entry.fields.get("intlkg-start", "")
        if start.isdigit():
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

    def _person(self, node: Iri, name: Name, *, printed: bool) -> None:
        person = self._iri("person", f"{self._library}-{slug(f'{name.family} {name.given}')}")
        self._say(node, term("pro:isHeldBy"), person)
        self._say(person, RDF_TYPE, Iri(term("foaf:Person")))
        if printed:
            self._say(node, term("ik:nameAsPrinted"), Literal(name.written))
            return
        self._say(person, term("foaf:name"), Literal(name.full))
        self._say(person, term("foaf:familyName"), Literal(name.family))
        if name.given:
            self._say(person, term("foaf:givenName"), Literal(name.given))

    def _venue(self, work: Iri, entry: Entry) -> None:
        for field, kind in (
            ("journal", "fabio:Journal"),
            ("journaltitle", "fabio:Journal"),
            ("booktitle", "fabio:Book"),
        ):
            title = decode(entry.fields.get(field, ""))
            if slug(title):
                venue = self._iri("venue", slug(title))
                self._say(work, term("frbr:partOf"), venue)
                self._say(venue, RDF_TYPE, Iri(term(kind)))
                self._say(venue, term("dcterms:title"), Literal(title))

    def _iri(self, kind: str, name: str) -> Iri:
        return Iri(f"{self._base}{kind}/{name}")

    def _say(self, subject: Iri, predicate: str, value: Iri | Literal) -> None:
        self.quads.append(Quad(subject, Iri(predicate), value, self._graph))


def _facts(entry: Entry) -> Iterator[tuple[str, Literal]]:
    """Yield (property, value) for the plain facts of an entry."""
    if title := decode(entry.fields.get("title", "")):
        yield "dcterms:title", Literal(title)
    if digits := year(entry)[:4]:
        yield "fabio:hasPublicationYear", Literal(digits, datatype=Iri(term("xsd:gYear")))
    if found := doi(entry.fields.get("doi", "") or entry.fields.get("url", "")):
        yield "prism:doi", Literal(found)
    for field, prefixed in _PLAIN.items():
        if value := decode(entry.fields.get(field, "")):
            yield prefixed, Literal(value)
    yield from _pages(decode(entry.fields.get("pages", "")))
    if url := _URL.fullmatch(entry.fields.get("url", "").strip().replace("\\", "")):
        yield "fabio:hasURL", Literal(url[0], datatype=Iri(term("xsd:anyURI")))
    for keyword in re.split(r"[,;\n]", entry.fields.get("keywords", "")):
        if plain := decode(keyword):
            yield "ik:keyword", Literal(plain)


def _pages(written: str) -> Iterator[tuple[str, Literal]]:
    first, _, last = written.replace("–", "-").partition("-")
    if first.strip():
        yield "prism:startingPage", Literal(first.strip())
    if last.strip(" -"):
        yield "prism:endingPage", Literal(last.strip(" -"))


def _number(value: int | str, kind: str) -> Literal:
    return Literal(str(value), datatype=Iri(term(f"xsd:{kind}")))
