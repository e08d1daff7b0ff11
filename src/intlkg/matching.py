"""How alike names are: spelling folded, words reduced to stems, and an index of names to look in.

Nothing here knows a store or a workspace: names and keys come in, matches go out.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

NEAR_ENOUGH = 0.5
"""The score under which `Names.near` offers nothing."""

_SPELLINGS = [
    (
        re.compile(r"(?<=[a-z]{2})(i|y)s(?=(e|ed|es|er|ers|ing|able|ation|ations|ational)\b)"),
        r"\1z",
    ),
    (re.compile(r"(?<=[a-z]{2})our(?=(s|ed|ing|able|al|ally|er|ers|ite|ites)?\b)"), "or"),
    (re.compile(r"(?<=[a-z]l)l(?=(ed|er|ers|ing)\b)"), ""),
    (re.compile(r"\bprogramme(?=s?\b)"), "program"),
]
_APOSTROPHES = re.compile("(?<=\\w)['’ʼ](?=\\w)")
_PREPOSITIONS = frozenset(
    "about across among as at between by during for from in into of on over through to towards "
    "under versus via with within without".split()
)
_STOP_WORDS = _PREPOSITIONS | frozenset(
    "a an and are be been being is it its or our s so such that the their there these they this "
    "those was were which who whose".split()
)
_STEMMER = snowballstemmer.stemmer("english")
_SHORT, _LONG = 7, 12


@dataclass(frozen=True, slots=True)
class Match:
    """A name that answers a text, and how well it does.

    Attributes:
        key: whose name it is, as given to the index.
        name: the name as given to the index.
        score: 1 for the same name, less for a less similar one, never 0.
    """

    key: str
    name: str
    score: float


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return a text without the differences that do not matter in a name.

    Case, punctuation, white space, forms of Unicode, and British and American spelling of endings
    (-isation, -ise, -yse, -our, -lled, programme) are folded; `&` is read as "and".

    Returns:
        Words in lower case with one space between them; empty if the text has no letter or digit.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    plain = _APOSTROPHES.sub("", plain)
    plain = " ".join("".join(c if c.isalnum() else " " for c in plain).split())
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in their order, without articles, prepositions and so on.

    Returns:
        The stems; those of all words if every word is such a small one.
    """
    words = fold(text).split()
    return tuple(_stem(word) for word in words if word not in _STOP_WORDS) or tuple(words)


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


class Names:
    """An index of names, each of which has a key; one key can have many names.

    Each answer is a tuple of matches, best first, with one match for each key. Building it takes
    time in proportion to the number of names; looking up takes little.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Build the index.

        Args:
            pairs: names, each with the key that it stands for.
        """
        self._pairs = list(dict.fromkeys(pairs))
        self._stems = [stems(name) for name, _ in self._pairs]
        self._folded: dict[str, list[int]] = defaultdict(list)
        self._bags: dict[frozenset[str], list[int]] = defaultdict(list)
        self._holding: dict[str, set[int]] = defaultdict(set)
        self._words: dict[str, str] = {}
        for number, (name, _) in enumerate(self._pairs):
            self._enter(number, fold(name))
        self._rarity = self._rarities()

    def _enter(self, number: int, folded: str) -> None:
        for form in {folded, folded.replace(" ", "")} - {""}:
            self._folded[form].append(number)
        self._words.update((word, _stem(word)) for word in folded.split())
        for stem in self._stems[number]:
            self._holding[stem].add(number)
        if self._stems[number]:
            self._bags[frozenset(self._stems[number])].append(number)

    def _rarities(self) -> dict[str, float]:
        """Return how much each stem tells: the fewer keys have it in a name, the more."""
        keys = {stem: {self._pairs[one][1] for one in held} for stem, held in self._holding.items()}
        total = len({key for _, key in self._pairs})
        return {stem: math.log(1 + total / len(whose)) for stem, whose in keys.items()}

    def exact(self, text: str) -> tuple[Match, ...]:
        """Return the names that are this text but for what `fold` folds, hyphens and spaces.

        Returns:
            Matches of score 1; none if there is no such name.
        """
        folded = fold(text)
        found = self._folded.get(folded) or self._folded.get(folded.replace(" ", "")) or []
        return self._best(dict.fromkeys(found, 1.0))

    def same_stems(self, text: str) -> tuple[Match, ...]:
        """Return the names with the same stems in any order: other inflection, other word order.

        Returns:
            Matches, those of the most similar spelling first.
        """
        found = self._bags.get(frozenset(stems(text)), [])
        return self._best({number: self._likeness(text, number) for number in found})

    def containing(self, text: str) -> tuple[Match, ...]:
        """Return the names that hold all stems of the text, the shortest first.

        Returns:
            Matches; the score is the part of the name's weight that the text covers.
        """
        wanted = set(stems(text))
        held = [self._holding.get(stem, set()) for stem in wanted]
        found = set.intersection(*held) if held else set()
        return self._best({number: self._overlap(wanted, number) for number in found})

    def near(self, text: str, limit: int = 5) -> tuple[Match, ...]:
        """Return the names that share the telling words of a text, misspelt ones mended.

        Returns:
            At most so many matches of `NEAR_ENOUGH` or more; none where nothing is near.
        """
        wanted, sureness = self._mended(text)
        held = set().union(*(self._holding.get(stem, set()) for stem in wanted))
        scores = {number: sureness * self._overlap(wanted, number) for number in held}
        return self._best({one: score for one, score in scores.items() if score >= NEAR_ENOUGH})[
            :limit
        ]

    def wider(self, text: str) -> tuple[Match, ...]:
        """Return the names of what the text is a kind of, by its last words.

        "marketing strategy of exporters" is a kind of "marketing strategy", which is a kind of
        "strategy". What follows a preposition does not count.

        Returns:
            Matches of the longest ending that is a name, shorter than the text; mostly none.
        """
        phrase = _phrase(fold(text).split())
        complete = len(phrase) == len(fold(text).split())
        for start in range(1 if complete else 0, len(phrase)):
            ending = " ".join(phrase[start:])
            if found := self.exact(ending) or self.same_stems(ending):
                share = (len(phrase) - start) / (len(fold(text).split()) + 1)
                return tuple(Match(one.key, one.name, share * one.score) for one in found)
        return ()

    def _mended(self, text: str) -> tuple[set[str], float]:
        """Return the stems of a text with misspelt words mended, and how sure that is."""
        wanted, sureness = set[str](), 1.0
        for word in fold(text).split():
            if word in _STOP_WORDS:
                continue
            stem = _stem(word)
            if stem not in self._holding and (known := self._misspelt(word)):
                stem, sureness = self._words[known], sureness * 0.95
            wanted.add(stem)
        return wanted, sureness

    def _misspelt(self, word: str) -> str | None:
        """Return the one known word of which a word is a slip of the pen, if any."""
        slips = 2 if len(word) >= _LONG else 1
        found = process.extract(word, self._words.keys(), scorer=OSA.distance, score_cutoff=slips)
        likely = [known for known, _, _ in found if _is_slip(word, known)]
        return likely[0] if likely else None

    def _overlap(self, wanted: set[str], number: int) -> float:
        """Return the shared part of the weight of two sets of stems; a stem unknown weighs most."""
        own = set(self._stems[number])
        return self._weight(wanted & own) / self._weight(wanted | own)

    def _weight(self, some: Iterable[str]) -> float:
        unknown = max(self._rarity.values(), default=1.0)
        return sum(self._rarity.get(stem, unknown) for stem in some)

    def _likeness(self, text: str, number: int) -> float:
        return 0.9 * fuzz.ratio(fold(text), fold(self._pairs[number][0])) / 100 + 0.05

    def _best(self, scores: dict[int, float]) -> tuple[Match, ...]:
        """Return one match for each key, best first; of equals in the order of the names given."""
        best: dict[str, Match] = {}
        for number in sorted(scores, key=lambda one: (-scores[one], one)):
            name, key = self._pairs[number]
            best.setdefault(key, Match(key, name, scores[number]))
        return tuple(best.values())


def _phrase(words: Sequence[str]) -> Sequence[str]:
    """Return the words before the first preposition that follows a word."""
    for place, word in enumerate(words):
        if place and word in _PREPOSITIONS:
            return words[:place]
    return words


def _is_slip(word: str, known: str) -> bool:
    """Tell whether a word looks like another with a letter too many, too few, or out of place."""
    if min(len(word), len(known)) < 4 or word[0] != known[0]:
        return False
    if max(len(word), len(known)) >= _SHORT:
        return True
    return len(word) != len(known) or sorted(word) == sorted(known)
