"""Every shipped question: ours beside rdflib's in-memory engine and bare pyoxigraph, on one graph.

    python benchmarks/queries.py [SIZE ...] [--limit SECONDS] [--cold]    default: 100000

The graph is the shipped one with so many more studies that the trusted graph has at least SIZE
triples: each is the first study with other IRIs, names and codes, in graphs of its own. Ours is
`questions.ask`: the file is read, its values are found by their names, and each thing in the answer
gets its label; on the store on disk, and read into memory (`intlkg.open(in_memory=True)`). Bare
pyoxigraph runs the text with the values in it on the store on disk and reads the rows. rdflib runs
the same text on a Dataset in memory, at most for the limit; a question that was stopped counts with
the limit, so that its ratio is a lower bound. Times are CPU seconds, ours and pyoxigraph's the best
of three. Answers are compared: as many rows for all.

`--cold` compares the command `intlkg ask`, in a fresh process on the shipped workspace, with a
script that parses the same Turtle with rdflib and runs the same query.
"""

import argparse
import math
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import rdflib

from intlkg import build, questions, workspace
from intlkg.base import Base
from intlkg.errors import QueryError
from intlkg.store import Store, apart
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace

STUDY = "makaya-2024"
COLD = ("sources-of-theme", "theme=franchising")
SCRIPT = """
import sys, rdflib
graph = rdflib.Graph()
graph.parse(sys.argv[1])
for row in graph.query(open(sys.argv[2]).read()):
    print(*row, sep=",")
"""


def grown(here: Workspace, size: int) -> Iterator[bytes]:
    """Yield the workspace's N-Quads, and those of as many further studies as the size needs."""
    lines = build.export(here, "nquads", restricted=True).decode()
    yield lines.encode()
    trusted = f"<{TRUSTED}> .\n"
    study = "".join(line for line in lines.splitlines(True) if STUDY in line)
    missing = size - lines.count(trusted)
    for number in range(1, math.ceil(missing / study.count(trusted)) + 1):
        renamed = study.replace(STUDY, f"study-{number}").replace("Makaya 2024", f"Study {number}")
        yield re.sub(r'"M(\d+)"', rf'"M\1/{number}"', renamed).encode()


def in_rdflib(content: list[bytes]) -> rdflib.Dataset:
    """Return the statements in rdflib's memory; the trusted graph is the default one."""
    dataset = rdflib.Dataset()
    for one in content:
        dataset.parse(data=one, format="nquads")
    trusted = rdflib.URIRef(TRUSTED)
    dataset.default_graph += dataset.graph(trusted)
    dataset.remove_graph(trusted)
    return dataset


def cpu(work: Callable[[], int]) -> tuple[float, int]:
    """Return the CPU seconds that some work took in this process, and what it counted."""
    start = time.process_time()
    count = work()
    return time.process_time() - start, count


def best(work: Callable[[], int]) -> tuple[float, int]:
    """Return the least CPU seconds of three runs, and what the work counted."""
    return min(cpu(work) for _ in range(3))


def bound(base: Base, query: questions.Query) -> str:
    """Return a question with the values of its example in it."""
    values = {
        name: [questions.resolve(base, query.parameters[name], value)]
        for name, value in query.example.items()
    }
    return questions.bind(query, values)


def compare(here: Workspace, size: int, limit: float, folder: Path) -> None:
    """Print the times of every question at a size, and what they come to."""
    content = list(grown(here, size))
    store = Store.create(folder)
    for one in content:
        store.load(one)
    store.optimize()
    del store
    store = Store.disk(folder)
    base, memory = Base(here, store), Base(here, store.in_memory())
    engine = pyoxigraph.Store.read_only(str(folder))
    dataset = in_rdflib(content)
    default = [pyoxigraph.NamedNode(TRUSTED)]
    triples = store.count(default[0])
    print(f"\n{triples:,} triples in the trusted graph, {len(engine):,} statements in all\n")
    head = ("question", "rows", "disk", "memory", "pyoxigraph", "rdflib", "/disk", "/memory")
    print(("{:32}" + "{:>11}" * 7).format(*head))
    times: list[tuple[float, float, float, float]] = []
    stopped = 0
    for query in questions.asked(here).values():
        text = bound(base, query)
        disk, rows = best(lambda q=query: len(questions.ask(base, q.name, q.example).rows))
        fast, _ = best(lambda q=query: len(questions.ask(memory, q.name, q.example).rows))
        bare, bare_rows = best(lambda t=text: len(list(engine.query(t, default_graph=default))))
        try:
            theirs, their_rows = apart(
                lambda t=text: cpu(lambda: len(list(dataset.query(t)))), limit
            )
            mark = ""
        except QueryError:
            theirs, their_rows, mark = limit, rows, ">"
            stopped += 1
        if len({rows, bare_rows, their_rows}) > 1:
            sys.exit(f"{query.name}: {rows}, {bare_rows} and {their_rows} rows")
        times.append((disk, fast, bare, theirs))
        cells = [f"{rows:,}", f"{disk:.4f}", f"{fast:.4f}", f"{bare:.4f}", f"{mark}{theirs:.3f}"]
        cells += [f"{mark}{theirs / disk:,.1f}", f"{mark}{theirs / fast:,.1f}"]
        print(f"{query.name:32}" + "".join(f"{cell:>11}" for cell in cells), flush=True)
    print(f"\n{stopped} stopped in rdflib after {limit:g} s")
    for name, column in ("disk", 0), ("memory", 1):
        ratios = [row[3] / row[column] for row in times]
        print(f"rdflib / {name}: geometric mean {mean(ratios):,.0f}, least {min(ratios):,.1f}")
    layers = [row[0] / row[2] for row in times]
    whole = sum(row[0] for row in times) / sum(row[2] for row in times)
    print(f"disk / pyoxigraph: geometric mean {mean(layers):.2f}, of the sums {whole:.2f}")


def mean(ratios: list[float]) -> float:
    """Return the geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def cold(here: Workspace, folder: Path) -> None:
    """Print what one answer costs in a fresh process: ours, and the script's."""
    base = Base(here, build.store(here))
    turtle, query, script = folder / "graph.ttl", folder / "query.rq", folder / "script.py"
    turtle.write_bytes(build.export(here, "turtle"))
    query.write_text(bound(base, questions.named(here, COLD[0])))
    script.write_text(SCRIPT)
    command = [sys.executable, "-m", "intlkg.cli", "ask", *COLD, "--workspace", str(here.root)]
    ours = min(children(command) for _ in range(5))
    theirs = min(children([sys.executable, str(script), str(turtle), str(query)]) for _ in range(3))
    print(f"\ncold: intlkg ask {ours:.2f} CPU-s, script with rdflib {theirs:.2f} CPU-s,", end=" ")
    print(f"{theirs / ours:.1f} times")


def children(command: list[str]) -> float:
    """Return the CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000])
    parser.add_argument("--limit", type=float, default=60, metavar="SECONDS")
    parser.add_argument("--cold", action="store_true", help="only the command, against a script")
    given = parser.parse_args()
    here = workspace.find()
    build.store(here)
    with tempfile.TemporaryDirectory() as folder:
        cold(here, Path(folder))
        for size in [] if given.cold else given.sizes:
            compare(here, size, given.limit, Path(folder) / str(size))


if __name__ == "__main__":
    main()
