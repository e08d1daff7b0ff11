"""What became of each block of the files that were added: nothing is lost in silence."""

import json
from dataclasses import asdict, dataclass
from typing import Final

from intlkg.errors import Problem


@dataclass(frozen=True, slots=True)
class Added:
    """A work that was added: its new key, its title, the line where the person's file has it."""

    key: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Known:
    """An entry whose work is known already.

    Attributes:
        line: the line where the person's file has it.
        key: the key that it has there.
        same_as: the work's key here.
        reason: why it is the same work.
        fields: what was taken from it: of a merged work what was not known, of an updated one what
            has changed; empty where nothing was.
    """

    line: int
    key: str
    same_as: str
    reason: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A work that a library had when it was added before, and has no more.

    Attributes:
        key: the work's key.
        title: its title in plain words.
        file: the workspace's file that has it.
        pruned: whether it was taken out.
    """

    key: str
    title: str
    file: str
    pruned: bool


@dataclass(frozen=True, slots=True)
class FileAddition:
    """What became of one file: blocks = added + updated + merged + known + failed + others.

    Attributes:
        path: the file as it was given.
        blocks: how many blocks it has.
        added: the works that are new.
        updated: the entries that were added from a file of this name before, and have changed.
        merged: the entries whose work is known from elsewhere, and that say more of it.
        known: the entries that say nothing new.
        failed: the blocks that could not be read, or what kept the whole file from being read.
        notes: what a person should look at although nothing was lost.
        others: how many comments, preambles and strings it has.
        target: where its entries were written, or would be.
        gone: the works that the file had when it was added before; they are no blocks of it.
    """

    path: str
    blocks: int = 0
    added: tuple[Added, ...] = ()
    updated: tuple[Known, ...] = ()
    merged: tuple[Known, ...] = ()
    known: tuple[Known, ...] = ()
    failed: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    others: int = 0
    target: str = ""
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of all files; `dry` when nothing was written."""

    files: tuple[FileAddition, ...]
    dry: bool = False

    @property
    def failed(self) -> bool:
        """Whether anything could not be read."""
        return any(file.failed for file in self.files)


_SHOWN: Final = 30
"""How many entries of one fate a report names; what failed and what is noted is named in full."""

_PARTS: Final = ("added", "updated", "merged", "known", "failed")


def report(addition: Addition) -> str:
    """Return in words what was added, what was known, and what failed."""
    return "\n".join(line for file in addition.files for line in _lines(file, dry=addition.dry))


def ledger(addition: Addition) -> str:
    """Return the same as JSON: blocks = added + updated + merged + known + failed + others."""
    files: list[dict[str, object]] = []
    for file in addition.files:
        counts = {
            "blocks": file.blocks,
            **{part: len(getattr(file, part)) for part in _PARTS},
            "others": file.others,
        }
        files.append({"path": file.path, "target": file.target, "counts": counts})
        for part in (*_PARTS, "notes", "gone"):
            files[-1][part] = [asdict(one) for one in getattr(file, part)]
    return json.dumps({"dry": addition.dry, "files": files}, ensure_ascii=False, indent=1) + "\n"


def _lines(file: FileAddition, *, dry: bool) -> list[str]:
    would = "would be " if dry else ""
    counts = f"{len(file.added)} {would}added"
    for part in ("updated", "merged"):
        counts += f" + {len(getattr(file, part))} {would}{part}" if getattr(file, part) else ""
    lines = [
        f"{file.path}: {file.blocks} blocks = {counts} + {len(file.known)} known "
        f"already + {len(file.failed)} failed + {file.others} comments and strings"
    ]
    added = [f"  {would}added: {work.key} ({work.title or 'no title'})" for work in file.added]
    lines += _first(added)
    for part in ("updated", "merged"):
        lines += _first(
            [
                f"  {would}{part}: line {one.line}, {one.key or 'no key'}: {one.reason} as "
                f"{one.same_as}: {', '.join(one.fields)}"
                for one in getattr(file, part)
            ]
        )
    lines += _first(
        [
            f"  known: line {one.line}, {one.key or 'no key'}: {one.reason} as {one.same_as}"
            for one in file.known
        ]
    )
    lines += [f"  failed: {problem}" for problem in file.failed]
    lines += [f"  note: {problem}" for problem in file.notes]
    lines += _first(
        [
            f"  gone: {one.key} ({one.title or 'no title'}) is no longer in the file; "
            + (f"{would}taken out of {one.file}" if one.pruned else "kept here")
            for one in file.gone
        ]
    )
    if any(not one.pruned for one in file.gone):
        lines.append("  'intlkg add --prune' takes out what is gone and no other library has")
    if file.added or file.updated or file.merged:
        lines.append(f"  {'to be written' if dry else 'written'} to {file.target}")
    return lines


def _first(lines: list[str]) -> list[str]:
    """Return lines, or of many the first ones and how many more there are."""
    if len(lines) <= _SHOWN + 5:
        return lines
    return [*lines[:_SHOWN], f"  … and {len(lines) - _SHOWN:,} more; --ledger FILE has them all"]
