"""Named SPARQL files: their headers, their parameters, their answers.

A file runs unchanged in any SPARQL 1.1 tool. Its head is YAML behind `#+` (the grlc convention):

    #+ summary: Which sources support a theme?
    #+ group: A. Tracing support
    #+ parameters:
    #+   theme: {summary: a concept, values: concepts}
    #+ example: {theme: visibility}

A parameter is the one line `VALUES ?theme { … }` of its query; `values` names the list whose
first column holds the legal values, and whose columns `label`, `code`, `key` and `alternative`
hold what a person may call them.
"""

import difflib
import functools
import glob
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import yaml

from intlkg import formats, matching
from intlkg.base import Base, tail
from intlkg.errors import QueryError, UnknownNameError
from intlkg.store import Iri, Literal, Rows, Store, Term, render, serialize
from intlkg.vocab import PREFIXES
from intlkg.workspace import Workspace

_Found = TypeVar("_Found")
KINDS: Final = ("questions", "field", "lists", "checks", "rules", "views")
"""The folders of queries; `field` has the questions of one field, which others do not inherit."""

_ASKED: Final = ("questions", "field", "lists")
_HEAD: Final = "#+"
_NAMES: Final[tuple[str, ...]] = ("label", "code", "key", "alternative")
"""The columns of a list of legal values that hold names, best first."""

_KEYS: Final = {"summary", "group", "parameters", "example", "cure", "audit"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query takes: its name, what it means, the list of its values."""

    name: str
    summary: str
    values: str


@dataclass(frozen=True, slots=True)
class Query:
    """A named query.

    Attributes:
        name: the file's name without its ending.
        path: the file's name in the workspace.
        text: the whole file.
        summary: one line that says what it answers.
        group: the heading under which it is listed.
        parameters: what it takes, by name.
        example: a value for each parameter, as a person would type it.
        cure: for a check, what to do about a row.
        audit: for a question whose rows are faults of a text, what they are faults of.
    """

    name: str
    path: str
    text: str
    summary: str
    group: str
    parameters: Mapping[str, Parameter]
    example: Mapping[str, str]
    cure: str
    audit: str


@dataclass(frozen=True, slots=True)
class Answer(formats.Tabular):
    """Rows of an answer, with what people call each thing in place of its IRI."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    terms: Rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.variables

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows, as text."""
        return self.rows

    def json(self) -> str:
        """Return the terms in the SPARQL 1.1 Query Results JSON Format."""
        return formats.as_json(self.terms)

    def written(self, form: str) -> str:
        """Return the answer in a format of `formats.FORMATS`, or as `json`."""
        return self.json() if form == "json" else formats.FORMATS[form](self.variables, self.rows)


def load(workspace: Workspace, kind: str) -> dict[str, Query]:
    """Return the queries of a kind (one of `KINDS`) by name, sorted.

    Raises:
        QueryError: a header cannot be read; the message names the file.
    """
    files = workspace.files(f"queries/{kind}/*.rq")
    return {path.stem: read(name, path.read_bytes()) for name, path in files.items()}


def asked(workspace: Workspace) -> dict[str, Query]:
    """Return all that can be asked by name: questions, those of the field, and lists.

    Raises:
        QueryError: a header cannot be read; the message names the file.
    """
    found: dict[str, Query] = {}
    for kind in reversed(_ASKED):
        found |= load(workspace, kind)
    return dict(sorted(found.items()))


def named(workspace: Workspace, name: str, kind: str = "questions") -> Query:
    """Return one query by its name; among the questions are those of the field, and the lists.

    Raises:
        QueryError: there is none of that name; the message suggests near ones.
    """
    folders = _ASKED if kind == "questions" else (kind,)
    for folder in folders:
        path = f"queries/{folder}/{name}.rq"
        if found := workspace.files(glob.escape(path)):
            return read(path, found[path].read_bytes())
    known = [Path(f).stem for folder in folders for f in workspace.files(f"queries/{folder}/*.rq")]
    raise QueryError(f"there is no {kind.removesuffix('s')} '{name}'{near(name, known)}")


@functools.lru_cache(maxsize=256)
def read(path: str, content: bytes) -> Query:
    """Return the query that a file's content holds.

    Raises:
        QueryError: it is not UTF-8, or its header is not YAML, lacks a summary, or names what the
            query does not have.
    """
    text = decoded(path, content)
    lines = [line[len(_HEAD) :] for line in text.splitlines() if line.startswith(_HEAD)]
    try:
        head = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        raise QueryError(f"{path}: the header is not YAML ({error})") from None
    fault = _header_fault(head)
    if fault:
        raise QueryError(f"{path}: {fault}")
    parameters = {
        name: Parameter(name, about["summary"], about["values"])
        for name, about in head.get("parameters", {}).items()
    }
    for name in parameters:
        if len(_slot(name).findall(text)) != 1:
            raise QueryError(f"{path}: parameter '{name}' needs one line VALUES ?{name} {{ … }}")
    return Query(
        name=path.rsplit("/", 1)[-1].removesuffix(".rq"),
        path=path,
        text=text,
        summary=head["summary"],
        group=head.get("group", ""),
        parameters=parameters,
        example={name: str(value) for name, value in head.get("example", {}).items()},
        cure=head.get("cure", ""),
        audit=head.get("audit", ""),
    )


def decoded(path: str, content: bytes) -> str:
    """Return the text of a file with a query.

    Raises:
        QueryError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise QueryError(f"{path}: it is not UTF-8; save it as UTF-8") from None


def bind(query: Query, values: Mapping[str, Iterable[Iri | Literal]]) -> str:
    """Return the query's text with the terms of its parameters replaced.

    Raises:
        QueryError: a value is given for a parameter that the query does not have.
    """
    text = query.text
    for name, terms in values.items():
        if name not in query.parameters:
            raise QueryError(
                f"'{query.name}' has no parameter '{name}'{near(name, query.parameters)}"
            )
        line = f"VALUES ?{name} {{ {' '.join(render(term) for term in terms)} }}"
        text = _slot(name).sub(lambda _, line=line: line, text)  # type: ignore[misc]
    return text


def ask(base: Base, name: str, values: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a named question, its parameters given as a person types them.

    Raises:
        QueryError: no such question or parameter, or a value that means nothing here.
    """
    return labelled(base, base.store.select(_bound(base, name, values or {})))


def ask_graph(base: Base, name: str, values: Mapping[str, str] | None = None) -> str:
    """Return the answer to a named question that is a CONSTRUCT, as Turtle.

    Raises:
        QueryError: as for `ask`; or the question is a SELECT.
    """
    return graph(base.store, _bound(base, name, values or {}))


def _bound(base: Base, name: str, values: Mapping[str, str]) -> str:
    query = named(base.workspace, name)
    bound = {
        parameter: [resolve(base, query.parameters[parameter], value)]
        for parameter, value in values.items()
        if parameter in query.parameters
    }
    unknown: dict[str, list[Iri | Literal]] = {
        name: [] for name in values if name not in query.parameters
    }
    return bind(query, bound | unknown)


def run(
    base: Base, sparql: str, limit: int | None = None, *, network: bool = False
) -> tuple[Answer, bool]:
    """Return the answer to a SELECT query, all or cut after some rows, and whether there are more.

    Prefixes that the query does not declare are those of `vocab.PREFIXES`.

    Raises:
        QueryError: the SPARQL does not parse, is not a SELECT, or passes a limit.
    """
    at_most = None if limit is None else limit + 1
    rows = _prefixed(lambda text: base.store.select(text, at_most, network=network), sparql)
    cut = Rows(rows.variables, rows.rows[:limit])
    return labelled(base, cut), len(rows.rows) > len(cut.rows)


def graph(store: Store, sparql: str, *, network: bool = False) -> str:
    """Return the triples of a CONSTRUCT query as Turtle; prefixes as for `run`.

    Raises:
        QueryError: the SPARQL does not parse, or is not a CONSTRUCT.
    """
    return serialize(
        _prefixed(lambda text: store.construct(text, network=network), sparql), "turtle"
    ).decode()


def _prefixed(asked: Callable[[str], _Found], sparql: str) -> _Found:
    """Ask a query with prefixes declared on its first line; an error keeps its own line, column."""
    declared = {name.lower() for name in re.findall(r"(?i)\bprefix\s+([\w-]*):", sparql)}
    known = [f"PREFIX {n}: <{iri}>" for n, iri in PREFIXES.items() if n.lower() not in declared]
    head = "".join(f"{line} " for line in known)
    try:
        return asked(head + sparql)
    except QueryError as error:
        said = re.sub(
            r"error at 1:(\d+)", lambda at: f"error at 1:{int(at[1]) - len(head)}", str(error)
        )
        raise QueryError(said.replace("error at ", "line:column "), error.line) from None


def resolve(base: Base, parameter: Parameter, value: str) -> Iri | Literal:
    """Return the legal value of a parameter that a person means by a label, an id or an IRI.

    Raises:
        UnknownNameError: nothing, or more than one thing, is called so; the message says what is.
    """
    return find(base, parameter.values, value, parameter.name)


def find(base: Base, values: str, name: str, kind: str = "") -> Iri | Literal:
    """Return the one value of a list that a person means by a label, an id or an IRI.

    Args:
        base: whose values.
        values: the list, by its name.
        name: what the person writes.
        kind: what such a value is called in a message; the name of the list without `s` if empty.

    Raises:
        UnknownNameError: nothing, or more than one thing, is called so; it suggests near names.
    """
    best = _best(base.once(_names_of, values), name)
    if not best:
        best = _inflected(base, values, name)
    if len(best) > 1:
        meant = sorted(tail(term.value) for term in best)
        raise UnknownNameError(f"'{name}' may mean {', '.join(meant)}; name one of them", meant)
    if not best:
        offers, wider = _offers(base, values, name)
        fault = f"no {kind or values.removesuffix('s')} is called '{name}'"
        clause = f"; the nearest wider one is '{wider[0]}'" if wider else _offer(offers)
        cure = f"'intlkg ask {values}' lists all"
        raise UnknownNameError(f"{fault}{clause}; {cure}", offers or wider)
    return next(iter(best))


def _inflected(base: Base, values: str, name: str) -> set[Iri | Literal]:
    """Return the value that has the name in another inflection, spelling or order of words."""
    known, index = base.once(_keyed, values), base.once(_index, values)
    found = {match.key for match in index.exact(name) or index.same_stems(name)}
    return {known[key] for key in found} if len(found) == 1 else set()


def _offers(base: Base, values: str, name: str) -> tuple[list[str], list[str]]:
    """Return the names that are near one, and if there are none those of what is wider."""
    index = base.once(_index, values)
    same = index.exact(name) or index.same_stems(name)
    found = [*same, *index.near(name), *index.containing(name)]
    near = list(dict.fromkeys(_label(base, match) for match in found))[:5]
    return near, [] if near else [_label(base, match) for match in index.wider(name)[:1]]


def near_values(base: Base, values: str, name: str) -> list[str]:
    """Return the IRIs of the values whose names say what a person writes, the nearest first."""
    index = base.once(_index, values)
    found = [*index.exact(name), *index.same_stems(name), *index.near(name)]
    return list(dict.fromkeys(match.key for match in found))


def _label(base: Base, match: matching.Match) -> str:
    return base.label(match.key) if "://" in match.key else match.name


def _keyed(base: Base, values: str) -> dict[str, Iri | Literal]:
    """Return IRI or text -> legal value."""
    known = base.once(_names_of, values)
    return {one.value: one for found in known["id"].values() for one in found}


def _index(base: Base, values: str) -> matching.Names:
    """Return the index of all names of the values of a list."""
    known = base.once(_names_of, values)
    pairs = [
        (name, one.value)
        for column in _NAMES
        for name, found in known[column].items()
        for one in sorted(found, key=str)
    ]
    return matching.Names(pairs, base.once(_usage))


def _usage(base: Base) -> matching.Usage:
    """Return how the words of the workspace's field are used, as its files list them."""
    lines: dict[str, list[str]] = {}
    for path in base.workspace.files("ontology/words/*.txt").values():
        text = path.read_text(encoding="utf-8", errors="replace")
        lines[path.stem] = [line for line in text.splitlines() if not line.startswith("#")]
    return matching.Usage(lines.get("alike", ()), lines.get("light", ()))


def called(base: Base, values: str, name: str) -> list[str]:
    """Return the ends of the IRIs of all values of a list that are called so."""
    return [tail(term.value) for term in _best(base.once(_names_of, values), name)]


def names(base: Base, values: str) -> list[str]:
    """Return all names of the values of a list, sorted, without their ids and IRIs."""
    known = base.once(_names_of, values)
    return sorted({one for column in _NAMES for one in known[column]})


def _names_of(base: Base, values: str) -> dict[str, dict[str, set[Iri | Literal]]]:
    return _called(listed(base, values))


def _best(known: Mapping[str, Mapping[str, set[Iri | Literal]]], name: str) -> set[Iri | Literal]:
    """Return what is called so by the best kind of name by which anything is."""
    return next((found[fold(name)] for found in known.values() if fold(name) in found), set())


def listed(base: Base, name: str) -> Rows:
    """Return the rows of a list of the engine's, `queries/lists/<name>.rq`.

    Raises:
        QueryError: there is no such list, or it is not SPARQL.
    """
    return base.store.select(named(base.workspace, name, "lists").text)


def labelled(base: Base, rows: Rows) -> Answer:
    """Return rows with a label in place of each IRI."""
    cells = tuple(
        tuple(base.label(t.value) if isinstance(t, Iri) else text(t) for t in row)
        for row in rows.rows
    )
    return Answer(rows.variables, cells, rows)


def _header_fault(head: object) -> str:
    if not isinstance(head, dict) or not isinstance(head.get("summary"), str):
        return "the header needs a line '#+ summary: …'"
    unknown = sorted(set(head) - _KEYS)
    if unknown:
        return f"the header has '{unknown[0]}'; use {', '.join(sorted(_KEYS))}"
    for name, about in head.get("parameters", {}).items():
        if not isinstance(about, dict) or set(about) != {"summary", "values"}:
            return f"parameter '{name}' needs a summary and a question under 'values'"
    if set(head.get("example", {})) != set(head.get("parameters", {})):
        return "the example must name exactly the parameters"
    return ""


def _slot(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{[^}}]*\}}")


def _called(rows: Rows) -> dict[str, dict[str, set[Iri | Literal]]]:
    """Return, for each kind of name, best first: the name, folded -> the values called so."""
    called: dict[str, dict[str, set[Iri | Literal]]] = {kind: {} for kind in (*_NAMES, "id")}
    for row in rows:
        legal = row.get(rows.variables[0])
        if not isinstance(legal, (Iri, Literal)):
            continue
        names = [(column, text(row[column])) for column in _NAMES if column in row]
        names += [("id", "-".join(name.split())) for _, name in names]
        names += [("id", own) for own in (legal.value, tail(legal.value), curie(legal.value))]
        for kind, name in names:
            called[kind].setdefault(fold(name), set()).add(legal)
    return called


def curie(iri: str) -> str:
    """Return an IRI with a known prefix in place of its namespace, where it has one."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def fold(text: str) -> str:
    """Return a name as names are compared: without case, brackets and superfluous white space."""
    return " ".join(text.strip("<> ").casefold().split())


def near(wanted: str, known: Iterable[str]) -> str:
    """Return a clause for an error message that suggests near names, or nothing."""
    return _offer(nearest(wanted, known))


def nearest(wanted: str, known: Iterable[str]) -> list[str]:
    """Return at most five names that are like a name, or that hold it; the likest first."""
    names = sorted(set(known))
    folded = fold(wanted)
    found = difflib.get_close_matches(folded, names, n=4, cutoff=0.65)
    found += [n for n in names if folded and folded in n and "/" not in n and n not in found]
    return found[:5]


def _offer(names: Iterable[str]) -> str:
    listed_names = ", ".join(repr(name) for name in names)
    return f"; did you mean {listed_names}?" if listed_names else ""


def text(term: Term | None) -> str:
    """Return the characters of a literal or an IRI; nothing for what is not bound."""
    return term.value if isinstance(term, (Iri, Literal)) else str(term or "")
