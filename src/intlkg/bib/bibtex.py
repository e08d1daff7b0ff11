"""Entries as BibTeX text: word for word but for their keys, written anew, or for biblatex."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from intlkg.bib.dates import dated
from intlkg.bib.latex import braced, listed
from intlkg.bib.names import faults, others, separate
from intlkg.bib.reader import Entry, read

_SPECIAL: Final = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "$": "\\$", "%": "\\%", "&": "\\&", "#": "\\#", "_": "\\_", "~": "\\textasciitilde{}",
}  # fmt: skip
_VENUES: Final = ("journal", "journaltitle", "booktitle")
_NO_TEXT: Final = frozenset({"doi", "url", "issn", "isbn", "file", "eprint", "ids"})
"""Fields whose values are no text: they are written as they are, but for braces."""


def venue(fields: Mapping[str, str]) -> str:
    """Return the name of what a work appeared in, as the field has it; '' where none says so."""
    return next((fields[name] for name in _VENUES if fields.get(name)), "")


def block(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry as BibTeX; the values are LaTeX already, see `escaped` and `name`."""
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def escaped(field: str, text: str) -> str:
    """Return plain text as a value for a field, so that decoding gives the text again."""
    if field in _NO_TEXT:
        return re.sub(r"[{}]", lambda found: f"%{ord(found[0]):02X}", text)
    return "".join(_SPECIAL.get(letter, letter) for letter in " ".join(text.split()))


def name(family: str, given: str = "", suffix: str = "") -> str:
    """Return a person's or body's name as BibTeX; without a given name it is one piece."""
    parts = [escaped("author", part) for part in (family, suffix, given) if part]
    if not given and not suffix:
        return f"{{{parts[0]}}}" if parts and re.search(r"[\s,]", family) else "".join(parts)
    return ", ".join(parts)


def key_of(text: str) -> str:
    """Return an identifier as a citation key: without what BibTeX cannot have in one."""
    return re.sub(r"[\s{}(),%#\"'=~\\]+", "-", text).strip("-")


_HEAD: Final = re.compile(r"@\s*\w+\s*[{(]\s*")
_KEYED: Final = re.compile(r"@\s*\w+\s*[{(]\s*[^,\s]*\s*,?")
_PLAIN: Final = re.compile(r"@\s*\w+\s*\{\s*[\w.:+/-]+,")
"""The head of an entry whose text says the same under another key, for all that can follow it."""

_ALL_IDS: Final = re.compile(r"(,\s*ids\s*=\s*[{\"])([^{}\"]*)", re.IGNORECASE)
_IDS: Final = re.compile(r"(,\s*ids\s*=\s*[{\"])", re.IGNORECASE)


def rekeyed(entry: Entry, key: str) -> str:
    """Return an entry's text under a new key, with the old one first among its `ids`.

    Empty where the text is so unusual that it would then read as something else.
    """
    text = _rekeyed(entry, key)
    if text and (_PLAIN.match(entry.raw.strip()) and "ids" not in entry.fields):
        return text
    return text if text and _says(text) == (key, *_expected(entry, key)) else ""


def enriched(block: str, fields: Mapping[str, str]) -> str:
    """Return an entry's text with more fields behind its key."""
    head = _KEYED.match(block)
    if head is None or not fields:
        return block
    said = "".join(f"\n  {name} = {{{value}}}," for name, value in fields.items())
    return f"{head[0].rstrip(',')},{said}{block[head.end() :]}"


def _rekeyed(entry: Entry, key: str) -> str:
    block = entry.raw.strip()
    head = _HEAD.match(block)
    if head is None or not block.startswith(entry.key, head.end()):
        return ""
    rest = re.sub(r"^\s*,?", ",", block[head.end() + len(entry.key) :], count=1)
    if entry.key not in ("", key):
        if "ids" in entry.fields:
            rest = _IDS.sub(lambda ids: f"{ids[1]}{entry.key}, ", rest, count=1)
        else:
            rest = f",\n  ids = {{{entry.key}}}{rest}"
    return f"{head[0]}{key}{rest}"


def with_ids(block: str, keys: Iterable[str]) -> str:
    """Return an entry's text with all these keys among its `ids`; its own key is left out."""
    head = _KEYED.match(block)
    own = head[0].rstrip(",").split("{")[-1].strip() if head else ""
    wanted = [key for key in dict.fromkeys(keys) if key not in ("", own)]
    if found := _ALL_IDS.search(block):
        said = ", ".join(dict.fromkeys([*found[2].split(", "), *wanted]))
        return f"{block[: found.start()]}{found[1]}{said}{block[found.end(2) :]}"
    return enriched(block, {"ids": ", ".join(wanted)} if wanted else {})


def replaced(content: bytes, old: Entry, text: str) -> bytes:
    """Return a file's content with an entry's text replaced; all else stays as it is."""
    return content.decode().replace(old.raw.strip(), text, 1).encode()


def _expected(entry: Entry, key: str) -> tuple[str, dict[str, str]]:
    """Return the type and the fields that an entry's text must have under its new key."""
    _, kind, fields = _says(entry.raw) or ("", "", {})
    return kind, _aliased(entry, key, fields)


def _aliased(entry: Entry, key: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return fields with the entry's own key first among its `ids`, where it gets another."""
    if entry.key in ("", key):
        return dict(fields)
    return {**fields, "ids": ", ".join(filter(None, (entry.key, fields.get("ids", ""))))}


def only(text: str, strings: Iterable[str] = ()) -> Entry | None:
    """Return the entry of a text that holds one, None where it holds none or several.

    Args:
        text: an entry.
        strings: the blocks that define its macros.
    """
    entries = read("", "\n".join([*strings, text]).encode()).entries
    return entries[0] if len(entries) == 1 else None


def _says(block: str) -> tuple[str, str, dict[str, str]] | None:
    entry = only(block)
    return (entry.key, entry.kind, dict(entry.fields)) if entry else None


_BIBLATEX_KINDS: Final = {
    "conference": "inproceedings", "electronic": "online", "www": "online",
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report",
}  # fmt: skip
_BIBLATEX_TYPES: Final = {
    "phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport",
}  # fmt: skip
_BIBLATEX_FIELDS: Final = {
    "journal": "journaltitle", "address": "location", "school": "institution",
    "annote": "annotation", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
    "key": "sortkey",
}  # fmt: skip
_BARE: Final = frozenset(
    "year date month day volume number issue pages doi url issn isbn eprint pmid".split()
)
"""Fields whose values braces protect from nothing."""

_PEOPLE: Final = frozenset(
    "author editor editora editorb editorc translator bookauthor annotator commentator "
    "introduction foreword afterword holder".split()
)
"""Fields that biblatex reads as lists of names."""


def biblatex(entry: Entry, key: str, ids: Iterable[str]) -> tuple[str, list[str]]:
    """Return an entry as a block for biblatex, and the fields that find no place in it.

    Its types and fields are those that biblatex's manual (2.1, 2.2.5) relates to those of BibTeX;
    other fields stay. Of two fields that biblatex reads as one, its own one is kept.
    """
    fields, lost = _in_biblatex(entry)
    fields = {"ids": ", ".join(ids), **{n: _balanced(v) for n, v in fields.items()}}
    return block(_BIBLATEX_KINDS.get(entry.kind, entry.kind), key, fields), lost


def _in_biblatex(entry: Entry) -> tuple[dict[str, str], list[str]]:
    fields, lost = _named(entry)
    if entry.kind in _BIBLATEX_TYPES:
        fields.setdefault("type", _BIBLATEX_TYPES[entry.kind])
    date = dated(fields)
    if "date" not in fields and date and re.fullmatch(r"\d{4}", fields.get("year", "")):
        fields = {n: v for n, v in fields.items() if n != "year"} | {"date": date.iso()}
        for part in ("month", "day") if len(date.start) > 1 or date.season else ():
            fields.pop(part, None)
    return fields, lost


def _named(entry: Entry) -> tuple[dict[str, str], list[str]]:
    """Return fields under biblatex's names, and those that another one of them overrules."""
    fields: dict[str, str] = {}
    lost: list[str] = []
    for given, value in entry.fields.items():
        plain = re.sub(r"[^\w+:.-]+", "-", given).strip("-")
        wanted = _BIBLATEX_FIELDS.get(plain, plain)
        own = entry.fields.get(wanted, "") if wanted != plain else ""
        if (own or fields.get(wanted, value)) != value and (own or wanted in fields):
            lost.append(given)
        elif plain != "ids":
            fields[wanted] = _plainly(wanted, value)
    return fields, lost


def _plainly(field: str, value: str) -> str:
    """Return a value as biblatex reads it: lists with commas, numbers without braces."""
    if field in _PEOPLE:
        return _people(value)
    if field == "keywords":
        words = listed(value)
        return ", ".join(f"{{{w}}}" if "," in w and not braced(w) else w for w in words)
    return value.strip()[1:-1] if field in _BARE and braced(value.strip()) else value


def _balanced(value: str) -> str:
    """Return a value whose braces match also where escaped ones count, as BibTeX counts them."""
    if value.count("{") == value.count("}"):
        return value
    return value.replace("\\{", "{\\textbraceleft}").replace("\\}", "{\\textbraceright}")


def _people(field: str) -> str:
    """Return a list of names with `and` between them, each in a form that biber takes."""
    odd = set(faults(field))
    listed = separate(field)
    written = [f"{{{who}}}" if who in odd else who for who in listed]
    if others(field) and written[-1:] != ["others"]:
        written.append("others")
    return " and ".join(written)


def under(entry: Entry, key: str, ids: Iterable[str]) -> str:
    """Return an entry's text under another key of its own, with these keys among its `ids`."""
    text = rekeyed(entry, key)
    if not text:
        return entry.raw.strip()
    names = ", ".join(ids)
    return _ALL_IDS.sub(lambda found: f"{found[1]}{names}", text, count=1)
