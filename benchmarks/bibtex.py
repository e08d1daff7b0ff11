"""Adding a library: ours beside the script that a user would write, on the same made-up libraries.

    python benchmarks/bibtex.py [SIZE ...]      default: 1000 10000

Ours is `intlkg add` and `intlkg build` in a fresh process: every entry read, identified, given a
key and linked, the store written. The script parses with bibtexparser 2 and its LaTeX and name
middlewares, adds titles, years and authors to an rdflib graph, and writes Turtle. Times are CPU
seconds of the process (user and system), memory is its peak. `--ours` leaves the script out.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

THEMES = (
    "internationalization speed distance network born global firm entry mode export knowledge risk "
    "resource digital strategy market growth small high technology venture performance evidence"
).split()
SYLLABLES = "an ber cor del er fo gar hol in jo kas lem mor na ol pen ri sa tor ul ver wen".split()
ACCENTED = (r"M{\"u}ll", r"S{\o}r", r"Garc{\'i}", r"{\v{S}}im", r"Nu{\~n}", "O'Bri", "van der ")
SCRIPT = r"""
import sys
import bibtexparser
from bibtexparser import middlewares as m
import rdflib
from rdflib.namespace import DCTERMS, FOAF
library = bibtexparser.parse_file(sys.argv[1], append_middleware=[
    m.LatexDecodingMiddleware(), m.SeparateCoAuthors(), m.SplitNameParts()])
graph = rdflib.Graph()
base = rdflib.Namespace("http://example.org/")
for entry in library.entries:
    work = base["work-" + entry.key]
    fields = entry.fields_dict
    graph.add((work, DCTERMS.title, rdflib.Literal(fields["title"].value)))
    graph.add((work, DCTERMS.date, rdflib.Literal(fields["year"].value)))
    for name in fields["author"].value:
        person = base["person-" + "-".join(name.last).replace(" ", "-")]
        graph.add((work, DCTERMS.creator, person))
        graph.add((person, FOAF.name, rdflib.Literal(" ".join(name.first + name.last))))
graph.serialize(sys.argv[2], format="turtle")
"""


def library(size: int, seed: int = 1) -> str:
    """Return a BibTeX library of made-up articles, the same for the same size and seed."""
    draw = random.Random(seed)
    made = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))) for _ in range(5000)]
    words = [*THEMES, *made]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    names = ["".join(draw.choices(SYLLABLES, k=2)).capitalize() for _ in range(4000)]
    names += [accented + draw.choice(SYLLABLES) for accented in ACCENTED for _ in range(100)]

    def some(count: int) -> str:
        return " ".join(draw.choices(words, weights, k=count))

    entries = []
    for number in range(size):
        title = some(draw.randint(6, 14)).capitalize()
        authors = " and ".join(
            f"{draw.choice(names)}, {draw.choice('ABCDEFG')}. {draw.choice('HIJKLM')}."
            for _ in range(draw.randint(1, 4))
        )
        entries.append(
            f"@article{{key{number},\n  author = {{{authors}}},\n  title = {{{title}}},\n"
            f"  journal = {{Journal of {draw.choice(THEMES)} \\& {draw.choice(THEMES)}}},\n"
            f"  year = {{{draw.randint(1977, 2026)}}},\n  volume = {{{draw.randint(1, 60)}}},\n"
            f"  pages = {{{number}--{number + 9}}},\n  doi = {{10.5555/made.{number}}},\n"
            f"  keywords = {{{some(1)}, {some(1)}}},\n"
            f"  abstract = {{{some(120)}}},\n}}\n"
        )
    return "\n".join(entries)


def measure(*commands: list[str]) -> tuple[float, float, float]:
    """Return CPU seconds and wall seconds of commands run in turn, and the peak memory in MiB."""
    cpu = wall = peak = 0.0
    for command in commands:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall += time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        peak = max(peak, after.ru_maxrss / 1024)
    return cpu, wall, peak


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--ours", action="store_true")
    options = parser.parse_args()
    intlkg = [sys.executable, "-m", "intlkg.cli"]
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            (here / "library.bib").write_text(library(size), encoding="utf-8")
            (here / "one.bib").write_text(
                "@article{one, title = {One more}, author = {New, N.}, year = {2026}}"
            )
            (here / "script.py").write_text(SCRIPT)
            own = ["--workspace", str(here / "own")]
            subprocess.run([*intlkg, "init", str(here / "own")], check=True, capture_output=True)
            add, build = [*intlkg, "add", *own], [*intlkg, "build", *own]
            ours = measure([*add, str(here / "library.bib")], build)
            more = measure([*add, str(here / "one.bib")], build)
            line = (
                f"{size:>7,} entries: ours {ours[0]:.1f} CPU-s ({ours[1]:.1f} s, {ours[2]:,.0f} MiB"
                f"); one entry more {more[0]:.1f} CPU-s ({more[0] / ours[0]:.0%})"
            )
            if not options.ours:
                script = [sys.executable, str(here / "script.py"), str(here / "library.bib")]
                theirs = measure([*script, str(here / "out.ttl")])
                line += f"; script {theirs[0]:.1f} CPU-s; ratio {theirs[0] / ours[0]:.1f}"
            print(line, flush=True)


if __name__ == "__main__":
    main()
