"""Other people's bibliographies, in and out: what is lost on the way, and what is said of it.

    python benchmarks/bibliographies.py FOLDER

Each file is added to a workspace of its own, twice, and written in all formats, and what was
written is read again. Reported are crashes, blocks that the ledger does not account for, what
adding again changes, and the facts that a format loses without its ledger naming them.
"""

import argparse
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from intlkg import bib, workspace
from intlkg.bib.dates import dated
from intlkg.bib.formats.sheet import plain
from intlkg.bib.work import Work, resolved

FORMATS = ("bibtex", "biblatex", "ris", "csl-json")
TEXTS = {
    "venue": ("journal", "journaltitle", "booktitle"), "volume": ("volume",),
    "number": ("number", "issue"), "pages": ("pages",), "series": ("series",),
    "publisher": ("publisher", "institution", "school", "organization"), "note": ("note",),
    "place": ("address", "location"), "language": ("language", "langid"),
    "edition": ("edition",), "abstract": ("abstract",), "chapter": ("chapter",),
    "access": ("urldate",),
}  # fmt: skip


@dataclass
class Measured:
    """What was counted over all files."""

    files: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    seconds: float = 0.0


def measured(files: list[Path]) -> Measured:
    """Return what becomes of files on their way in and out."""
    found = Measured()
    for path in files:
        found.files += 1
        try:
            _measure(path, found)
        except Exception:  # noqa: BLE001
            found.crashes.append(f"{path}: {traceback.format_exc(limit=-3)}")
    return found


def _measure(path: Path, found: Measured) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own = workspace.create(Path(folder) / "own", "Own", "https://example.org/own/")
        start = time.process_time()
        (first,) = bib.add(own, [path]).files
        (second,) = bib.add(own, [path]).files
        found.seconds += time.process_time() - start
        parts = {
            name: len(getattr(first, name))
            for name in ("added", "updated", "merged", "known", "failed")
        }
        parts["others"] = first.others
        if first.blocks != sum(parts.values()):
            found.sums.append(f"{path}: {first.blocks} blocks, {parts}")
        if second.added or second.updated or second.merged or second.gone:
            found.again.append(str(path))
        found.counts.update(parts | {"blocks": first.blocks})
        for form in FORMATS:
            _round_trip(own, path, form, found)


def _round_trip(own: workspace.Workspace, path: Path, form: str, found: Measured) -> None:
    base = bib.exported(own, "bibtex", {})
    before = {e.key: e for e in resolved(bib.read("before", base.text.encode()).entries)}
    out = bib.exported(own, form, {})
    if not before:
        return
    reading = bib.read_any(f"out.{form}", out.text.encode())
    after = {entry.key: entry for entry in resolved(reading.entries)}
    for key, entry in before.items():
        named = set(out.lost.get(key, ()))
        if key not in after:
            _note(found, form, "entry", f"{path} {key}")
            continue
        for what, one, other in _differences(Work(entry), Work(after[key])):
            fields = {*TEXTS.get(what, (what,)), "date", "month", "day"}
            if not named & fields and not any(name.startswith(f"{what} ") for name in named):
                _note(found, form, what, f"{path.name} {key}: {one!r} / {other!r}")


def _note(found: Measured, form: str, what: str, example: str) -> None:
    found.lost[form, what] += 1
    found.examples.setdefault((form, what), example[:300])


def _differences(one: Work, other: Work) -> Iterator[tuple[str, object, object]]:
    pairs: list[tuple[str, object, object]] = [
        (name, _plain(one.text(*names)), _plain(other.text(*names)))
        for name, names in TEXTS.items()
    ]
    titles = [" ".join(filter(None, (w.title, w.text("subtitle")))) for w in (one, other)]
    pairs.append(("title", *(_plain(title.replace(":", "")) for title in titles)))
    pairs.append(("url", *(plain(work.fields.get("url", "")) for work in (one, other))))
    for role in ("author", "editor", "translator"):
        names = [[(who.family, who.given) for who in work.people(role)] for work in (one, other)]
        pairs.append((role, *names))
    dates = [dated(work.fields) for work in (one, other)]
    pairs.append(("date", *(date.iso() if date else "" for date in dates)))
    for name in ("doi", "isbn", "issn", "pmid", "arxiv", "year"):
        pairs.append((name, getattr(one, name), getattr(other, name)))
    pairs.append(("keywords", one.words("keywords"), other.words("keywords")))
    kinds = {"phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report",
             "conference": "inproceedings", "electronic": "online", "www": "online"}  # fmt: skip
    pairs.append(("type", *(kinds.get(work.kind, work.kind) for work in (one, other))))
    for what, before, after in pairs:
        if before != after and before:
            yield what, before, after


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\s*[–-]\s*", "-", text).split())


def main() -> None:
    """Print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    files = sorted(p for p in options.folder.rglob("*") if p.is_file() and p.suffix != ".md")
    found = measured(files)
    print(f"{found.files} files, {dict(found.counts)}, {found.seconds:.1f} CPU-s to add twice")
    print(f"{len(found.crashes)} crashes, {len(found.sums)} wrong sums, {len(found.again)} changed")
    for line in (*found.crashes, *found.sums, *found.again):
        print("  ", line)
    for (form, what), count in sorted(found.lost.items()):
        print(f"{form:9} {what:10} {count:6}  {found.examples[form, what]}")
    sys.exit(bool(found.crashes or found.sums or found.again))


if __name__ == "__main__":
    main()
