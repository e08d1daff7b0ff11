"""A deadline, a limit of memory and Ctrl+C for whatever runs SPARQL: an engine has none of its own.

`within` does work in a thread while the caller waits: it costs a tenth of a millisecond and needs
nothing that a system may lack. Work that was given up goes on until Python ends; the command line
ends at once. `apart` does work in a process of its own, which can be ended for good: it is for the
queries that people write, who go on with Python after one that was stopped.
"""

import contextlib
import os
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, Generic, TypeVar

from intlkg.errors import IntlkgError, QueryError

_Result = TypeVar("_Result")
_STACK: Final = 256 << 20
"""Bytes of stack for the engine, which takes more of it the deeper a query is."""

_TICK: Final = 0.05
_GENEROUS: Final = 600.0
_MOST: Final = 8 << 30
_here = threading.local()
_given_up: list[threading.Thread] = []


def seconds_allowed() -> float:
    """Return how long one query of a question, check, rule or list may take.

    That is ten minutes, or what `INTLKG_TIMEOUT` says in seconds.
    """
    return _setting("INTLKG_TIMEOUT") or _GENEROUS


def memory_allowed() -> int:
    """Return how many bytes a query may add to what the process needs.

    That is half of what the machine has, at most 8 GiB, or what `INTLKG_MEMORY` says in GiB.
    """
    said = _setting("INTLKG_MEMORY")
    return int(said * (1 << 30)) if said else min(_MOST, _installed() // 2)


def within(work: Callable[[], _Result], seconds: float | None = None) -> _Result:
    """Return what work gives, which may take some seconds and so much memory, and no more.

    Args:
        work: what to do; within other work that is limited it is simply done.
        seconds: how long it may take; None for what is allowed to questions and rules.

    Raises:
        QueryError: it took too long, or needed too much memory.
    """
    if getattr(_here, "limited", False):
        return work()
    task = _Task(work)
    thread = _started(task)
    try:
        _watch(task, seconds_allowed() if seconds is None else seconds)
    except BaseException:
        _given_up.append(thread)
        raise
    return task.result()


def apart(work: Callable[[], _Result], seconds: float | None = None) -> _Result:
    """Return what work gives, done in a process of its own that can be ended for good.

    The work opens its own store on disk: one that is open already cannot be shared. Where the
    system has no fork that is safe, it is done `within` this process.

    Raises:
        QueryError: it took too long, needed too much memory, or the process broke.
        IntlkgError: what the work itself raised.
    """
    if sys.platform != "linux" or not hasattr(os, "fork"):
        return within(work, seconds)
    import multiprocessing

    allowed = seconds_allowed() if seconds is None else seconds
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, allowed, theirs), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(allowed + 1) else QueryError(_too_long(allowed))
    except EOFError:
        raise QueryError("the query broke the engine; write it in smaller steps") from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, BaseException):
        raise answer
    return answer  # type: ignore[no-any-return]


def given_up() -> bool:
    """Whether work that was given up still goes on: then Python should end without waiting."""
    return any(thread.is_alive() for thread in _given_up)


class _Task(Generic[_Result]):
    """Work that a thread does, and what came of it."""

    def __init__(self, work: Callable[[], _Result]) -> None:
        self._work = work
        self._made: list[_Result] = []
        self._error: BaseException | None = None
        self.done = threading.Event()

    def __call__(self) -> None:
        _here.limited = True
        try:
            self._made.append(self._work())
        except BaseException as error:  # noqa: BLE001
            traceback.clear_frames(error.__traceback__)
            self._error = error
        finally:
            self.done.set()

    def result(self) -> _Result:
        if self._error is not None:
            raise self._error
        return self._made[0]


def _started(task: _Task[_Result]) -> threading.Thread:
    """Return a thread that does a task, with a large stack where the system gives one."""
    thread = threading.Thread(target=task, daemon=True, name="engine")
    before = threading.stack_size()
    try:
        with contextlib.suppress(ValueError, RuntimeError):
            threading.stack_size(_STACK)
        thread.start()
    except RuntimeError:
        threading.stack_size(before)
        thread = threading.Thread(target=task, daemon=True, name="engine")
        thread.start()
    finally:
        threading.stack_size(before)
    return thread


def _watch(task: _Task[_Result], seconds: float) -> None:
    """Wait for a task, and raise an error where it passes a limit."""
    if task.done.wait(min(_TICK, seconds)):
        return
    end = time.monotonic() + seconds - _TICK
    most = _resident() + memory_allowed()
    while not task.done.wait(min(_TICK, max(0.001, end - time.monotonic()))):
        if time.monotonic() >= end:
            raise QueryError(_too_long(seconds))
        if _resident() > most:
            raise QueryError("the query needs more memory than it may have; ask for less")


def _send(work: Callable[[], object], seconds: float, answer: Connection) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (2 * _MOST, 2 * _MOST))
    try:
        answer.send(within(work, seconds))
    except (IntlkgError, OSError) as error:
        answer.send(error)
    except MemoryError:
        answer.send(QueryError("the query needs more memory than it may have; ask for less"))


def _too_long(seconds: float) -> str:
    return f"stopped after {seconds:g} seconds; ask for less, or give more time"


def _setting(name: str) -> float:
    try:
        return max(0.0, float(os.environ.get(name, "0")))
    except ValueError:
        return 0.0


def _resident() -> int:
    """Return the bytes of memory that this process holds, 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError, ValueError, IndexError):
        return _peak()


def _peak() -> int:
    """Return the most that this process held, for systems without /proc."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _installed() -> int:
    """Return the bytes of memory that this machine, or its container, has."""
    return min(_sizes(), default=2 * _MOST)


def _sizes() -> Iterator[int]:
    with contextlib.suppress(OSError, AttributeError, ValueError):
        yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(OSError, ValueError):
        yield int(Path("/sys/fs/cgroup/memory.max").read_text())
