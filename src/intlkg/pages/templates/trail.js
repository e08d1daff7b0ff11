// The evidence trail: from the theme over propositions to the words and who said them, as joined buttons.

const CARDS = 40;

function makeTrail(app) {
  const { graph, state } = app;
  const panel = at("trail");
  const grid = at("trail-columns");
  let joins = [];
  let cards = new Map();
  let whole = false;

  function draw() {
    grid.replaceChildren();
    joins = [];
    cards = new Map();
    panel.hidden = !state.selected;
    if (panel.hidden) return;
    const node = graph.nodes.get(state.selected);
    at("trail-title").textContent = `Evidence trail: ${graph.words(node)} \u2014 ${graph.about(node.id)}`;
    const columns = trailed(node) ? chain(node) : ring(node);
    const cut = columns.some((column) => column.cards.length > CARDS) && !whole;
    grid.append(...columns.map((one) => column(one, cut)));
    at("trail-all").hidden = !cut;
    at("trail-all").textContent = `Show all: here are the first ${CARDS} of each column`;
    connect();
  }

  function column({ heading, cards: listed, wide }, cut) {
    const shown = cut ? listed.slice(0, CARDS) : listed;
    return make("div", { class: wide ? "column wide" : "column" }, make("h3", {}, `${heading} (${listed.length})`),
      make("ul", { class: "cards" }, ...shown.map((card) => make("li", {}, card))));
  }

  /** Whether an item has steps: propositions, or evidence on it without one. */
  function trailed(node) {
    return graph.propositions(node.id).length > 0 || (node.tally && graph.evidenceLinks(node.id).length > 0);
  }

  /** The card of an item, made once; of evidence one for each stance. */
  function card(id, link, role) {
    const key = link ? `${id} ${link.stance} ${link.item || link.text}` : id;
    if (!cards.has(key)) {
      const button = pick(app, id, link, role);
      if (id === state.selected) button.setAttribute("aria-current", "true");
      cards.set(key, button);
    }
    return cards.get(key);
  }

  /** Themes, propositions, evidence, speakers. */
  function chain(node) {
    const themes = graph.look(node.id).topic ? [card(node.id)] : [];
    const steps = drawSteps(node, themes);
    const evidence = [];
    const voices = [];
    for (const link of shown(node)) {
      const own = card(link.from, link);
      evidence.push(own);
      join(cards.get(link.to) || themes[0], own, link.stance);
      for (const speaker of graph.speakers(link.from)) {
        voices.push(card(speaker));
        join(own, cards.get(speaker), "");
      }
    }
    return [
      { heading: themes.length === 1 ? "Theme" : "Themes", cards: themes },
      { heading: "Propositions", cards: steps },
      { heading: "Evidence: words and sources", cards: unique(evidence), wide: true },
      { heading: "Who says so", cards: unique(voices).sort(byWords) },
    ].filter((one) => one.cards.length);
  }

  /** The cards of the propositions, each joined with its theme; of a theme's own with their roles. */
  function drawSteps(node, themes) {
    if (themes.length) return graph.steps(node.id).map(([id, role]) => join(themes[0], card(id, null, role), ""));
    return graph.propositions(node.id).map((id) => {
      const step = card(id);
      for (const edge of graph.out(id).filter((one) => one.role === ABOUT)) {
        if (!cards.has(edge.to)) themes.push(card(edge.to));
        join(cards.get(edge.to), step, "");
      }
      return step;
    });
  }

  const byWords = (one, other) => one.textContent.localeCompare(other.textContent, "en", { numeric: true });

  /** The evidence that no filter hides, by stance and then by kind. */
  function shown(node) {
    const place = new Map(graph.data.kinds.map(({ kind }, number) => [kind, number]));
    const side = ({ stance }) => (graph.stances.get(stance) || { rank: 9 }).rank;
    const rank = (link) => 100 * side(link) + place.get(graph.kind(link.from));
    const heard = (link) => state.heard(link.stance, graph.nodes.get(link.from));
    return graph.evidenceLinks(node.id).filter(heard).sort((a, b) => rank(a) - rank(b));
  }

  /** For views without propositions: what the item is linked with, by relation. */
  function ring(node) {
    const own = pick(app, node.id);
    own.setAttribute("aria-current", "true");
    const groups = new Map();
    const add = (edge, id, heading) => {
      const other = pick(app, id, edge.stance ? edge : null);
      listed(groups, heading).push(other);
      join(own, other, edge.stance);
    };
    for (const edge of graph.out(node.id)) add(edge, edge.to, capital(edge.relation));
    for (const edge of graph.into(node.id)) add(edge, edge.from, `${capital(edge.relation)} this`);
    const around = [...groups].map(([heading, some]) => ({ heading, cards: some }));
    return [{ heading: capital(node.kind), cards: [own] }, ...around];
  }

  function join(one, other, stance) {
    joins.push([one, other, stance]);
    return other;
  }

  function connect() {
    const lines = at("trail-lines");
    const origin = grid.getBoundingClientRect();
    lines.setAttribute("width", grid.scrollWidth);
    lines.setAttribute("height", grid.scrollHeight);
    const seen = joins.filter(([one, other]) => one && other && one.isConnected && other.isConnected);
    lines.replaceChildren(...seen.map((joined) => line(origin, ...joined)).filter(Boolean));
  }

  function line(origin, one, other, stance) {
    const a = one.getBoundingClientRect();
    const b = other.getBoundingClientRect();
    if (b.left < a.right) return null;
    const ends = [a.right - origin.left, (a.top + a.bottom) / 2 - origin.top];
    ends.push(b.left - origin.left, (b.top + b.bottom) / 2 - origin.top);
    const [x, y, u, v] = ends.map(Math.round);
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const middle = Math.round((x + u) / 2);
    path.setAttribute("d", `M${x} ${y}C${middle} ${y} ${middle} ${v} ${u} ${v}`);
    path.setAttribute("class", stance || "plain");
    return path;
  }

  at("trail-all").onclick = () => { whole = true; draw(); whole = false; grid.querySelector("button").focus(); };
  new ResizeObserver(() => { if (!panel.hidden) connect(); }).observe(grid);
  return { draw };
}
