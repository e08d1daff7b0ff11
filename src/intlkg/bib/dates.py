"""Dates of works: BibTeX's year, month and day, biblatex's `date` (EDTF), and their parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from intlkg.bib.latex import decode

MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_ISO: Final = re.compile(r"(-?\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?[~?%]*(?![\d-])")
_AROUND: Final = re.compile(r"[~?%]")


@dataclass(frozen=True, slots=True)
class Date:
    """When a work appeared.

    Attributes:
        start: year, and where known month and day.
        end: the same of the end of a range; empty where it is none.
        season: 1 for spring to 4 for winter; 0 for none.
        circa: whether it is about then.
    """

    start: tuple[int, ...]
    end: tuple[int, ...] = ()
    season: int = 0
    circa: bool = False

    def iso(self) -> str:
        """Return the date as biblatex has it: `2011-05-25/2012-06`, `2011-21` for spring."""
        about = "~" if self.circa else ""
        if self.season:
            return f"{_year(self.start[0])}-{20 + self.season}{about}"
        parts = [_plain(self.start), *([_plain(self.end)] if self.end else [])]
        return "/".join(f"{part}{about}" for part in parts)

    @property
    def year(self) -> str:
        """The year with four digits, before our era with a hyphen."""
        return _year(self.start[0])

    def slashed(self) -> str:
        """Return the beginning as RIS has it: `2011/05/25`, `2011/05/`."""
        parts = [self.year, *(f"{part:02}" for part in self.start[1:])]
        return "/".join(parts) + "/" * (3 - len(parts))


def parsed(written: str) -> Date | None:
    """Return the date of a text such as `2011-05-25~/2012`, or None where it is none."""
    first, slash, last = decode(written).strip().partition("/")
    start = _ISO.fullmatch(first.strip()) or _ISO.fullmatch(written.strip())
    if start is None:
        return None
    numbers = _numbers(start)
    if len(numbers) > 1 and not (numbers[1] <= 12 or 21 <= numbers[1] <= 41):
        return None
    end = _ISO.fullmatch(last.strip()) if slash and start[0] != written.strip() else None
    circa = bool(_AROUND.search(written))
    if len(numbers) > 1 and numbers[1] > 20:
        return Date(numbers[:1], season=(numbers[1] - 1) % 4 + 1, circa=circa)
    return Date(numbers, _numbers(end) if end else (), circa=circa)


def dated(fields: Mapping[str, str]) -> Date | None:
    """Return when an entry says that its work appeared, from `date`, else year, month and day."""
    if found := parsed(fields.get("date", "")):
        return found
    year = re.fullmatch(r"(-?\d{4})[a-z]?", decode(fields.get("year", "")))
    if year is None:
        return parsed(fields.get("year", ""))
    month, day = _month(fields.get("month", ""), fields.get("day", ""))
    season = _SEASONS.get(decode(fields.get("month", "")).lower(), 0)
    return Date((int(year[1]), *filter(None, (month, day))), season=season)


def _month(written: str, day: str) -> tuple[int, int]:
    """Return the number of a month and of a day, 0 where there is none: `8~2`, `mar`, `3`."""
    said = re.findall(r"[^\W\d_]+|\d+", decode(written).lower())
    words = [word for word in said if word[:3] in MONTHS]
    digits = [int(word) for word in said if word.isdigit()]
    month = MONTHS.index(words[0][:3]) + 1 if words else digits.pop(0) if digits else 0
    number = int(day) if day.strip().isdigit() else digits[0] if digits and len(said) == 2 else 0
    return (month, number if number <= 31 else 0) if 0 < month <= 12 else (0, 0)


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    year, month, day = (int(part or 0) for part in found.groups())
    return (year, month, day)[: 1 + bool(month) + bool(month and day)]


def _plain(parts: tuple[int, ...]) -> str:
    return "-".join([_year(parts[0]), *(f"{part:02}" for part in parts[1:])])


def _year(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}"
