"""Values of fields as BibTeX writes them: delimiters, macros, and parts joined by `#`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_BARE: Final = re.compile(r"[^#\s{}\"]+")
_GAP: Final = re.compile(r"\s*")
_CLOSING: Final = re.compile(r"\\.|[{}\"]", re.DOTALL)
_NEXT: Final = re.compile(r"([A-Za-z][^=,{}\"#]*?)\s*=\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds.

    Attributes:
        text: the value without delimiters, macros resolved.
        unknown: the macros in it that nobody has defined; the text holds their names.
        rest: what stands after the value although a comma was due; mostly empty.
    """

    text: str
    unknown: tuple[str, ...] = ()
    rest: str = ""


def value(written: str, macros: Mapping[str, str]) -> Value:
    """Return what a field holds that is written in this way.

    Args:
        written: the value with its delimiters, such as `jibs # { (Online)}`.
        macros: lower-case name -> text.
    """
    written = written.strip()
    if written[:1] == "{" and written.find("}") == len(written) - 1 and written.count("{") == 1:
        return Value(written[1:-1])
    texts: list[str] = []
    unknown: list[str] = []
    end = 0
    while True:
        start = _blank(written, end)
        end = _end(written, start)
        part = written[start:end]
        if part[:1] in ("{", '"'):
            texts.append(part[1:-1])
        else:
            texts.append(macros.get(part.lower(), part))
            if not part.isdigit() and part.lower() not in macros:
                unknown.append(part)
        end = _blank(written, end)
        if written[end : end + 1] != "#":
            return Value("".join(texts), tuple(filter(None, unknown)), written[end:])
        end += 1


def following(rest: str) -> tuple[str, str] | None:
    """Return the name and the value of the field that stands where a comma was due."""
    found = _NEXT.match(rest)
    return (found[1].strip().lower(), found[2]) if found else None


def parts(text: str, separators: str) -> list[str]:
    """Return the parts of a list, trimmed; separators within braces separate nothing."""
    if "{" not in text and "}" not in text:
        return [part.strip() for part in re.split(f"[{separators}]", text) if part.strip()]
    found = [""]
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if character in separators and depth <= 0:
            found.append("")
        else:
            found[-1] += character
    return [part.strip() for part in found if part.strip()]


def listed(text: str) -> list[str]:
    """Return the words of a list such as `keywords`.

    Commas and semicolons separate them, line ends only where nothing else does: Web of Science
    wraps its lists. It also braces a whole list once more.
    """
    if not text:
        return []
    text = text.strip()
    if braced(text) and ";" in text[1:-1]:
        text = text[1:-1]
    plain = "{" not in text and "}" not in text
    words = text.replace(";", ",").split(",") if plain else parts(text, ",;")
    words = words if len(words) > 1 else parts(text, "\n")
    return [" ".join(word.split()) for word in words if word.strip()]


def braced(text: str) -> bool:
    """Return whether one pair of braces encloses all of a text."""
    return text.startswith("{") and _end(text, 0) == len(text)


def _blank(written: str, start: int) -> int:
    found = _GAP.match(written, start)
    return found.end() if found else start


def _end(written: str, start: int) -> int:
    """Return where the part that begins at `start` ends; a delimiter never closed takes all."""
    opening = written[start : start + 1]
    if opening not in ("{", '"'):
        bare = _BARE.match(written, start)
        return bare.end() if bare else len(written)
    depth = 0
    for found in _CLOSING.finditer(written, start + (opening == '"')):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0 and found[0] == ("}" if opening == "{" else '"'):
            return found.end()
    return len(written)
