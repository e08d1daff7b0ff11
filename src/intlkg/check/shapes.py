"""What SHACL shapes say about a workspace's records."""

import rdflib
from rdflib.namespace import SH

from intlkg import build
from intlkg.store import Iri, serialize, within
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace

SHAPES = "ontology/shapes.ttl"


def shape_faults(workspace: Workspace) -> list[tuple[str, str]]:
    """Return (thing, fault with cure) for each SHACL result over all graphs of the last build.

    Validation runs on a plain rdflib graph: on a graph backed by the store it is slow and counts
    results twice.
    """
    shapes = workspace.files(SHAPES)
    if not shapes:
        return []
    from pyshacl import validate

    rules = rdflib.Graph().parse(shapes[SHAPES], format="turtle")
    data = _data(workspace)
    conforms, report, _ = within(lambda: validate(data, shacl_graph=rules, advanced=False))
    if conforms or not isinstance(report, rdflib.Graph):
        return []
    return sorted(
        {
            (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
            for result in report.objects(None, SH.result)
        }
    )


def _data(workspace: Workspace) -> rdflib.Graph:
    triples = {quad.triple for quad in build.dump(workspace) if quad.graph_name != Iri(TRUSTED)}
    return rdflib.Graph().parse(data=serialize(triples, "ntriples"), format="nt")
