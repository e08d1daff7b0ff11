"""A workspace: the folder of text files that says what is known, and its settings."""

import json
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

import platformdirs

from intlkg.errors import WorkspaceError

MARKER: Final = "intlkg.toml"
"""The file that marks a folder as a workspace and holds its settings."""

ENGINES: Final = ("auto", "memory", "disk")
_INHERITED: Final = (
    "ontology/**/*.ttl",
    "ontology/words/*.txt",
    *(f"queries/{kind}/*.rq" for kind in ("questions", "lists", "checks", "rules", "views")),
)
"""What a new workspace takes from the shipped one; the questions of its field are not among it."""

_SUFFIX: Final = re.compile(r"\.(ttl|trig|bib|sssom\.tsv|tsv)$")
_SETTINGS: Final = {
    "title": str,
    "base": str,
    "inherit": list,
    "engine": str,
    "language": str,
    "gap_map": list,
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of text files, and where its generated files go.

    Attributes:
        root: the folder that holds `intlkg.toml`.
        title: what the workspace is about, in words.
        base: the IRI that all of its data IRIs begin with; ends with a slash.
        inherit: patterns of files that are taken from the shipped workspace when missing here.
        engine: `memory`, `disk`, or `auto` (by size).
        language: the tag of the language in which labels are shown where there is a choice.
        gap_map: names of the schemes whose concepts are columns of the evidence gap map.
        generated: the folder for everything that can be deleted and made again.
    """

    root: Path
    title: str
    base: str
    inherit: tuple[str, ...]
    engine: str
    language: str
    gap_map: tuple[str, ...]
    generated: Path

    def files(self, *patterns: str) -> dict[str, Path]:
        """Return name -> path of the files that match any pattern, sorted by name.

        A name is the path relative to the workspace, with slashes. A file of this workspace stands
        before an inherited one of the same name.
        """
        found = _matches(self.root, patterns)
        if self.inherit:
            shipped = _matches(_shipped_root(), patterns)
            allowed = _matches(_shipped_root(), self.inherit)
            found = {n: p for n, p in shipped.items() if n in allowed} | found
        return dict(sorted(found.items()))

    def graph(self, name: str) -> str:
        """Return the IRI of the named graph that holds the file of this name."""
        return f"{self.base}graph/{quote(_SUFFIX.sub('', name))}"


def find(start: Path | None = None) -> Workspace:
    """Return the workspace of a folder: the nearest one at or above it.

    Args:
        start: where to look; None stands for the current folder, and for the shipped workspace
            where the current folder is in none.

    Raises:
        WorkspaceError: a folder was named and is in no workspace, or the settings are at fault.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return read(folder)
    if start is not None:
        raise WorkspaceError(
            f"{start.resolve()} is in no workspace: neither it nor a folder above has an {MARKER}; "
            "go to one that has, or name it with --workspace"
        )
    return shipped()


def read(root: Path) -> Workspace:
    """Return the workspace in exactly this folder.

    Raises:
        WorkspaceError: there is no `intlkg.toml`, or it holds something that is not a setting.
    """
    marker = root / MARKER
    try:
        settings = tomllib.loads(marker.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WorkspaceError(
            f"{root} is not a workspace: it has no {MARKER}; name a folder that has one"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(f"{marker}: {error}; mend the file") from None
    faults = _faults(settings)
    if faults:
        raise WorkspaceError(f"{marker}: " + "; ".join(faults))
    return Workspace(
        root=root.resolve(),
        title=settings.get("title", root.resolve().name),
        base=settings.get("base", "https://example.org/"),
        inherit=tuple(settings.get("inherit", ())),
        engine=settings.get("engine", "auto"),
        language=settings.get("language", "en"),
        gap_map=tuple(settings.get("gap_map", ())),
        generated=root.resolve() / "build",
    )


def shipped() -> Workspace:
    """Return the workspace that comes with the package.

    Installed from a wheel it may stand where nobody can write: then its generated files go to the
    user's cache folder.
    """
    workspace = read(_shipped_root())
    if os.access(workspace.root, os.W_OK) and workspace.root.name != "shipped":
        return workspace
    cache = Path(platformdirs.user_cache_dir("intlkg", appauthor=False))
    return replace(workspace, generated=cache)


def create(root: Path, title: str, base: str, *, copy: bool = False) -> Workspace:
    """Return a new workspace: its settings, and empty folders for what people add.

    Args:
        root: the folder, made if it is not there; what it holds already stays.
        title: what the workspace is about.
        base: the IRI that its data IRIs begin with.
        copy: whether to copy the shipped workspace's files, rather than inherit its model and its
            questions.

    Raises:
        WorkspaceError: there is a workspace already, or a setting is at fault.
    """
    if (root / MARKER).exists():
        raise WorkspaceError(f"{root} is a workspace already; choose another folder")
    inherit = [] if copy else list(_INHERITED)
    settings = {"title": title, "base": base, "inherit": inherit}
    if faults := _faults(settings):
        raise WorkspaceError(f"{'; '.join(faults)}; correct it")
    for folder in ("bib", "graphs", "texts"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    if copy:
        for folder in ("ontology", "bib", "graphs", "queries"):
            shutil.copytree(_shipped_root() / folder, root / folder, dirs_exist_ok=True)
    if not (root / ".gitignore").exists():
        write(root / ".gitignore", b"build/\ntexts/\n")
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in settings.items()
    ]
    write(root / MARKER, ("\n".join(lines) + "\n").encode())
    return read(root)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader sees the old bytes or the new ones.

    Raises:
        OSError: the file cannot be written; what was there before is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _shipped_root() -> Path:
    here = Path(__file__).resolve().parent
    checkout = here.parents[1]
    return checkout if (checkout / MARKER).is_file() else here / "shipped"


def _matches(root: Path, patterns: tuple[str, ...]) -> dict[str, Path]:
    return {
        path.relative_to(root).as_posix(): path
        for pattern in patterns
        for path in root.glob(pattern)
        if path.is_file()
    }


def _faults(settings: Mapping[str, object]) -> list[str]:
    faults = [
        f"'{name}' is not a setting; use one of {', '.join(_SETTINGS)}"
        for name in settings
        if name not in _SETTINGS
    ]
    faults += [
        f"'{name}' must be a {kind.__name__}"
        for name, kind in _SETTINGS.items()
        if name in settings and not isinstance(settings[name], kind)
    ]
    if not faults and settings.get("engine", "auto") not in ENGINES:
        faults.append(f"'engine' must be one of {', '.join(ENGINES)}")
    if not faults and not str(settings.get("base", "https://example.org/")).endswith("/"):
        faults.append("'base' must end with a slash")
    return faults
