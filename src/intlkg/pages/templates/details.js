// The details of the selected item: its words, who, where, the other voices, and what can be taken along.

const LISTED = 30;

function makeDetails(app) {
  const { graph, state } = app;
  const panel = at("details");

  function draw() {
    panel.replaceChildren();
    if (!state.selected) {
      panel.append(make("h2", {}, "Nothing selected"),
        make("p", {}, "Choose a theme, click an item on the map, or search. The words, who said them and where they stand appear here."));
      panel.append(behind(graph.data.queries.view));
      return;
    }
    const node = graph.nodes.get(state.selected);
    const spoken = node.kind === "statement";
    panel.append(make("p", { class: "kind" }, mark(app, node.kind), capital(node.kind)));
    panel.append(spoken ? make("blockquote", {}, graph.words(node)) : make("h2", { class: "name" }, node.label));
    if (node.text && !spoken) panel.append(make("p", {}, node.text));
    if (["theme", "finding"].includes(node.kind)) panel.append(make("p", { class: "who" }, graph.about(node.id)));
    if (node.facts.length) panel.append(facts(node.facts));
    if (node.href) panel.append(make("p", {}, make("a", { href: node.href }, `Page of this ${node.kind}`)));
    drawOthers(node);
    drawLinks(node);
    if (node.m) panel.append(make("h3", {}, "In this network"), facts(graph.data.measures.map((name, at) => [capital(name), String(node.m[at])])));
    panel.append(make("div", { class: "actions" },
      action(state.pins.includes(node.id) ? "Unpin from report" : "Pin to report", () => app.pin(node.id)),
      node.bibtex ? action("Copy citation", () => copy(app, node.bibtex, "Citation")) : null));
    const asked = node.kind === "theme" && graph.data.queries.theme;
    panel.append(behind(asked ? asked.replace(/VALUES\s+\?theme\s*\{[^}]*\}/, `VALUES ?theme { <${node.iri}> }`) : graph.data.queries.view));
    panel.scrollTop = 0;
  }

  function behind(query) {
    if (!query) return "";
    return make("details", { class: "query" }, make("summary", {}, "Query behind this view"),
      make("pre", { tabIndex: 0 }, query), action("Copy query", () => copy(app, query, "Query")));
  }

  function drawLinks(node) {
    const groups = new Map();
    for (const edge of graph.out(node.id)) listed(groups, capital(edge.relation)).push([edge.to, edge]);
    for (const edge of graph.into(node.id)) listed(groups, `${capital(edge.relation)} this ${node.kind}`).push([edge.from, edge]);
    for (const [heading, links] of groups) list(heading, links);
  }

  /** Items that take the other side on the same findings. */
  function drawOthers(node) {
    const others = new Map();
    const own = node.kind === "participant" ? graph.evidenceLinks(graph.findings(node.id), node.id) : graph.out(node.id);
    for (const edge of own.filter((one) => OPPOSITE[one.stance])) {
      for (const other of graph.into(edge.to)) if (other.stance === OPPOSITE[edge.stance]) others.set(other.from, other);
    }
    if (others.size) list("Other voices", [...others]);
  }

  function list(heading, links) {
    const items = make("ul", { class: "links" });
    const add = (some) => items.append(...some.map(([id, link]) => make("li", {}, pick(app, id, link))));
    panel.append(make("h3", {}, heading), items);
    add(links.slice(0, LISTED));
    if (links.length <= LISTED) return;
    const more = action(`Show all ${links.length}`, () => { add(links.slice(LISTED)); more.remove(); items.children[LISTED].firstChild.focus(); });
    panel.append(more);
  }

  return { draw };
}
