"""Files of other programs that hold no bibliography: what they are, and what to do with them."""

import re
from typing import Final

_BYTES: Final = (
    (b"%PDF", "a PDF; name the bibliography that describes it"),
    (b"SQLite format 3", "a database (as Taguette, QualCoder and Zotero have); export from there"),
    (b"PK\x03\x04", "an archive (REFI-QDA .qdpx, Word, Excel, EPUB); take the bibliography out"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"{\\rtf", "a text in RTF; export the references as RIS or BibTeX"),
)
_TEXTS: Final = (
    (r"urn:QDA-XML", "a project or codebook of REFI-QDA; 'intlkg add' takes bibliographies only"),
    (r"http://www\.loc\.gov/mods", "MODS; export the references as RIS or BibTeX"),
    (r"<rdf:RDF|@prefix\s+\w*:\s*<", "RDF; export the references as RIS or BibTeX"),
    (r"<PubmedArticleSet", "PubMed's XML; choose the format PubMed (.nbib) there"),
    (r"<b:Sources", "Word's list of sources; export the references as RIS or BibTeX"),
    (r"<TEI\b", "TEI; export the references as RIS or BibTeX"),
    (r"<!DOCTYPE html|<html", "a web page; export the references as RIS or BibTeX"),
    (r"\A\s*(?:Citation list|Modern Language|APA)", "formatted references; export them as RIS"),
)


def named(content: bytes, text: str) -> str:
    """Return what a file is and what to do with it, or '' where it is nothing known."""
    for magic, said in _BYTES:
        if content.startswith(magic):
            return f"this is {said}"
    for pattern, said in _TEXTS:
        if re.search(pattern, text[:5000], re.IGNORECASE):
            return f"this is {said}"
    return ""
