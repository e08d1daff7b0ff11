"""Every check has a broken copy that trips it; the clean copy is checked first."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SH

from intlkg.check import check
from intlkg.errors import Problem
from intlkg.workspace import Workspace
from workspaces import ROOT, Run

STUDY = "graphs/harbour-2020.trig"
CONCEPTS = "ontology/concepts/toy.ttl"
BIB = "bib/harbour-2020.bib"
ONTOLOGY = "ontology/intlkg.ttl"


def _line(workspace: Workspace, name: str, words: str) -> int:
    lines = (workspace.root / name).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def _change(workspace: Workspace, name: str, old: str, new: str) -> None:
    path = workspace.root / name
    text = path.read_text(encoding="utf-8")
    pattern = re.sub(r"(?:\\ )+", r"\\s+", re.escape(old))
    changed, count = re.subn(pattern, lambda _: new, text, count=1)
    assert count == 1, old
    path.write_text(changed, encoding="utf-8")


def _own(workspace: Workspace, name: str) -> None:
    """Copy an inherited file into the workspace, so that a test can break it."""
    target = workspace.root / name
    if not target.exists():
        shutil.copy(workspace.files(name)[name], target)


def test_the_clean_workspace_has_no_problem(own_toy: Workspace) -> None:
    found = check(own_toy)
    assert found.problems == ()
    assert found.unread == ()
    assert found.anchors == 32


ENTRY = "biro:BibliographicReference"

SHAPES = [
    ("participant-code", 'ik:code "P1"', 'ik:code "one"', "P1", "exactly one code such as M7"),
    ("group-quantifier", " ; ik:quantifier ikv:all", "", "all", "needs exactly one quantifier"),
    ("no-speaker", "ik:statedBy h:P4 ; ", "", "q453", "a statement needs a speaker"),
    ("no-mode", "ik:statedBy h:P4 ; ik:attributionMode ikv:individual ;", "ik:statedBy h:P4 ;",
     "q453", "exactly one attribution mode"),
    ("no-language", '"growth"@en', '"growth"', "q262", "with a language tag"),
    ("mode-count", "ik:statedBy h:P4 ; ik:attributionMode ikv:individual",
     "ik:statedBy h:P4 ; ik:attributionMode ikv:joint", "q453", "disagrees with the number"),
    ("unnamed", "ik:attributionMode ikv:unidentified", "ik:attributionMode ikv:individual",
     "q421", "an unnamed speaker needs the mode unidentified"),
    ("two-positions", "oa:hasSelector h:a262p ,", "oa:hasSelector h:a262p , h:a306p ,",
     "a262", "an anchor needs exactly one position"),
    ("no-words", "oa:hasSelector h:a262p , h:a262q", "oa:hasSelector h:a262p", "a262",
     "an anchor needs the words once"),
    ("start-after-end", 'oa:start "262"', 'oa:start "962"', "a262p", "one start, before its end"),
    ("digest", 'schema:sha256 "', 'schema:sha256 "x', "text", "SHA-256 digest"),
    ("coding-motive", "oa:motivatedBy oa:classifying ; oa:hasTarget h:q262 ;",
     "oa:hasTarget h:q262 ;", "c262", "state oa:motivatedBy oa:classifying"),
    ("confidence", "ik:confidence 0.62", "ik:confidence 1.62", "c-suggested", "from 0 to 1"),
    ("no-stance", "ik:stance ikv:mentions ; ", "", "e453", "needs exactly one stance"),
    ("no-item", " ; ik:evidenceItem h:q262 .", " .", "e262", "needs what it reads"),
    ("same-proposition", "ik:subjectConcept ikc:growth-goal", "ik:subjectConcept ikc:visibility",
     "growth-goal-motivates-internationalization", "another proposition has the same meaning"),
    ("status", "ik:resolution ikv:dangling", "ik:resolution ikv:resolved", "p898",
     "the status contradicts c4o:denotes"),
    ("mismatch", " ik:mismatch ikv:year-differs ;", "", "p180", "a kind of mismatch is needed"),
    ("supports", "cito:hasCitationCharacterization cito:obtainsSupportFrom",
     "cito:hasCitationCharacterization cito:supports", "cit630", "never cito:supports"),
    ("year", '"2018"^^xsd:gYear', '"2018"', "berg-moe-2017-seen", "an xsd:gYear"),
    ("printed-year", "fabio:hasPublicationYear", 'ik:yearAsPrinted "2017" ; fabio:hasPublicationYear',
     "berg-moe-2017-seen", "only a reference entry has a year as printed"),
    ("typed-disagreement", "g:curated {", "g:curated {\n  h:d a ik:Disagreement ; ik:hasSide h:e262 .",
     "d", "derived by a rule, never typed in"),
    ("typed-tension", "g:curated {", "g:curated {\n  h:d a ik:Tension ; ik:hasSide h:e262 .",
     "d", "a tension has two sides or more"),
    ("answerable", "ik:graphStatus ikv:asserted ; prov:wasAttributedTo agent:ada",
     "ik:graphStatus ikv:asserted", "curated", "somebody who answers for it"),
    ("cited", "cito:hasCitedEntity work:moen-2011 ; ", "", "cit208", "exactly one cited work"),
    ("citing", "cito:hasCitingEntity work:lind-2020-small ; cito:hasCitedEntity work:moen-2011",
     "cito:hasCitedEntity work:moen-2011", "cit208", "exactly one citing work"),
    ("coder", " ; dcterms:creator agent:ada .\n  h:e262", " .\n  h:e262", "c262", "exactly one coder"),
    ("coded-concept", "oa:hasBody ikc:growth-goal ; dcterms:creator agent:ada", "dcterms:creator agent:ada",
     "c262", "a coding needs exactly one concept"),
    ("coded-thing", "oa:hasTarget h:q262 ; ", "", "c262", "a coding needs what it codes"),
    ("two-statuses", "ik:graphStatus ikv:asserted ;", "ik:graphStatus ikv:asserted , ikv:source ;", "curated",
     "a named graph needs exactly one status"),
    ("no-end", ' ; oa:end "268"^^xsd:nonNegativeInteger', "", "a262p", "a position needs exactly one end"),
    ("no-object", " ; ik:objectConcept ikc:internationalization .", " .",
     "growth-goal-motivates-internationalization", "exactly one object"),
    ("no-relation", " ; ik:relationType ikv:motivates", "", "growth-goal-motivates-internationalization",
     "exactly one relation"),
    ("no-subject", "ik:subjectConcept ikc:growth-goal ; ", "", "growth-goal-motivates-internationalization",
     "exactly one subject"),
    ("entry-text", "g:curated {", f"g:curated {{\n  h:ref9 a {ENTRY} ; biro:references work:moen-2011 .", "ref9",
     "its printed text exactly once"),
    ("entry-work", "g:curated {", f'g:curated {{\n  h:ref9 a {ENTRY} ; c4o:hasContent "Moen" .', "ref9",
     "references exactly one work"),
    ("text-of", " ; frbr:embodimentOf work:lind-2020-small", "", "text", "the publication that it is a text of"),
    ("two-questions", "ik:answersQuestion h:question1", "ik:answersQuestion h:question1 , h:question2", "q262",
     "at most one interview question"),
    ("no-place", " ;\n    ik:anchor h:a262 .", " .", "q262", "a statement needs a place in the text"),
    ("no-exact", 'oa:exact "growth"', 'oa:exact "growth" , "grow"', "a262q", "the words exactly once; state oa:exact"),
    ("two-printed-years", "g:curated {",
     f'g:curated {{\n  h:ref9 a {ENTRY} ; ik:yearAsPrinted "1999" , "2000" .', "ref9", "a year as printed is one string"),
    ("no-source", "h:a262 a ik:TextAnchor ; oa:hasSource h:text ;", "h:a262 a ik:TextAnchor ;", "a262",
     "exactly one source text"),
    ("no-basis", "ik:basis ikv:curator-read ; ", "", "e262", "exactly one basis"),
    ("no-proposition", "ik:bearsOn p:growth-goal-motivates-internationalization ; ", "", "e262",
     "exactly one proposition"),
    ("two-propositions", "ik:bearsOn p:growth-goal-motivates-internationalization ; ",
     "ik:bearsOn p:growth-goal-motivates-internationalization , h:question1 ; ", "e262",
     "state ik:bearsOn once, with a proposition"),
    ("conveys", "ik:conveys h:cit208", "ik:conveys h:ref1", "p208", "conveys a citation"),
    ("denotes-nothing", "c4o:denotes h:ref1", "c4o:denotes h:text", "p180", "at most one reference entry"),
    ("citation-places", "ik:conveys h:cit208 ; ik:anchor h:a208", "ik:conveys h:cit208 ; ik:anchor h:a208 , h:a180",
     "p208", "an in-text citation needs exactly one place"),
    ("citation-status", "ik:resolution ikv:ambiguous ; ", "", "p875", "exactly one status; state ik:resolution"),
    ("citation-words", 'c4o:hasContent "Moen, 2011" ; ', "", "p208", "needs its words exactly once; state c4o"),
    ("citation-sentence", "c4o:hasContext h:s193 ; ", "", "p208", "the sentence that it stands in"),
    ("two-prefixes", 'oa:prefix " the owners', 'oa:prefix "x" , " the owners', "a262q",
     "keep one oa:prefix"),
    ("two-suffixes", 'oa:suffix "*” as a moti', 'oa:suffix "x" , "*” as a moti', "a262q",
     "keep one oa:suffix"),
    ("strength", "ik:basis ikv:curator-read ; ik:evidenceItem h:q262",
     "ik:basis ikv:curator-read ; ik:strength ikv:mentions ; ik:evidenceItem h:q262", "e262", "in one strength"),
    ("reason", "ik:basis ikv:curator-read ; ik:evidenceItem h:q262",
     'ik:basis ikv:curator-read ; ik:reason "So." ; ik:evidenceItem h:q262', "e262", "one reason, with a language tag"),
    ("credited", "ik:attributedToWork work:olsen-2005-nets ; ", "", "l-leap", "the work that the text credits"),
    ("order", "ik:subjectConcept ikc:visibility ; ik:relationType ikv:motivates",
     "ik:subjectConcept ikc:visibility ; ik:relationType ikv:is-associated-with",
     "visibility-motivates-internationalization", "an association has no direction"),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "old", "new", "thing", "fault"), SHAPES)
def test_a_shape_names_file_line_fault_and_cure(
    own_toy: Workspace, _name: str, old: str, new: str, thing: str, fault: str
) -> None:
    _change(own_toy, STUDY, old, new)
    problems = check(own_toy).problems
    mine = [p for p in problems if p.message.startswith(f"{thing}: ") and fault in p.message]
    assert mine, [str(problem) for problem in problems]
    space = "p" if "-motivates-" in thing else "g" if thing == "curated" else "h"
    subject = f"work:{thing} " if thing.startswith("berg") else f"{space}:{thing} "
    assert {(p.path, p.line) for p in mine} == {(STUDY, _line(own_toy, STUDY, f"  {subject}"))}
    assert "; " in mine[0].message


CHECKS = [
    ("graph-without-status", STUDY, "g:curated a ik:StatementGraph ; ik:graphStatus ikv:asserted ;",
     "g:curated a ik:StatementGraph ;", "curated: this named graph has no status"),
    ("machine-reading-asserted", STUDY, "ik:basis ikv:curator-read", "ik:basis ikv:machine-read",
     "e262: a machine's reading stands in an asserted graph"),
    ("machine-reading-asserted", STUDY, "agent:ada .\n  h:e262", "agent:tagger .\n  h:e262",
     "c262: a program's coding stands in an asserted graph"),
    ("undefined-term", STUDY, "oa:hasBody ikc:growth-goal ; dcterms:creator agent:ada",
     "oa:hasBody ikc:grwth ; dcterms:creator agent:ada",
     "c262: it uses 'grwth', which is defined nowhere"),
    ("undeclared-term", STUDY, "ik:answersQuestion", "ik:answersTheQuestion",
     "q262: it has the property 'answersTheQuestion', which is declared nowhere"),
    ("undeclared-term", STUDY, "h:text a ik:SourceText", "h:text a ik:SourceText , fabio:Scroll",
     "text: it is of the class 'Scroll', which is declared nowhere"),
    ("blank-nodes", STUDY, "h:study ik:asks h:rq1 .", "h:study ik:asks [ a ik:ResearchQuestion ] .",
     "source: it has a blank node at the property 'asks'"),
    ("blank-nodes", CONCEPTS, "ikc:visibility a skos:Concept ;",
     "ikc:visibility skos:related [ a skos:Concept ] . ikc:visibility a skos:Concept ;",
     "toy: it has a blank node at the property 'related'"),
    ("skos-labels", CONCEPTS, 'skos:prefLabel "visibility"@en', 'skos:prefLabel "visibilité"@fr',
     "visibility: it has no preferred label in the workspace's language"),
    ("skos-labels", CONCEPTS, '"visibility"@en', '"visibility"@en , "renown"@en',
     "visibility: it has two preferred labels in one language, 'renown' and 'visibility'"),
    ("skos-labels", CONCEPTS, '"being seen"@en', '"visibility"@en',
     "visibility: 'visibility' is its preferred and its alternative label"),
    ("skos-labels", CONCEPTS, '"being seen"@en', '"being seen"',
     "visibility: its label 'being seen' has no language tag"),
    ("skos-labels", CONCEPTS, '"being seen"@en', '"being  seen"@en',
     "visibility: 'being  seen' is empty or has white space"),
    ("skos-relations", CONCEPTS, "skos:broader ikc:financial-barrier",
     "skos:related ikc:financial-barrier ; skos:broader ikc:financial-barrier",
     "lack-of-funding: it is related to 'financial-barrier', which is above or below it"),
    ("skos-relations", CONCEPTS, "skos:broader ikc:financial-barrier",
     "skos:related ikc:lack-of-funding ; skos:broader ikc:financial-barrier",
     "lack-of-funding: it stands in a relation to itself"),
    ("skos-relations", CONCEPTS, "skos:broader ikc:financial-barrier ;\n  ik:certainty",
     "skos:broader ikc:financial-barrier , ikc:late-payment ;\n  ik:certainty",
     "lack-of-funding: 'financial-barrier' is above it twice"),
    ("skos-relations", CONCEPTS, "skos:broader ikc:financial-barrier",
     "skos:related ikc:late-payment ; skos:broader ikc:financial-barrier",
     "lack-of-funding: it is related to its sibling 'late-payment'"),
    ("skos-schemes", CONCEPTS, "  skos:hasTopConcept ikc:financial-barrier ;\n", "",
     "barriers: it has a hierarchy but no top concept"),
    ("skos-schemes", CONCEPTS, "skos:hasTopConcept ikc:financial-barrier",
     "skos:hasTopConcept ikc:financial-barrier , ikc:late-payment",
     "late-payment: it is a top concept with a concept above it"),
    ("skos-schemes", STUDY, 'skos:prefLabel "wanting to be seen"',
     'skos:notation "1" . h:theme-sea skos:notation "1" . h:theme-seen skos:prefLabel "wanting to be seen"',
     "theme-sea: its notation is also that of 'theme-seen'"),
    ("skos-mappings", STUDY, "skos:exactMatch ikc:visibility",
     "skos:exactMatch ikc:visibility ; skos:broadMatch ikc:visibility",
     "theme-seen: it matches 'visibility' both exactly and otherwise"),
    ("skos-mappings", STUDY, "skos:exactMatch ikc:visibility", "skos:closeMatch h:theme-sea",
     "theme-seen: it is mapped to 'theme-sea' of its own scheme"),
    ("skos-mappings", STUDY, "skos:exactMatch ikc:visibility",
     "skos:exactMatch ikc:visibility , ikc:growth-goal",
     "theme-seen: it matches two concepts of one vocabulary exactly"),
    ("term-documented", ONTOLOGY, '  rdfs:label "study"@en ;\n', "", "Study: it has no English label"),
    ("term-documented", ONTOLOGY, "  skos:definition ", "  skos:note ", "Study: it has no definition"),
    ("term-documented", ONTOLOGY, "  skos:example ", "  skos:note ", "Study: it has no example"),
    ("term-documented", ONTOLOGY, "  rdfs:isDefinedBy ", "  rdfs:seeAlso ",
     "Study: it does not say which ontology defines it"),
    ("term-documented", ONTOLOGY, '"reported in"@en', '"asks"@en',
     "asks: its label is also that of 'reportedIn'"),
    ("term-documented", ONTOLOGY, "A question that a study sets out to answer, as worded by its authors.",
     "The pseudonym given by the study.",
     "ResearchQuestion: its definition is also that of 'code'"),
    ("property-axioms", ONTOLOGY, "  rdfs:range fabio:Expression ;\n", "",
     "reportedIn: it has no domain or no range, and no note that says why"),
    ("property-axioms", ONTOLOGY, "rdfs:domain ik:Study ;", "rdfs:domain ik:Study , ik:Speaker ;",
     "reportedIn: it has two domains, which mean their intersection"),
    ("property-axioms", ONTOLOGY, "rdfs:range fabio:Expression ;",
     "rdfs:range fabio:Expression , ik:Study ;",
     "reportedIn: it has two ranges, which mean their intersection"),
    ("ontology-header", ONTOLOGY, "  dcterms:creator ", "  dcterms:contributor ",
     "ns: the ontology has no creator"),
    ("ontology-header", ONTOLOGY, "### study", "fabio:Scroll a owl:Class .",
     "Scroll: it is defined here but is in the namespace of others"),
    ("silent-reference", STUDY, "c4o:denotes h:ref1 ; ik:conveys", "c4o:denotes h:ref9 ; ik:conveys",
     "it denotes a reference entry that does not exist"),
    ("silent-reference", STUDY, "work:moen-2011 ; cito", "work:nobody ; cito",
     "cit208: it cites a work that is described nowhere"),
    ("one-meaning-per-label", CONCEPTS, '"being seen"@en', '"growth"@en',
     "growth-goal: its name 'growth' is also that of 'visibility'"),
    ("hierarchy", CONCEPTS, "skos:broader ikc:financial-barrier", "skos:broader ikc:lack-of-funding",
     "lack-of-funding: it is broader than itself"),
    ("hierarchy", CONCEPTS, "skos:broader ikc:financial-barrier", "skos:broader ikc:visibility",
     "lack-of-funding: its broader concept 'visibility' is not in its scheme"),
    ("undocumented-concept", CONCEPTS, '\n  skos:definition "Wanting to be known abroad."@en',
     ' ik:certainty ikv:general-knowledge', "visibility: it has no definition"),
    ("undocumented-concept", CONCEPTS, "ik:certainty ikv:general-knowledge ;",
     "<http://purl.org/dc/terms/source> work:norn-2015 ;", "growth-goal: it has no certainty"),
    ("former-term", STUDY, "ik:stance ikv:mentions", "ik:direction ikv:mentions",
     "it uses ik:direction, which is now called ik:stance"),
    ("order-of-parts", STUDY, "ik:part 1 ;", "ik:part 3 ;",
     "its passages do not stand in the order of its words"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "old", "new", "fault"), CHECKS)
def test_a_check_names_file_fault_and_cure(
    own_toy: Workspace, name: str, path: str, old: str, new: str, fault: str
) -> None:
    _own(own_toy, path)
    cure = own_toy.files("queries/checks/*.rq")[f"queries/checks/{name}.rq"].read_text()
    _change(own_toy, path, old, new)
    found = [p for p in check(own_toy).problems if fault in p.message]
    assert found, [str(problem) for problem in check(own_toy).problems]
    assert found[0].path == path
    assert found[0].line > 1 or path in (ONTOLOGY, CONCEPTS)
    assert found[0].message.split("; ", 1)[1] in cure


def test_every_constraint_is_tripped_by_a_test() -> None:
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl", format="turtle")
    messages = {str(message) for message in shapes.objects(None, SH.message)}
    assert len(messages) > 40
    assert not [m for m in messages if not any(case[4] in m for case in SHAPES)]


def test_every_term_of_the_shapes_is_one_of_shacl() -> None:
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl", format="turtle")
    used = {term for triple in shapes for term in triple if str(term).startswith(str(SH))}
    assert not [term for term in used if term not in SH]


def test_every_check_is_tripped_by_a_test(toy: Workspace) -> None:
    shipped = {name.rsplit("/", 1)[1] for name in toy.files("queries/checks/*.rq")}
    assert shipped == {f"{case[0]}.rq" for case in CHECKS}


ANCHORS = [
    ('oa:end "268"', 'oa:end "269"', "a262: its positions span 7 characters but its words have 6"),
    ('oa:exact "growth"', 'oa:exact "growfh"',
     "a262: its words are not the words of the statement (character 5 is 't' (U+0074, LATIN SMALL "
     "LETTER T) here and 'f' (U+0066, LATIN SMALL LETTER F) there)"),
    ('oa:prefix " the owners mentioned', 'oa:prefix " the owners mentionned', "the text before its words is not its oa:pre"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fault"), ANCHORS)
def test_an_anchor_that_does_not_hold_is_named(
    own_toy: Workspace, old: str, new: str, fault: str
) -> None:
    _change(own_toy, STUDY, old, new)
    found = [p for p in check(own_toy).problems if fault in p.message]
    assert [(p.path, p.line) for p in found] == [(STUDY, _line(own_toy, STUDY, "  h:a262 a "))]


def test_a_quote_that_stands_elsewhere_is_found_there(own_toy: Workspace) -> None:
    _change(own_toy, STUDY, 'oa:start "262"', 'oa:start "263"')
    _change(own_toy, STUDY, 'oa:end "268"', 'oa:end "269"')
    (problem,) = check(own_toy).problems
    assert "its words stand at 262-268 and at 1364-1370, not at 263-269" in problem.message


def test_a_look_alike_letter_is_named(own_toy: Workspace) -> None:
    for _ in range(2):
        _change(own_toy, STUDY, '"We only followed', '"We \u043enly followed')
    (problem,) = check(own_toy).problems
    assert "'\u043e' (U+043E, CYRILLIC SMALL LETTER O) here and 'o' (U+006F" in problem.message


def test_a_reference_entry_is_verified_and_found_in_its_bib_file(own_toy: Workspace) -> None:
    _change(own_toy, BIB, "Small boats, large markets.}", "Small boats, larger markets.}")
    (problem,) = check(own_toy).problems
    assert (problem.path, problem.line) == (BIB, _line(own_toy, BIB, "lindqvist-nd-small,"))
    assert "its words are not in the text" in problem.message


def test_without_the_text_the_answer_says_so(own_toy: Workspace) -> None:
    text = own_toy.root / "texts" / "harbour-2020.txt"
    elsewhere = own_toy.root / "elsewhere.txt"
    text.rename(elsewhere)
    assert check(own_toy).unread == ("Lind 2020",)
    assert check(own_toy, [elsewhere]).unread == ()


def test_syntax_headers_and_checks_that_do_not_run_are_problems_too(
    own_toy: Workspace, intlkg: Callable[..., Run]
) -> None:
    for kind, name, text in [
        ("checks", "broken", "#+ summary: x\n#+ cure: y\nSELECT ?subject {"),
        ("questions", "headless", "SELECT ?s { ?s ?p ?o }"),
    ]:
        folder = own_toy.root / "queries" / kind
        folder.mkdir(parents=True)
        (folder / f"{name}.rq").write_text(text)
    run = intlkg("check", "--workspace", own_toy.root)
    assert run.status == 1
    assert run.out.splitlines()[0].startswith("queries/checks/broken.rq:3: the SPARQL does not")
    assert run.out.splitlines()[1] == (
        "queries/questions/headless.rq:1: the header needs a line '#+ summary: …'; mend the header"
    )


def test_syntax_errors_of_all_files_are_listed(own_toy: Workspace) -> None:
    (own_toy.root / "graphs" / "bad.ttl").write_text("\n<a> <b> .\n")
    _change(own_toy, CONCEPTS, "ikc:motives a", "ikc:motives b:a")
    problems = check(own_toy).problems
    assert [(p.path, p.line) for p in problems] == [("graphs/bad.ttl", 2), (CONCEPTS, 9)]
    assert all(isinstance(problem, Problem) for problem in problems)


def test_a_folder_of_texts_may_hold_other_files(own_toy: Workspace) -> None:
    (own_toy.root / "texts" / "other.txt").write_text("something else")
    (own_toy.root / "texts" / "folder").mkdir()
    assert check(own_toy, [Path(own_toy.root / "texts")]).problems == ()


def test_a_query_with_an_undeclared_term_is_named_by_line(own_toy: Workspace) -> None:
    folder = own_toy.root / "queries" / "questions"
    folder.mkdir(parents=True)
    (folder / "mine.rq").write_text(
        "#+ summary: Who is it, says 'ik:noTerm'?\n"
        "PREFIX ik: <https://w3id.org/intlkg/ns#>\n"
        'SELECT ?s { ?s ik:statedBy ?who ; ik:saidBy "ik:noTerm" }\nORDER BY ?s\n'
    )
    assert [str(problem) for problem in check(own_toy).problems] == [
        "queries/questions/mine.rq:3: 'ik:saidBy' is declared nowhere; "
        "correct it, or declare it in ontology/"
    ]


def test_a_shape_with_an_undeclared_term_is_named(own_toy: Workspace) -> None:
    _own(own_toy, "ontology/shapes.ttl")
    _change(own_toy, "ontology/shapes.ttl", "sh:path ik:quantifier", "sh:path ik:quantity")
    assert "'ik:quantity' is declared nowhere" in {
        problem.message.split(";")[0] for problem in check(own_toy).problems
    }


LATIN = "#+ summary: caf\u00e9\nSELECT ?s { ?s ?p ?o }\n".encode("latin-1")


@pytest.mark.parametrize(
    "name",
    ["queries/questions/odd.rq", "queries/rules/99-odd.rq", "queries/checks/odd.rq",
     "queries/views/odd.rq", "graphs/odd.ttl", "graphs/odd.trig", "ontology/mappings/odd.sssom.tsv"],
)  # fmt: skip
def test_a_file_that_is_not_utf8_is_a_problem_and_no_traceback(
    own_toy: Workspace, intlkg: Callable[..., Run], name: str
) -> None:
    path = own_toy.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(LATIN)
    run = intlkg("check", "--workspace", own_toy.root)
    assert run.status == 1
    assert f"{name}:" in run.out
    assert "Traceback" not in run.err
    for command in (("ask",), ("trace", "visibility"), ("draw",)):
        assert intlkg(*command, "--workspace", own_toy.root).status in (0, 1, 2)
