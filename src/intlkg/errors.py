"""What can go wrong, as data and as exceptions.

A defect in a file is a `Problem`: it is returned, together with all the others. An exception means
that a call cannot give an answer:

    IntlkgError
    ├── WorkspaceError   no workspace there, or its settings are not readable
    ├── BuildError       files with defects stand in the way of a build; carries them as problems
    ├── StoreError       the store cannot be opened or written
    └── QueryError       no such query, a wrong parameter, or SPARQL that does not parse
        └── UnknownNameError   nothing, or more than one thing, is called so
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One defect: the file (relative to its workspace), the line counted from 1, fault and cure."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the problem as `path:line: message`, as compilers print it."""
        return f"{self.path}:{self.line}: {self.message}"


class IntlkgError(Exception):
    """Anything that this package raises on purpose; the text says fault and cure."""


class WorkspaceError(IntlkgError):
    """There is no workspace at a place, or its settings cannot be read."""


class StoreError(IntlkgError):
    """The store cannot be opened or written."""


class QueryError(IntlkgError):
    """A query cannot be run as asked; `line` is where its text is at fault, 1 if unknown."""

    def __init__(self, message: str, line: int = 1) -> None:
        """Keep the message and the line."""
        super().__init__(message)
        self.line = line


class UnknownNameError(QueryError):
    """Nothing, or more than one thing, is called so; `suggestions` are near names."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        """Keep the message and the names."""
        super().__init__(message)
        self.suggestions = tuple(suggestions)


class BuildError(IntlkgError):
    """Files have defects; `problems` names each of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, sorted by place."""
        self.problems = sorted(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the workspace's files")
