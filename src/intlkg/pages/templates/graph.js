// The network as a person sees it: items, links, and what stands around an item.

/** The page's data: JSON, or above some size JSON compressed. */
async function readData() {
  const element = document.getElementById("data");
  if (element.type === "application/json") return JSON.parse(element.textContent);
  const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Code of the links from a statement to whoever says it. */
const STATED_BY = "stated-by";
/** Code of the links from a proposition to the theme that it is about. */
const ABOUT = "about";

function readEdge(data, [one, other, relation, weight, words], number) {
  const [said, stance, property, role] = data.relations[relation];
  const [text, facts, item] = words === undefined ? ["", [], ""] : data.words[words];
  const ends = { from: data.nodes[one].id, to: data.nodes[other].id };
  return { number, ...ends, relation: said, stance, property, role, weight, text, facts, item };
}

function makeGraph(data) {
  const list = data.nodes;
  const nodes = new Map(list.map((node) => [node.id, node]));
  const kinds = new Map(data.kinds.map((kind) => [kind.kind, kind]));
  const stances = new Map(data.stances.map((stance, rank) => [stance.stance, { ...stance, rank }]));
  const outgoing = new Map();
  const incoming = new Map();
  const edges = data.edges.map((edge, number) => readEdge(data, edge, number));
  for (const node of list) Object.assign(node, { text: "", facts: [], group: "", by: "", ...node });
  for (const edge of edges) {
    listed(outgoing, edge.from).push(edge);
    listed(incoming, edge.to).push(edge);
  }

  const NONE = [];
  const out = (id) => outgoing.get(id) || NONE;
  const into = (id) => incoming.get(id) || NONE;
  const kind = (id) => nodes.get(id).kind;
  const look = (id) => kinds.get(kind(id));
  const degree = (id) => out(id).length + into(id).length;
  const voiced = (id) => out(id).filter((edge) => edge.role === STATED_BY);
  const speakers = (id) => voiced(id).map((edge) => edge.to);
  const spoken = (id) => into(id).filter((edge) => edge.role === STATED_BY).map((edge) => edge.from);
  const neighbours = (id) => new Set([...out(id).map((edge) => edge.to), ...into(id).map((edge) => edge.from)]);

  /** The propositions of a theme, as [id, what they are for it]; the page has them in their order. */
  const steps = (id) => (nodes.get(id).propositions || NONE).map(([at, role]) => [list[at].id, role]);

  /** The propositions that a theme has, that an item is evidence for, or that it is. */
  function propositions(id) {
    if (look(id).said) return [id];
    if (look(id).topic) return steps(id).map(([step]) => step);
    const own = [id, ...spoken(id)].flatMap(out).map((edge) => edge.to);
    return unique(own.filter((other) => look(other).said));
  }

  /** The links that are evidence: on a theme or proposition, or all that an item or a speaker gives. */
  function evidenceLinks(id) {
    if (!look(id).said && !look(id).topic) return [id, ...spoken(id)].flatMap(out).filter((edge) => edge.stance);
    const below = (nodes.get(id).within || NONE).map((at) => list[at].id);
    const links = unique([id, ...below, ...propositions(id)]).flatMap(into).filter((edge) => edge.stance);
    return links.filter((edge) => edge.item || look(edge.to).said);
  }

  /** What to look at together with an item: its neighbours, and the whole evidence behind it. */
  function surroundings(id) {
    const near = neighbours(id);
    for (const step of look(id).dated ? NONE : propositions(id)) near.add(step);
    for (const edge of look(id).topic || look(id).said ? evidenceLinks(id) : NONE) near.add(edge.from);
    for (const item of [...near]) speakers(item).forEach((who) => near.add(who));
    return near.add(id);
  }

  /** The others who take the other side on the same propositions: [id, link]. */
  function against(id) {
    const others = new Map();
    for (const edge of look(id).said || look(id).topic ? NONE : evidenceLinks(id)) {
      const other = (stances.get(edge.stance) || {}).opposite;
      for (const link of into(edge.to)) if (other && link.stance === other) others.set(link.from, link);
    }
    return [...others];
  }

  const links = (id) => `${degree(id)} ${degree(id) === 1 ? "link" : "links"}`;
  const about = (id) => nodes.get(id).brief || links(id);
  const words = (node) => look(node.id).spoken ? `\u201c${node.text || node.label}\u201d` : node.label;
  return {
    data, list, nodes, kinds, stances, edges, out, into, kind, look, degree, speakers, neighbours,
    steps, propositions, evidenceLinks, surroundings, against, about, words,
  };
}

function listed(map, key) {
  if (!map.has(key)) map.set(key, []);
  return map.get(key);
}

const unique = (values) => [...new Set(values)];
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
