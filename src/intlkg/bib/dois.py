"""DOIs in all the forms that people paste them."""

import html
import re
from typing import Final
from urllib.parse import unquote

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
