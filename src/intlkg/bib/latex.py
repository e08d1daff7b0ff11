"""LaTeX in BibTeX values as Unicode, by a table: a parser per field would cost 30 times as much."""

import re
import unicodedata
from typing import Final

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "c": "\u0327",
    "k": "\u0328", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_SYMBOLS: Final = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "copyright": "©",
    "textregistered": "®", "texttrademark": "™", "pounds": "£", "euro": "€", "S": "§",
    "textless": "<",
    "textgreater": ">", "textquotesingle": "'", "textbackslash": "\\",
    "textasciitilde": "\ue002", "textbraceleft": "\ue000", "textbraceright": "\ue001",
    "par": "\n", "newline": " ",
}  # fmt: skip
_MARKUP: Final = (
    "emph textit textbf textsc texttt textrm textsf textup textnormal mbox hbox text "
    "textsuperscript textsubscript ensuremath bibstring mkbibquote enquote url it bf sc em tt rm"
).split()

_ACCENT: Final = re.compile(
    r"""\\(?:(?P<mark>[`'^~"=.])\s*|(?P<letter>[uvHrckdb])(?:\s+|(?=\{)))"""
    r"""(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\(?P<macro>[ij])(?![A-Za-z])\s?|(?P<bare>[A-Za-z]))"""
)
_SYMBOL: Final = re.compile(
    r"\\(" + "|".join(sorted(_SYMBOLS, key=len, reverse=True)) + r")(?:\{\}|(?![A-Za-z])\s?)"
)
_STYLE: Final = re.compile(r"\\(?:" + "|".join(_MARKUP) + r")(?![A-Za-z])\s*")
_ESCAPED: Final = re.compile(r"\\([&%$#_{} ])")
_SPACE: Final = re.compile(r"\\[,;:]")
_NOTHING: Final = re.compile(r"\\href\s*\{[^{}]*\}|\\[-/!]")
_BRACES: Final = str.maketrans("", "", "{}")
_KEPT: Final = {"{": "\ue000", "}": "\ue001"}
_MEANT: Final = str.maketrans({"\ue000": "{", "\ue001": "}", "\ue002": "~"})
"""Private-use characters that stand for escaped ones while those with a function are dropped."""


def decode(value: str) -> str:
    r"""Return a value as plain Unicode, with white space folded.

    `M{\"u}ller \& S{\o}n` becomes `Müller & Søn`; braces that protect capitals are dropped, math
    and macros that the table does not know stay as they are written.
    """
    if "\\" in value or "{" in value or "~" in value or "--" in value:
        value = _ACCENT.sub(_accented, value)
        value = _SYMBOL.sub(lambda found: _SYMBOLS[found[1]], value)
        value = _SPACE.sub(" ", _NOTHING.sub("", _STYLE.sub("", value)))
        value = _ESCAPED.sub(lambda found: _KEPT.get(found[1], found[1]), value)
        value = value.translate(_BRACES)
        value = value.replace("---", "—").replace("--", "–").replace("~", " ")
        value = value.replace("``", "“").replace("''", "”").translate(_MEANT)
    return " ".join(value.split())


def _accented(found: re.Match[str]) -> str:
    mark = _ACCENTS[found["mark"] or found["letter"]]
    letter = found["braced"] or found["macro"] or found["bare"]
    return unicodedata.normalize("NFC", letter + mark)
