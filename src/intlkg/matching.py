"""How alike names are: spelling folded, words reduced to stems, and an index of names to look in.

Nothing here knows a store or a workspace: names and keys come in, matches go out.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import snowballstemmer
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

NEAR_ENOUGH = 0.55
"""The score under which `Names.near` offers nothing."""

_SPELLINGS = [
    (
        re.compile(r"(?<=[a-z]{2})(i|y)s(?=(e|ed|es|er|ers|ing|able|ation|ations|ational)\b)"),
        r"\1z",
    ),
    (re.compile(r"(?<=[a-z]{2})our(?=(s|ed|ing|able|al|ally|er|ers|ite|ites)?\b)"), "or"),
    (re.compile(r"(?<=[a-z]l)l(?=(ed|er|ers|ing)\b)"), ""),
    (re.compile(r"\b(start|high) (up|tech)(?=s?\b)"), r"\1\2"),
    (re.compile(r"\bprogramme(?=s?\b)"), "program"),
]
_APOSTROPHES = re.compile("(?<=\\w)['’ʼ](?=\\w)")
_PREFIXES = re.compile(r"\b(co|de|micro|multi|non|over|re)[-\u2010\u2013](?=\w{3})")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_PREPOSITIONS = frozenset(
    "about across among as at between by during for from in into of on over through to towards "
    "under versus via with within without".split()
)
_STOP_WORDS = _PREPOSITIONS | frozenset(
    "a an and are be been being is it its or our s so such that the their there these they this "
    "those was were which who whose".split()
)
_APART = {
    "customer": "customer",
    "customers": "customer",
    "expertize": "expertize",
    "importance": "importance",
    "marketing": "marketing",
    "universities": "university",
    "university": "university",
}
_STEMMER = snowballstemmer.stemmer("english")
_SHORT, _LONG = 7, 12
_MOST_WAYS = 8
_UNKNOWN = 6.0


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

    Case, punctuation, white space, forms of Unicode, British and American spelling of endings
    (-isation, -ise, -yse, -our, -lled, programme) and hyphens after short prefixes (re-entry) are
    folded; `&` is read as "and".

    Returns:
        Words in lower case with one space between them; empty if the text has no letter or digit.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    plain = _PREFIXES.sub(r"\1", _APOSTROPHES.sub("", plain))
    plain = _BETWEEN_WORDS.sub(" ", plain).strip()
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in their order, without articles, prepositions and so on.

    Returns:
        The stems; the words themselves if every one of them is such a small one.
    """
    words = fold(text).split()
    return tuple(_stem(word) for word in words if word not in _STOP_WORDS) or tuple(words)


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    return _APART.get(word) or str(_STEMMER.stemWord(word))


class Usage:
    """How the words of a field are used: which for each other, and which say little."""

    def __init__(self, alike: Iterable[str] = (), light: Iterable[str] = ()) -> None:
        """Take words that people list.

        Args:
            alike: lines of words that are used for each other.
            light: lines of words that say little of what a phrase is about.
        """
        self._one_for_all = {stem: stems(line)[0] for line in alike for stem in stems(line)}
        self._light = frozenset(stem for line in light for stem in stems(line)) | _STOP_WORDS

    def senses(self, some: Iterable[str]) -> frozenset[str]:
        """Return stems with one stem for all that are used for each other."""
        return frozenset(self._one_for_all.get(stem, stem) for stem in some)

    def head(self, words: Sequence[str]) -> frozenset[str]:
        """Return the sense of the last word of what some words are about."""
        return self.senses(stems(self._phrase(words)[-1])) if words else frozenset()

    def _phrase(self, words: Sequence[str]) -> Sequence[str]:
        """Return the words that say what the thing is.

        They are those before the first preposition; of "role of networks" and "new forms of entry",
        where these end in a word that says little, those after it. Such words at the end are left
        out.
        """
        cuts = [place for place, word in enumerate(words) if place and word in _PREPOSITIONS]
        phrase, rest = (words[: cuts[0]], words[cuts[0] + 1 :]) if cuts else (words, [])
        heavy = [place for place, word in enumerate(phrase) if _stem(word) not in self._light]
        if rest and (not heavy or heavy[-1] + 1 < len(phrase)):
            return self._phrase(rest)
        return phrase[: heavy[-1] + 1] if heavy else phrase


class Names:
    """An index of names, each of which has a key; one key can have many names.

    Each answer is a tuple of matches, best first, with one match for each key. To look a name up,
    ask in the order `exact`, `same_stems`, `near`, `containing`, and at last `wider`, whose answer
    means: there is no such name, and what it gives is the nearest wider one.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], usage: Usage | None = None) -> None:
        """Build the index.

        Args:
            pairs: names, each with the key that it stands for.
            usage: how the words of the field are used; None where nobody has listed them.
        """
        self._usage = usage or Usage()
        self._pairs = list(dict.fromkeys(pairs))
        self._folded: dict[str, list[int]] = defaultdict(list)
        for number, (name, _) in enumerate(self._pairs):
            folded = fold(name)
            for form in {folded, folded.replace(" ", "")} - {""}:
                self._folded[form].append(number)

    @cached_property
    def _words(self) -> "_Words":
        return _Words(self._pairs, self._usage)

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
        found, folded = self._words.bags.get(frozenset(stems(text)), ()), fold(text)
        return self._best({number: self._likeness(folded, number) for number in found})

    def containing(self, text: str) -> tuple[Match, ...]:
        """Return the names that hold all stems of the text, those with least besides first.

        This is a list to choose from: a name can hold a word and be about something else.

        Returns:
            Matches; the score is the part of the name's weight that the text has.
        """
        words, wanted = self._words, stems(text)
        held = [words.holding.get(stem, set()) for stem in wanted]
        found = set.intersection(*held) if held else set()
        return self._best(
            {number: words.overlap(self._usage.senses(wanted), number) for number in found}
        )

    def near(self, text: str, limit: int = 5) -> tuple[Match, ...]:
        """Return the names that say much the same, in words alike or with slips of the pen mended.

        What the text is about, its last word before a preposition, must be in the name and the
        other way round; a name of which the text is only a kind is left to `wider`.

        Returns:
            At most so many matches of `NEAR_ENOUGH` or more; none where nothing is near.
        """
        words = self._words
        best = dict.fromkeys(self._slips(fold(text)), 0.9)
        for mended, sureness in words.mended(text):
            wanted = self._usage.senses(stems(" ".join(mended)))
            for number in words.about(self._usage.head(mended)):
                if words.heads[number] <= wanted and not words.senses[number] < wanted:
                    score = sureness * words.overlap(wanted, number)
                    best[number] = max(score, best.get(number, 0.0))
        near = {number: score for number, score in best.items() if score >= NEAR_ENOUGH}
        return self._best(near)[:limit]

    def wider(self, text: str) -> tuple[Match, ...]:
        """Return the names of what the text is a kind of.

        "digital marketing strategy" is a kind of "marketing strategy", and that of "strategy": the
        name must hold what the text is about, its last word before a preposition. Where no name
        has that word, the others must be a name of two or more words: "social media campaigning".

        Returns:
            Matches that share most with the text, each of a score below one half; often none.
        """
        words, folded = self._words, fold(text)
        wanted, head = self._usage.senses(stems(text)), self._usage.head(folded.split())
        found = {
            number: words.overlap(wanted, number) * self._likeness(folded, number) / 2
            for number in words.about(head) or words.holding_all(wanted - head)
            if words.senses[number] < wanted
        }
        most = max(found.values(), default=0.0)
        return self._best({one: score for one, score in found.items() if score == most})

    def _slips(self, folded: str) -> set[int]:
        """Return the long names of which a text with an unknown word is a slip of the pen."""
        if len(folded) < _LONG or all(self._words.knows(word) for word in folded.split()):
            return set()
        slips = 1 if len(folded) < 2 * _LONG else 2
        found = process.extract(folded, list(self._folded), scorer=OSA.distance, score_cutoff=slips)
        return {number for name, _, _ in found for number in self._folded[name]}

    def _likeness(self, folded: str, number: int) -> float:
        """Return a number from 0.9 to 1: how alike a folded text and a name are as printed."""
        return 0.9 + fuzz.ratio(folded, fold(self._pairs[number][0])) / 1000

    def _best(self, scores: dict[int, float]) -> tuple[Match, ...]:
        """Return one match for each key, best first; of equals in the order of the names given."""
        best: dict[str, Match] = {}
        for number in sorted(scores, key=lambda one: (-scores[one], one)):
            name, key = self._pairs[number]
            best.setdefault(key, Match(key, name, scores[number]))
        return tuple(best.values())


class _Words:
    """The words of names; a name is told by its number.

    Attributes:
        senses: of each name, the stems with one for all that are used for each other.
        heads: of each name, the sense of the word that says what it is.
        bags: the names of a set of stems.
        holding: the names that hold a stem.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]], usage: Usage) -> None:
        self._usage = usage
        self.senses: list[frozenset[str]] = []
        self.heads: list[frozenset[str]] = []
        self.bags: dict[frozenset[str], list[int]] = defaultdict(list)
        self.holding: dict[str, set[int]] = defaultdict(set)
        self._meaning: dict[str, set[int]] = defaultdict(set)
        self._known: set[str] = set()
        for number, (name, _) in enumerate(pairs):
            self._enter(number, name)
        self._rarity = self._rarities([key for _, key in pairs])

    def _enter(self, number: int, name: str) -> None:
        words, parts = fold(name).split(), stems(name)
        self._known.update(words)
        self.senses.append(self._usage.senses(parts))
        self.heads.append(self._usage.head(words))
        self.bags[frozenset(parts)].append(number)
        for stem in parts:
            self.holding[stem].add(number)
        for sense in self.senses[number]:
            self._meaning[sense].add(number)

    def _rarities(self, keys: Sequence[str]) -> dict[str, float]:
        """Return how much each sense tells: the fewer keys have it in a name, the more."""
        total = len(set(keys))
        return {
            sense: math.log(1 + total / len({keys[number] for number in numbers}))
            for sense, numbers in self._meaning.items()
        }

    def about(self, head: frozenset[str]) -> set[int]:
        """Return the names that hold the head of a text."""
        return set[int]().union(*(self._meaning.get(sense, ()) for sense in head))

    def holding_all(self, wanted: frozenset[str]) -> set[int]:
        """Return the names of all of some two or more senses."""
        held = [self._meaning.get(sense, set()) for sense in wanted]
        return set.intersection(*held) if len(held) > 1 else set()

    def overlap(self, wanted: frozenset[str], number: int) -> float:
        """Return the shared part of the weight of some senses and those of a name."""
        own = self.senses[number]
        return self._weight(wanted & own) / self._weight(wanted | own)

    def _weight(self, senses: Iterable[str]) -> float:
        return sum(self._rarity.get(sense, _UNKNOWN) for sense in senses)

    def knows(self, word: str) -> bool:
        """Tell whether a word is in a name, in whatever inflection, or is a small one."""
        return _stem(word) in self.holding or word in _STOP_WORDS

    def mended(self, text: str) -> list[tuple[list[str], float]]:
        """Return the words of a text in each way to mend slips of the pen, and how sure that is."""
        ways: list[tuple[list[str], float]] = [([], 1.0)]
        for word in fold(text).split():
            meant = [] if self.knows(word) else self._misspelt(word)
            ways = [
                ([*words, one], sureness * (0.95 if meant else 1.0))
                for words, sureness in ways
                for one in meant or [word]
            ][:_MOST_WAYS]
        return ways

    def _misspelt(self, word: str) -> list[str]:
        """Return the known words of which a word can be a slip of the pen, most similar first."""
        slips = 2 if len(word) >= _LONG else 1
        found = process.extract(
            word, self._known, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_WAYS
        )
        return [known for known, slip, _ in found if _is_slip(word, known, slip)]


def _is_slip(word: str, known: str, slips: float) -> bool:
    """Tell whether a word looks like another with a letter too many, too few, or out of place."""
    shorter, longer = sorted((len(word), len(known)))
    if shorter < 4 or (word[0] != known[0] and (slips > 1 or longer <= _SHORT)):
        return False
    return longer >= _SHORT or shorter != longer or sorted(word) == sorted(known)
