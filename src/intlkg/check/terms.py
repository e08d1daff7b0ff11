"""Whether every term that a workspace's queries and shapes use is declared somewhere."""

import re
from collections.abc import Iterator
from typing import Final

from intlkg import build
from intlkg.errors import Problem
from intlkg.questions import curie
from intlkg.store import Iri
from intlkg.vocab import PREFIXES, term
from intlkg.workspace import Workspace

_FILES: Final = ("queries/*/*.rq", "ontology/shapes.ttl")
_PREFIX: Final = re.compile(r"(?im)^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>")
_NAME: Final = re.compile(r"(?<![\w:/#?$\"'-])([a-z][\w-]*):([A-Za-z][\w-]*)")
_QUOTED: Final = re.compile(r"\"[^\"\n]*\"|<[^>\s]*>")
_BUILT_IN: Final = (
    *(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd")),
    "http://www.w3.org/ns/shacl#",
    "https://w3id.org/intlkg/shape/",
)
"""Namespaces whose terms every tool knows, and that of the shapes themselves."""


def term_problems(workspace: Workspace) -> list[Problem]:
    """Return the uses of undeclared terms in the queries and shapes of this workspace itself.

    Inherited files are not looked at: the values in their examples need not be in every workspace.
    """
    declared = {
        quad.subject.value for quad in build.dump(workspace) if isinstance(quad.subject, Iri)
    }
    former = {
        quad.subject.value: curie(quad.object.value)
        for quad in build.dump(workspace)
        if quad.predicate.value == term("dcterms:isReplacedBy")
        and isinstance(quad.subject, Iri)
        and isinstance(quad.object, Iri)
    }
    problems = []
    for name, path in workspace.files(*_FILES).items():
        if workspace.root not in path.parents:
            continue
        for line, prefixed, iri in _terms(path.read_text(encoding="utf-8", errors="replace")):
            if iri in former:
                fault = f"'{prefixed}' is the former name of '{former[iri]}'; write that"
                problems.append(Problem(name, line, fault))
            if iri not in declared and not iri.startswith(_BUILT_IN):
                fault = f"'{prefixed}' is declared nowhere"
                problems.append(
                    Problem(name, line, f"{fault}; correct it, or declare it in ontology/")
                )
    return problems


def _terms(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line, prefixed name, IRI) for each prefixed name in a query or a Turtle file."""
    prefixes = dict(_PREFIX.findall(text))
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or _PREFIX.match(line):
            continue
        for match in _NAME.finditer(_QUOTED.sub(" ", line)):
            if match[1] in prefixes:
                yield number, match[0], prefixes[match[1]] + match[2]
