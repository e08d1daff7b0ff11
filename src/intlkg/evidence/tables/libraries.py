"""What each library brought: the first boxes of a PRISMA 2020 flow."""

from intlkg.base import Base


def sources_found(base: Base) -> list[tuple[str, ...]]:
    """Return a row for each library with what it held when it was added last, and their sums."""
    from intlkg import bib

    found = bib.sources(base.workspace)
    rows: list[tuple[str, ...]] = [
        ("source", "found", "failed", "repeated", "known already", "new"),
        *(
            (one.source, *map(str, (one.found, one.failed, one.repeated, one.known, one.new)))
            for one in found
        ),
    ]
    sums = [sum(getattr(one, name) for one in found) for name in bib.Source.__slots__[1:]]
    return [*rows, ("all", *map(str, sums))]
