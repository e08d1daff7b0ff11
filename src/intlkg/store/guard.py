"""Do something in a process that can be stopped: an engine knows no deadline of its own."""

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final, TypeVar

from intlkg.errors import IntlkgError, QueryError

_Result = TypeVar("_Result")
_MEMORY: Final = 8 << 30
"""Bytes of memory beyond which the process is refused more."""


def guarded(work: Callable[[], _Result], seconds: float) -> _Result:
    """Return what work gives, done in a process of its own that is stopped after some seconds.

    The work must open its own store: one that is open already cannot be shared.

    Raises:
        QueryError: it took too long, or the process broke.
        IntlkgError: what the work itself raised.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise QueryError(f"stopped after {seconds:g} seconds; ask for less, or give more time")
        answer = ours.recv()
    except EOFError:
        raise QueryError("the query broke the engine; write it in smaller steps") from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, BaseException):
        raise answer
    return answer  # type: ignore[no-any-return]


def _do(work: Callable[[], object], answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    try:
        answer.send(work())
    except IntlkgError as error:
        answer.send(error)
    except MemoryError:
        answer.send(QueryError("the query needs more memory than it may have; ask for less"))
