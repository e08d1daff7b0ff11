"""Which entries are one work: by DOI, by the same text, or by title, year and first author."""

from dataclasses import dataclass, field

from intlkg.bib.dois import doi_of
from intlkg.bib.keys import wording, year
from intlkg.bib.latex import decode
from intlkg.bib.names import split
from intlkg.bib.reader import Entry


@dataclass(slots=True)
class Works:
    """The works of a workspace, found by all that identifies one."""

    keys: set[str] = field(default_factory=set)
    _found: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _dois: dict[str, str] = field(default_factory=dict)

    def add(self, entry: Entry, key: str) -> None:
        """Take a work under its key; its aliases are taken with it."""
        self.keys |= {key, *aliases(entry)}
        for identity in _identities(entry):
            self._found.setdefault(identity, []).append(key)
        if "intlkg-printed" not in entry.fields and (own := doi_of(entry)):
            self._dois.setdefault(key, own)

    def find(self, entry: Entry) -> tuple[str, str] | None:
        """Return the key of the same work, and why it is the same.

        Works with two DOIs are two, whatever their titles say. A DOI as printed in a reference
        list may be wrong, so it keeps nothing apart.
        """
        own = doi_of(entry)
        for identity in _identities(entry):
            for key in self._found.get(identity, ()):
                if not own or self._dois.get(key, own) == own:
                    return key, f"same {identity[0]}"
        return None


def aliases(entry: Entry) -> list[str]:
    """Return the other keys of an entry, from biblatex's field `ids`."""
    return [alias.strip() for alias in entry.fields.get("ids", "").split(",") if alias.strip()]


def _identities(entry: Entry) -> list[tuple[str, ...]]:
    """Return what identifies an entry's work, surest first."""
    found: list[tuple[str, ...]] = []
    if bare := doi_of(entry):
        found.append(("DOI", bare))
    if text := _text(entry):
        found.append(("text", entry.kind, text))
    else:
        found += [("key and no text", key) for key in (entry.key, *aliases(entry))]
    title = wording(decode(entry.fields.get("title", "")))
    names = split(entry.fields.get("author") or entry.fields.get("editor", ""))
    if title and names and (who := wording(names[0].family)):
        found.append(("title, year and first author", title, year(entry)[:4], who))
    return found


def _text(entry: Entry) -> str:
    """Return all that an entry says, in an order of its own; its keys say nothing of a work."""
    said = (f"{n}={' '.join(v.split())}" for n, v in entry.fields.items() if n != "ids")
    return "\n".join(sorted(said))
