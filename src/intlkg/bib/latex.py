"""Values of fields as BibTeX and LaTeX write them: their parts, their lists, their words.

LaTeX, math and HTML become Unicode by tables: a parser for each field costs 30 times as much.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "c": "\u0327",
    "k": "\u0328", "d": "\u0323", "b": "\u0331", "ocirc": "\u030a", "t": "\u0361",
}  # fmt: skip
_SYMBOLS: Final = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "P": "¶", "dag": "†", "ddag": "‡",
    "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
    "Dash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotedbl": '"', "quotedblbase": "„", "quotesinglbase": "‚",
    "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "copyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£",
    "textsterling": "£", "euro": "€", "texteuro": "€", "textyen": "¥", "textcent": "¢", "S": "§",
    "textless": "<", "textgreater": ">", "textquotesingle": "'", "textbackslash": "\\",
    "textasciitilde": "\ue002", "textbraceleft": "\ue000", "textbraceright": "\ue001",
    "textasciicircum": "^", "textunderscore": "_", "textbar": "|", "textbullet": "•",
    "textdegree": "°", "textdollar": "\ue003", "textmu": "μ", "textexclamdown": "¡",
    "textquestiondown": "¿", "textperiodcentered": "·", "textonehalf": "½", "textordfeminine": "ª",
    "textordmasculine": "º", "textnumero": "№", "slash": "/", "quad": " ", "qquad": " ",
    "par": "\n", "newline": " ", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "LaTeXe": "LaTeX2e", "relax": "", "ignorespaces": "", "aftergroup": "", "protect": "",
    "newblock": "", "nobreak": "", "noindent": "", "space": " ", "nobreakspace": " ",
    "textvisiblespace": " ", "hyphen": "-", "textcompwordmark": "",
}  # fmt: skip
_MATH: Final = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "varpi": "ϖ", "rho": "ρ",
    "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "φ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·",
    "cdots": "⋯", "circ": "∘", "bullet": "•", "star": "⋆", "ast": "∗", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "ll": "≪", "gg": "≫", "approx": "≈", "sim": "∼",
    "simeq": "≃", "equiv": "≡", "cong": "≅", "propto": "∝", "infty": "∞", "partial": "∂",
    "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√", "in": "∈", "notin": "∉",
    "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "cup": "∪", "cap": "∩", "emptyset": "∅",
    "forall": "∀", "exists": "∃", "neg": "¬", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨",
    "to": "→", "rightarrow": "→", "longrightarrow": "⟶", "leftarrow": "←", "leftrightarrow": "↔",
    "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "mapsto": "↦", "uparrow": "↑",
    "downarrow": "↓", "langle": "⟨", "rangle": "⟩", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ",
    "aleph": "ℵ", "angle": "∠", "perp": "⊥", "parallel": "∥", "oplus": "⊕", "otimes": "⊗",
    "prime": "′", "degree": "°", "vert": "|", "mid": "|", "setminus": "∖", "lbrace": "\ue000",
    "rbrace": "\ue001", "backslash": "\\", "colon": ":", "left": "", "right": "", "big": "",
    "Big": "", "displaystyle": "", "limits": "", "log": "log", "exp": "exp", "sin": "sin",
    "cos": "cos", "tan": "tan", "max": "max", "min": "min", "lim": "lim", "ln": "ln", "det": "det",
}  # fmt: skip
_SUPER: Final = dict(zip("0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW∘′*",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ°′*", strict=True))  # fmt: skip
_SUB: Final = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))  # fmt: skip
_MARKUP: Final = (
    "emph textit textbf textsc texttt textrm textsf textup textnormal textsl textmd mbox hbox text "
    "ensuremath bibstring mkbibemph mkbibitalic mkbibbold mkbibparens mkbibbrackets url it bf sc "
    "em tt rm sl sf itshape bfseries scshape ttfamily sffamily rmfamily upshape mathrm mathbf "
    "mathit mathcal mathbb mathsf mathtt mathfrak operatorname boldsymbol bm uppercase lowercase "
    "MakeUppercase MakeLowercase capitalize nocase uline underline foreignlanguage nolinkurl path "
    "footnotesize small normalsize large textcolor"
).split()

_ACCENT: Final = re.compile(
    r"""\\(?:(?P<mark>[`'^~"=.])\s*|(?P<letter>[uvHrckdb]|ocirc)(?:\s+|(?=\{)))"""
    r"""(?:\{\s*\\?(?P<braced>[A-Za-z0-9])\s*\}|\\(?P<macro>[ij])(?![A-Za-z])\s?"""
    r"""|(?P<bare>[A-Za-z0-9])|(?P<empty>\{\s*\}))"""
)
_LONE: Final = re.compile(r"\\[uvHrckdbt](?=\})")
_TIE: Final = re.compile(r"\\t\s*\{(\w)(\w)\}")
_SYMBOL: Final = re.compile(
    r"\\(" + "|".join(sorted(_SYMBOLS, key=len, reverse=True)) + r")(?:\{\}|(?![A-Za-z])[ \t]?)"
)
_STYLE: Final = re.compile(r"\\(?:" + "|".join(_MARKUP) + r")\*?(?![A-Za-z])\s*")
_ESCAPED: Final = re.compile(r"\\([&%$#_{} ])")
_SPACE: Final = re.compile(r"\\[,;:>\\]")
_NOTHING: Final = re.compile(r"\\[-/!]")
_DROPPED: Final = re.compile(
    r"\\(?:noopsort|[Ss]ort[Nn]oop|noop|[vh]?phantom|[hv]space\*?|href|label|index|thanks|"
    r"footnote|hyphenation)\s*(?=\{)"
)
_QUOTED: Final = re.compile(r"\\(?:enquote|mkbibquote|textquote)\*?\s*(?=\{)")
_CITED: Final = re.compile(r"\\(?:cite[a-z]*|ref|footcite|parencite|textcite)\*?\s*(?=\{)")
_RAISED: Final = re.compile(
    r"\\(?:textsuperscript|mkbibsuperscript)\s*(?=\{)|<sup>(.*?)</sup>", re.S
)
_LOWERED: Final = re.compile(r"\\textsubscript\s*(?=\{)|<sub>(.*?)</sub>", re.S)
_DOLLARS: Final = re.compile(r"(?<!\\)(\$\$?)((?:\\.|[^$\\])+?)\1|\\\((.+?)\\\)", re.S)
_MATH_MACRO: Final = re.compile(r"\\([A-Za-z]+)\s*")
_SCRIPT: Final = re.compile(r"([_^])(?:\{([^{}]*)\}|(\\[A-Za-z]+|.))")
_TAG: Final = re.compile(
    r"</?(?:i|b|u|em|strong|span|p|br|sc|scp|small|tt|title|inf|sup|sub|italic|bold|"
    r"(?:jats|mml):[\w-]+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_BRACES: Final = str.maketrans("", "", "{}")
_KEPT: Final = {"{": "\ue000", "}": "\ue001", "$": "\ue003"}
_MEANT: Final = str.maketrans(
    {"\ue000": "{", "\ue001": "}", "\ue002": "~", "\ue003": "$", "\ue004": "_", "\ue005": "^"}
)
"""Private-use characters that stand for escaped ones while those with a function are dropped."""


def decode(value: str) -> str:
    r"""Return a value as plain Unicode, with white space folded.

    `M{\"u}ller \& S{\o}n` becomes `Müller & Søn`, `H$_2$O` H₂O and `<i>x</i>` x; braces that
    protect capitals are dropped, macros that the tables do not know stay as they are written.
    """
    if (
        "\\" in value
        or "{" in value
        or "$" in value
        or "~" in value
        or "<" in value
        or "&" in value
        or "--" in value
        or "``" in value
        or "''" in value
    ):
        if "$" in value or "\\(" in value:
            value = _DOLLARS.sub(_math, value.replace("\\$", "\ue003"))
        if "\\" in value:
            value = _macros(value)
        if "<" in value:
            value = _LOWERED.sub(lambda found: _script("_", found[1] or ""), value)
            value = _RAISED.sub(lambda found: _script("^", found[1] or ""), value)
            value = _TAG.sub("", value)
        value = value.replace("---", "—").replace("--", "–").replace("~", " ")
        value = value.replace("``", "“").replace("''", "”")
        value = value.translate(_BRACES).translate(_MEANT)
        if "&" in value:
            value = _ENTITY.sub(lambda found: html.unescape(found[0]), value)
    return " ".join(value.split())


def _macros(value: str) -> str:
    value = _ACCENT.sub(_accented, value)
    value = _TIE.sub("\\1\u0361\\2", _LONE.sub("", value))
    value = _with_argument(value, _DROPPED, lambda _: "")
    value = _with_argument(value, _QUOTED, lambda said: f"“{said}”")
    value = _with_argument(value, _CITED, lambda said: f"[{said}]")
    value = _with_argument(value, _RAISED, lambda said: _script("^", decode(said)))
    value = _with_argument(value, _LOWERED, lambda said: _script("_", decode(said)))
    value = _SYMBOL.sub(lambda found: _SYMBOLS[found[1]], value)
    value = _SPACE.sub(" ", _NOTHING.sub("", _STYLE.sub("", value)))
    return _ESCAPED.sub(lambda found: _KEPT.get(found[1], found[1]), value)


def _accented(found: re.Match[str]) -> str:
    if found["empty"]:
        return ""
    mark = _ACCENTS[found["mark"] or found["letter"]]
    letter = found["braced"] or found["macro"] or found["bare"]
    return unicodedata.normalize("NFC", letter + mark)


def _with_argument(text: str, macro: re.Pattern[str], render: Callable[[str], str]) -> str:
    """Return text with each macro and its argument in braces replaced; inner ones first."""
    start = 0
    while found := macro.search(text, start):
        if not text.startswith("{", found.end()):
            start = found.end()
            continue
        stop = _closing(text, found.end())
        inner = _with_argument(text[found.end() + 1 : stop], macro, render)
        text = text[: found.start()] + render(inner) + text[stop + 1 :]
        start = found.start()
    return text


def _closing(text: str, start: int) -> int:
    """Return where the brace closes that opens at `start`; the end of the text if nowhere."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    return len(text)


def _math(found: re.Match[str]) -> str:
    """Return math as readable text; amounts of dollars are none."""
    inner = found[2] or found[3]
    if not found[3] and not re.search(r"[\\^_]", inner):
        plain = inner == inner.strip() and len(inner) <= 40 and not re.search(r"[a-z]{4}", inner)
        if not plain or re.match(r"\d+(?:[.,]\d+)?\s+\S", inner):
            return found[0].replace("$", "\ue003")
        return inner
    inner = _ESCAPED.sub(lambda one: _KEPT.get(one[1], one[1]), _SPACE.sub(" ", inner))
    inner = _NOTHING.sub("", _STYLE.sub("", inner))
    inner = _MATH_MACRO.sub(lambda one: _MATH.get(one[1], one[0]), inner)
    while _SCRIPT.search(inner):
        inner = _SCRIPT.sub(lambda one: _script(one[1], one[2] or one[3] or ""), inner)
    return inner


def _script(mark: str, text: str) -> str:
    """Return text below or above the line; with its mark where Unicode has no such letters."""
    table = _SUB if mark == "_" else _SUPER
    letters = text.strip()
    if mark == "^" and letters.isalpha() and letters.isascii():
        return letters
    if all(letter in table for letter in letters):
        return "".join(table[letter] for letter in letters)
    return ("\ue004" if mark == "_" else "\ue005") + letters


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
