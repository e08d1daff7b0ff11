r"""JabRef's group tree, which stands in a comment: where in the tree a group is, and who is in it.

The new form is `@Comment{jabref-meta: grouping: …}` with lines such as `1 StaticGroup:Name\;0\;…;`
and the members' own field `groups`; the old one is `groupstree:` with `ExplicitGroup:`, which
lists its members' keys in the tree, and breaks lines anywhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from intlkg.bib.latex import listed
from intlkg.bib.reader import Entry
from intlkg.bib.work import aliases

_TREE: Final = re.compile(r"jabref-meta:\s*(?:grouping|groupstree):", re.IGNORECASE)
_GROUP: Final = re.compile(r"\s*(\d+)\s+(\w+Group):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a tree.

    Attributes:
        path: the names from the top of the tree down to the group's own.
        keys: members that the tree itself names.
        field: field in whose list the members have `word`; empty where there is none.
        word: what members have in `field`.
    """

    path: tuple[str, ...]
    keys: frozenset[str] = frozenset()
    field: str = ""
    word: str = ""


def is_tree(comment: str) -> bool:
    """Return whether a comment holds a tree of groups."""
    return bool(_TREE.search(comment))


def groups(comments: Iterable[str]) -> list[Group]:
    """Return the groups of the trees in comments; the one of all entries is none."""
    found: list[Group] = []
    for comment in comments:
        tree = _TREE.search(comment)
        above: list[str] = []
        text = comment[tree.end() :].replace("\n", "") if tree else ""
        for item in re.split(r"(?<!\\);", text):
            if match := _GROUP.match(item):
                depth, kind, said = int(match[1]), match[2], match[3].split("\\;")
                above = [*above[: depth - 1], said[0].strip()] if depth else []
                if above:
                    found.append(_group(tuple(above), kind, said))
    return found


def groups_of(entry: Entry, tree: Iterable[Group]) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the paths of an entry's groups, and the names that stand at several places of a tree.

    A name that the tree does not have, or has at several places, is a path of its own.
    """
    tree = list(tree)
    paths: dict[tuple[str, ...], None] = {}
    unclear = []
    for name in listed(entry.fields.get("groups", "")):
        places = {group.path for group in tree if group.path[-1] == name}
        if len(places) > 1:
            unclear.append(name)
        paths[places.pop() if len(places) == 1 else (name,)] = None
    own = {entry.key, *aliases(entry)}
    for group in tree:
        words = {word.casefold() for word in listed(entry.fields.get(group.field, ""))}
        if group.keys & own or (group.field and group.word.casefold() in words):
            paths[group.path] = None
    return list(paths), unclear


def _group(path: tuple[str, ...], kind: str, said: list[str]) -> Group:
    if kind == "ExplicitGroup":
        return Group(path, frozenset(key.strip() for key in said[2:] if key.strip()))
    if kind == "KeywordGroup" and len(said) > 3:
        return Group(path, field=said[2].strip().lower(), word=said[3].strip())
    return Group(path)
