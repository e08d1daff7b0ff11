"""Identifiers in the forms that people paste: DOI, ISBN, ISSN, arXiv, PubMed, ORCID."""

import html
import re
from typing import Final
from urllib.parse import unquote

from stdnum import isbn as isbns
from stdnum import isni
from stdnum import issn as issns

from intlkg.bib.reader import Entry

_ANGLES: Final = {"textless": "<", "textgreater": ">"}
_ANGLE: Final = re.compile(r"\\(textless|textgreater)\s*")
_MARKUP: Final = str.maketrans("", "", "{}$\\")
_DOI: Final = re.compile(r'10\.\d{4,9}(?:\.\d+)*/(?:(?!</)[^\s"])+')
_ANOTHER: Final = re.compile(r"[,;|]+(?=10\.\d{4}|https?:|doi:)", re.IGNORECASE)
_RESOLVER: Final = re.compile(r"https?://(?:dx\.)?doi[.-]org[^/]*/", re.IGNORECASE)
_PAIRS: Final = {")": "(", "]": "[", ">": "<"}


def doi(written: str) -> str:
    """Return the first DOI of a text, bare and in lower case, or ''.

    Old DOIs hold characters that end others, as in `10.1002/(SICI)1097-0266(199705)18:5<303::…`:
    cutting there would make one of many.
    """
    plain = _ANGLE.sub(lambda macro: _ANGLES[macro[1]], html.unescape(written))
    plain = unquote(plain.translate(_MARKUP))
    found = _DOI.search(plain)
    return _trimmed(_ANOTHER.split(found[0])[0]).lower() if found else ""


def doi_of(entry: Entry) -> str:
    """Return the bare DOI of an entry, from its field or from a resolver's address, or ''.

    Other addresses may hold a DOI with more behind it: they are not taken for one.
    """
    if bare := doi(entry.fields.get("doi", "")):
        return bare
    address = entry.fields.get("url", "").strip()
    resolver = _RESOLVER.match(address)
    return doi(re.split(r"[?#]", address[resolver.end() :])[0]) if resolver else ""


def _trimmed(text: str) -> str:
    """Return a DOI without the punctuation of the sentence around it."""
    while text and (
        text[-1] in ".,;:'"
        or (text[-1] in _PAIRS and text.count(text[-1]) > text.count(_PAIRS[text[-1]]))
    ):
        text = text[:-1]
    return text


_ISBN: Final = re.compile(r"(?<![\dXx])(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx](?![\dXx])")
_ISSN: Final = re.compile(r"(?<!\d)\d{4}-?\d{3}[\dXx](?![\dXx])")
_ARXIV: Final = re.compile(
    r"(?:arxiv[.:/]\s*|arxiv\.org/(?:abs|pdf)/|^)"
    r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7}))(?:v\d+)?(?:\.pdf)?(?![\d.])",
    re.IGNORECASE,
)
_PMID: Final = re.compile(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|pmid:?\s*|^)(\d{1,8})(?!\d)", re.I)
_ORCID: Final = re.compile(r"(?<!\d)(\d{4}-\d{4}-\d{4}-\d{3}[\dX])(?![\dX])")
_PREPRINT: Final = "10.48550/arxiv."


def isbn(written: str) -> str:
    """Return the first ISBN of a text with 13 digits and no hyphens, or ''."""
    found = (match[0] for match in _ISBN.finditer(written.replace("–", "-")))
    return next((isbns.to_isbn13(isbns.compact(one)) for one in found if isbns.is_valid(one)), "")


def issn(written: str) -> str:
    """Return the first ISSN of a text in the form `0047-2506`, or ''."""
    found = (match[0] for match in _ISSN.finditer(written.replace("–", "-")))
    return next((issns.format(one) for one in found if issns.is_valid(one)), "")


def orcid(written: str) -> str:
    """Return the first ORCID iD of a text in the form `0000-0002-1825-0097`, or ''."""
    return next((m[1] for m in _ORCID.finditer(written) if isni.is_valid(m[1])), "")


def arxiv_of(entry: Entry) -> str:
    """Return the arXiv identifier of an entry without its version, or ''."""
    fields = entry.fields
    prefix = (fields.get("archiveprefix") or fields.get("eprinttype", "")).lower()
    written = [fields.get("arxivid", ""), fields.get("eprint", "") if prefix == "arxiv" else ""]
    loose = (fields.get(name, "") for name in ("eprint", "journal", "url", "note", "doi"))
    written += [text for text in loose if "arxiv" in text.lower()]
    found = (_ARXIV.search(text.strip()) for text in written if text)
    return next((match[1].lower() for match in found if match), "")


def pmid_of(entry: Entry) -> str:
    """Return the PubMed identifier of an entry, or ''."""
    fields = entry.fields
    kind = fields.get("eprinttype", "").lower()
    written = [fields.get("pmid", ""), fields.get("eprint", "") if kind == "pubmed" else ""]
    written += [fields["url"]] if "pubmed" in fields.get("url", "") else []
    found = (_PMID.search(text.strip()) for text in written if text)
    return next((match[1].lstrip("0") for match in found if match), "")


def work_doi(entry: Entry) -> str:
    """Return the DOI of an entry's work; of a preprint the one that arXiv gives to each.

    So a preprint and the article that it became are two works, as two DOIs say they are.
    """
    if own := doi_of(entry):
        return own
    number = arxiv_of(entry)
    venues = (entry.fields.get(name) for name in ("journal", "journaltitle", "booktitle"))
    venue = next(filter(None, venues), "")
    return f"{_PREPRINT}{number}" if number and (not venue or "arxiv" in venue.lower()) else ""
