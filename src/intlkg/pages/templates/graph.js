// The network as a person sees it: items, links, and what is evidence for what.

const OPPOSITE = { supports: "disputes", disputes: "supports" };

/** The page's data: JSON, or above some size JSON compressed. */
async function readData() {
  const element = document.getElementById("data");
  if (element.type === "application/json") return JSON.parse(element.textContent);
  const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

function makeGraph(data) {
  const list = data.nodes;
  const nodes = new Map(list.map((node) => [node.id, node]));
  const kinds = new Map(data.kinds.map((kind) => [kind.kind, kind]));
  const outgoing = new Map();
  const incoming = new Map();
  const edges = data.edges.map(([one, other, relation, weight, words], number) => {
    const [said, stance, property] = data.relations[relation];
    const [text, facts, item] = words === undefined ? ["", [], ""] : data.words[words];
    return { number, from: list[one].id, to: list[other].id, relation: said, stance, property, weight, text, facts, item };
  });
  for (const node of list) {
    node.text = node.text || "";
    node.facts = node.facts || [];
    node.group = node.group || "";
  }
  for (const edge of edges) {
    listed(outgoing, edge.from).push(edge);
    listed(incoming, edge.to).push(edge);
  }

  const NONE = [];
  const out = (id) => outgoing.get(id) || NONE;
  const into = (id) => incoming.get(id) || NONE;
  const kind = (id) => nodes.get(id).kind;
  const degree = (id) => out(id).length + into(id).length;
  const speakers = (id) => out(id).map((edge) => edge.to).filter((to) => kind(to) === "participant");
  const neighbours = (id) => new Set([...out(id).map((edge) => edge.to), ...into(id).map((edge) => edge.from)]);

  /** The findings that an item is evidence for, that are about it, or that it is. */
  function findings(id) {
    const found = (edges, end) => edges.map((edge) => edge[end]).filter((other) => kind(other) === "finding");
    if (kind(id) === "finding") return [id];
    if (kind(id) === "theme" || kind(id) === "theory") return unique(found(into(id), "from"));
    if (kind(id) === "participant") return unique(into(id).flatMap((edge) => found(out(edge.from), "to")));
    return unique(found(out(id), "to"));
  }

  /** The links that are evidence on some findings: of all items, or of a statement, source or participant alone. */
  function evidenceLinks(ids, only) {
    const links = ids.flatMap(into).filter((edge) => edge.stance);
    if (!only || ["theme", "theory", "finding"].includes(kind(only))) return links;
    return links.filter((edge) => edge.from === only || speakers(edge.from).includes(only));
  }

  /** What to look at together with an item: its neighbours, and the whole evidence behind a theme or a finding. */
  function surroundings(id) {
    const near = neighbours(id);
    for (const finding of kind(id) === "source" ? [] : findings(id)) {
      near.add(finding);
      if (kind(id) === "participant") continue;
      for (const edge of into(finding)) if (edge.stance && kind(id) !== "statement") near.add(edge.from);
    }
    for (const item of [...near]) if (kind(item) === "statement") speakers(item).forEach((who) => near.add(who));
    return near.add(id);
  }

  /** Evidence on a theme or a finding, each item once: for, against, and which sources are cited or conclude. */
  function evidence(id) {
    if (!gathered.has(id)) gathered.set(id, gather(id));
    return gathered.get(id);
  }

  const gathered = new Map();

  function gather(id) {
    const found = { supports: new Set(), disputes: new Set(), mentions: new Set(), cited: new Set(), concluded: new Set() };
    for (const edge of evidenceLinks(findings(id))) {
      if (kind(edge.from) === "source") (edge.relation.startsWith("is said") ? found.cited : found.concluded).add(edge.from);
      else (found[edge.stance] || found.mentions).add(edge.from);
    }
    return found;
  }

  function tally(id) {
    const found = evidence(id);
    const parts = [`${found.supports.size} supporting`];
    if (found.disputes.size) parts.push(`${found.disputes.size} disputing`);
    if (found.mentions.size) parts.push(`${found.mentions.size} mentioning`);
    if (found.cited.size) parts.push(`${found.cited.size} cited ${found.cited.size === 1 ? "work" : "works"}`);
    if (found.concluded.size) parts.push(`${found.concluded.size} ${found.concluded.size === 1 ? "text" : "texts"} concluding`);
    return parts.join(", ");
  }

  const hasFindings = kinds.has("finding");
  const about = (id) => hasFindings && ["theme", "finding"].includes(kind(id)) ? tally(id) : `${degree(id)} ${degree(id) === 1 ? "link" : "links"}`;
  const words = (node) => node.kind === "statement" ? `\u201c${node.text || node.label}\u201d` : node.label;
  return { data, list, nodes, kinds, edges, out, into, kind, degree, speakers, neighbours, findings, evidenceLinks, surroundings, evidence, tally, about, words, hasFindings };
}

function listed(map, key) {
  if (!map.has(key)) map.set(key, []);
  return map.get(key);
}

const unique = (values) => [...new Set(values)];
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
