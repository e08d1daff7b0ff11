// The details of the selected item: its words, who, where, the other voices, and what can be taken along.

const LISTED = 30;
const NOTHING = "Choose a theme, click an item on the map, or search. "
  + "The words, who said them and where they stand appear here.";

function makeDetails(app) {
  const { graph, state } = app;
  const panel = at("details");

  function draw() {
    panel.replaceChildren();
    if (!state.selected) {
      panel.append(make("h2", {}, "Nothing selected"), make("p", {}, NOTHING), behind(graph.data.queries.view));
      return;
    }
    const node = graph.nodes.get(state.selected);
    drawItem(node);
    drawOthers(node);
    drawWho(node);
    drawLinks(node);
    drawMeasures(node);
    drawActions(node);
    panel.append(behind(queryOf(node)));
    panel.scrollTop = 0;
  }

  function drawItem(node) {
    const { spoken } = graph.look(node.id);
    panel.append(make("p", { class: "kind" }, mark(app, node.kind), capital(node.kind)));
    panel.append(spoken ? make("blockquote", {}, graph.words(node)) : make("h2", { class: "name" }, noted(node)));
    if (node.text && !spoken) panel.append(make("p", {}, node.text));
    if (node.tally_words) panel.append(tally(node));
    if (node.facts.length) panel.append(facts(node.facts));
    if (node.href) panel.append(make("p", {}, make("a", { href: node.href }, `Page of this ${node.kind}`)));
  }

  /** The tally in the words that Python wrote, and how much of it is shown where a filter is on. */
  function tally(node) {
    const all = node.who.length;
    const heard = ([, , stance], row) => state.heard(stance, graph.list[node.who_at[row]]);
    const shown = node.who.filter(heard).length;
    const left = shown < all ? make("p", { class: "who" }, `${shown} of ${all} shown`) : null;
    const sentences = node.tally_words.map((words) => make("p", {}, words));
    return make("div", {}, make("div", { id: "tally" }, ...sentences), left);
  }

  function behind(query) {
    if (!query) return "";
    return make("details", { class: "query" }, make("summary", {}, "Query behind this view"),
      make("pre", { tabIndex: 0 }, query), action("Copy query", () => copy(app, query, "Query")));
  }

  function queryOf(node) {
    const { view, theme } = graph.data.queries;
    if (!theme || !graph.look(node.id).topic) return view;
    return theme.replace(/VALUES\s+\?theme\s*\{[^}]*\}/, () => `VALUES ?theme { <${node.iri}> }`);
  }

  /** Who takes which stance, by what their evidence is for the theme. */
  function drawWho(node) {
    const groups = new Map();
    for (const [row, [, , , role]] of (node.who || []).entries()) listed(groups, role).push(row);
    for (const [role, rows] of groups) {
      panel.append(make("h3", {}, `Who: ${role} (${rows.length})`),
        make("ul", { class: "links cards" }, ...rows.map((row) => who(app, node, row))));
    }
  }

  function drawLinks(node) {
    const groups = new Map();
    for (const edge of graph.out(node.id)) listed(groups, capital(edge.relation)).push([edge.to, edge]);
    for (const edge of graph.into(node.id)) {
      listed(groups, `${capital(edge.relation)} this ${node.kind}`).push([edge.from, edge]);
    }
    for (const [heading, links] of groups) list(heading, links);
  }

  /** Items that take the other side on the same propositions. */
  function drawOthers(node) {
    const others = graph.against(node.id);
    if (others.length) list("Other voices", others);
  }

  function drawMeasures(node) {
    const { measures } = graph.data;
    if (!node.m) return;
    const pairs = measures.map((name, place) => [capital(name), String(node.m[place])]);
    panel.append(make("h3", {}, "In this network"), facts(pairs));
  }

  function drawActions(node) {
    const pinned = state.pins.includes(node.id) ? "Unpin from report" : "Pin to report";
    panel.append(make("div", { class: "actions" }, action(pinned, () => app.pin(node.id)),
      node.bibtex ? action("Copy citation", () => copy(app, node.bibtex, "Citation")) : null));
  }

  function list(heading, links) {
    const items = make("ul", { class: "links cards" });
    const add = (some) => items.append(...some.map(([id, link]) => make("li", {}, pick(app, id, link))));
    panel.append(make("h3", {}, heading), items);
    add(links.slice(0, LISTED));
    if (links.length <= LISTED) return;
    const more = action(`Show all ${links.length}`, () => {
      add(links.slice(LISTED));
      more.remove();
      items.children[LISTED].firstChild.focus();
    });
    panel.append(more);
  }

  return { draw };
}
