"""BibTeX as people and databases write it: recovered, readable, and said where it is odd."""

import pytest

from intlkg import bib
from intlkg.bib.latex import decode
from intlkg.bib.work import Work


def _one(text: str) -> Work:
    reading = bib.read("x.bib", text.encode())
    assert reading.blocks == len(reading.entries) + len(reading.failed) + reading.others
    (entry,) = reading.entries
    return Work(entry)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{Born global; international\n   entrepreneurship; networks}",
         ["Born global", "international entrepreneurship", "networks"]),
        ("Born global; international\n   entrepreneurship", ["Born global", "international entrepreneurship"]),
        ("a, b; c", ["a", "b", "c"]),
        ("one\ntwo", ["one", "two"]),
        ("{distance, psychic}", ["distance, psychic"]),
        ("{distance, psychic},firms", ["distance, psychic", "firms"]),
        ("{Doe; Sons}; {R\\&D}", ["Doe; Sons", "R&D"]),
    ],
)  # fmt: skip
def test_lists_of_words_are_read_as_meant(written: str, words: list[str]) -> None:
    assert _one(f"@misc{{a, title = {{T}}, keywords = {{{written}}}}}").words("keywords") == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@article{x,\n author={Doe, Ann}, % one, two\n title={T}}", "a comment stands between"),
        ("@article{dc, title={T},, year={2002}}", "it has a comma too many"),
        ("@article{\n author = {Doe, Ann}, title = {T}}", "it has no key"),
        ("@article{ key\n title = {T}}", "a comma is missing behind its key"),
        ('@book{"a", title={T}}', "its key is in quotation marks"),
        ("@article{k, title={T}, % why\n year=2001}", "a comment stands between the fields"),
        ("@article{k,\n%year={1999},\n title={T}}", "and 'year' was left out"),
    ],
)
def test_a_broken_entry_is_mended_and_named(text: str, said: str) -> None:
    before, after = "@misc{b4, title = {B}}\n", "\n@misc{aft, title = {A}}"
    reading = bib.read("x.bib", f"{before}{text}{after}".encode())
    assert [entry.fields["title"] for entry in reading.entries] == ["B", "T", "A"]
    assert reading.failed == ()
    (note,) = reading.notes
    assert note.line in (2, 3, 4)
    assert said in note.message
    assert (
        "year" not in reading.entries[1].fields or "1999" not in reading.entries[1].fields["year"]
    )
    again = bib.read("y.bib", reading.entries[1].raw.encode()).entries
    assert [entry.fields["title"] for entry in again] == ["T"]


def test_an_entry_whose_braces_never_close_is_refused_and_spoils_no_other() -> None:
    text = "@article{x, title={a {b}, year={2001}}\n\n@book{c, title={C}}\n"
    reading = bib.read("x.bib", text.encode())
    assert [entry.key for entry in reading.entries] == ["c"]
    assert [problem.line for problem in reading.failed] == [1]


def test_what_is_commented_out_is_no_entry() -> None:
    text = "%@article{old,\n%  title = {A withdrawn entry},\n%}\n%\n@misc{a, title = {T}}"
    reading = bib.read("x.bib", text.encode())
    assert (reading.blocks, reading.others, len(reading.entries)) == (2, 1, 1)
    assert str(reading.notes[0]).startswith("x.bib:1: a block is commented out and was left out")


@pytest.mark.parametrize(
    ("name", "encoding", "word"),
    [
        ("ISO-8859-2", "iso-8859-2", "Český"), ("MacRoman", "mac-roman", "Größe"),
        ("GBK", "gbk", "出口"), ("Shift_JIS", "shift_jis", "輸出"),
    ],
)  # fmt: skip
def test_the_encoding_that_a_file_names_is_honoured(name: str, encoding: str, word: str) -> None:
    text = f"% Encoding: {name}\n@misc{{a, title = {{{word}}}}}\n"
    reading = bib.read("x.bib", text.encode(encoding))
    assert reading.entries[0].fields["title"] == word
    assert f"was read as {name}" in reading.notes[0].message


def test_control_characters_are_left_out_with_a_note() -> None:
    reading = bib.read("x.bib", b"@misc{a,\n title = {T\x02itle}}")
    assert reading.entries[0].fields["title"] == "Title"
    assert str(reading.notes[0]).startswith("x.bib:2: a control character (U+0002) stands there")


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Smith, John; Doe, Kim A.", ["Smith/John", "Doe/Kim A."]),
        ("Dabija A.-M., Decky M., Drusa M.", ["Dabija/A.-M.", "Decky/M.", "Drusa/M."]),
        ("Ann Doe, Bo Lee, Kim Roe", ["Doe/Ann", "Lee/Bo", "Roe/Kim"]),
        ("{Bansal, A and Singhal, A}", ["Bansal/A", "Singhal/A"]),
        ("Miller, D., Firby, J. and Dean, T.", ["Miller/D.", "Firby/J.", "Dean/T."]),
        (
            "{Department of Trade, Industry and Tourism}",
            ["Department of Trade, Industry and Tourism/"],
        ),
        ("{Barnes and Noble}", ["Barnes and Noble/"]),
        ("Smith, Jr, John", ["Smith/John"]),
        ("Doe, Ann", ["Doe/Ann"]),
        (r"{M{\"u}ller; S{\"o}hne}", [r"Müller/", r"Söhne/"]),
    ],
)
def test_lists_of_people_without_and_are_read_by_their_pattern(
    field: str, people: list[str]
) -> None:
    assert [f"{who.family}/{who.given}" for who in bib.split(field)] == people


def test_people_that_were_read_by_a_pattern_or_cannot_be_are_named() -> None:
    text = "@misc{a, editor = {Dabija A.-M., Decky M.}, author = {A, B, C, D, E}, title = {T}}"
    reading = bib.read("x.bib", text.encode())
    assert [note.message for note in reading.notes] == [
        "'A, B, C, D, E' in 'author' can be no name; write 'Family, Given'",
    ]
    assert [aside.message for aside in reading.asides] == [
        "'editor' was read as 2 people: Dabija, A.-M.; Decky, M.; put 'and' between them",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("H$_2$O", "H₂O"), (r"$\mu$m", "μm"), ("In$_x$Ga$_{1-x}$N", "InₓGa₁₋ₓN"),
        (r"$\mathrm{CO_2}$ and $10^{-3}$", "CO₂ and 10⁻³"), (r"p $\leq$ 0.05", "p ≤ 0.05"),
        (r"{\em New} and \textit{old}", "New and old"), (r"{\noopsort{h}}al-Hakim", "al-Hakim"),
        (r"\enquote{Born {G}lobal} firms", "“Born Global” firms"), (r"\mkbibquote{x}", "“x”"),
        ("<i>In vivo</i> CO<sub>2</sub> &amp; more &#8211; x", "In vivo CO₂ & more – x"),
        (r"$<$i$>$E. coli$<$/i$>$", "E. coli"), (r"11\=2", "112̄"), (r"\t{ia} {\d}x", "i͡a x"),
        (r"\LaTeX{} 2 and \TeX", "LaTeX 2 and TeX"), (r"a \textmu b \slash c", "a μb /c"),
        ("from $5 to $10 a day", "from $5 to $10 a day"), (r"\$5 or \$6", "$5 or $6"),
        ("a < b and c > d", "a < b and c > d"), ("AT&T; R&D", "AT&T; R&D"),
        (r"x\textsuperscript{2} 5\textsuperscript{th}", "x² 5th"), (r"line\\ break", "line break"),
    ],
)  # fmt: skip
def test_titles_are_readable(written: str, meant: str) -> None:
    assert decode(written) == meant
