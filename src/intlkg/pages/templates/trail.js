// The evidence trail: from the theme over findings to the words and who said them, as buttons with drawn connectors.

const CARDS = 40;

function makeTrail(app) {
  const { graph, state } = app;
  const panel = at("trail");
  const grid = at("trail-columns");
  let joins = [];
  let whole = false;

  function draw() {
    grid.replaceChildren();
    joins = [];
    panel.hidden = !state.selected;
    if (panel.hidden) return;
    const node = graph.nodes.get(state.selected);
    at("trail-title").textContent = `Evidence trail: ${graph.words(node)} \u2014 ${graph.about(node.id)}`;
    const spoken = (id) => graph.into(id).filter((edge) => edge.stance && graph.kind(edge.from) === "statement").length;
    const findings = graph.findings(node.id).sort((a, b) => spoken(b) - spoken(a));
    const columns = findings.length ? chain(node, findings) : ring(node);
    const cut = columns.some((column) => column.cards.length > CARDS) && !whole;
    for (const { heading, cards, wide } of columns) {
      grid.append(make("div", { class: wide ? "column wide" : "column" }, make("h3", {}, `${heading} (${cards.length})`),
        make("ul", {}, ...(cut ? cards.slice(0, CARDS) : cards).map((card) => make("li", {}, card)))));
    }
    at("trail-all").hidden = !cut;
    at("trail-all").textContent = `Show all: here are the first ${CARDS} of each column`;
    connect();
  }

  /** Theme, findings, evidence, speakers. */
  function chain(node, findings) {
    const cards = new Map();
    const links = graph.evidenceLinks(findings, node.id);
    const card = (id, link, key) => {
      const found = key || id;
      if (!cards.has(found)) {
        const button = pick(app, id, link);
        if (id === state.selected) button.setAttribute("aria-current", "true");
        cards.set(found, button);
      }
      return cards.get(found);
    };
    const theme = ["theme", "theory"].includes(node.kind);
    const themes = theme ? [node.id] : unique(findings.flatMap((id) => graph.out(id).filter((edge) => edge.relation === "is about").map((edge) => edge.to)));
    for (const id of themes) card(id);
    for (const id of findings) {
      card(id);
      const own = theme ? themes : graph.out(id).map((edge) => edge.to).filter((to) => themes.includes(to));
      for (const to of own) join(cards.get(to), cards.get(id), "");
    }
    const evidence = [];
    const who = [];
    for (const link of links.slice().sort((a, b) => order(a) - order(b))) {
      const key = link.text ? `${link.from} ${link.item || link.text}` : link.from;
      if (!cards.has(key)) evidence.push(card(link.from, link, key));
      join(cards.get(link.to), cards.get(key), link.stance);
      for (const speaker of graph.speakers(link.from)) {
        if (!cards.has(speaker)) who.push(card(speaker));
        join(cards.get(key), cards.get(speaker), "");
      }
    }
    return [
      { heading: themes.length === 1 ? "Theme" : "Themes", cards: themes.map((id) => cards.get(id)) },
      { heading: "Findings", cards: findings.map((id) => cards.get(id)) },
      { heading: "Evidence: words and sources", cards: evidence, wide: true },
      { heading: "Participants", cards: who.sort((a, b) => a.textContent.localeCompare(b.textContent, "en", { numeric: true })) },
    ].filter((column) => column.cards.length);
  }

  const order = (link) => ["supports", "disputes", "mentions"].indexOf(link.stance) + (graph.kind(link.from) === "source" ? 10 : 0);

  /** For views without findings: what the item is linked with, by relation. */
  function ring(node) {
    const own = pick(app, node.id);
    own.setAttribute("aria-current", "true");
    const groups = new Map();
    const add = (edge, id, heading) => {
      const card = pick(app, id, edge.stance ? edge : null);
      listed(groups, heading).push(card);
      join(own, card, edge.stance);
    };
    for (const edge of graph.out(node.id)) add(edge, edge.to, capital(edge.relation));
    for (const edge of graph.into(node.id)) add(edge, edge.from, `${capital(edge.relation)} this`);
    return [{ heading: capital(node.kind), cards: [own] }, ...[...groups].map(([heading, cards]) => ({ heading, cards }))];
  }

  const join = (one, other, stance) => joins.push([one, other, stance]);

  function connect() {
    const lines = at("trail-lines");
    const origin = grid.getBoundingClientRect();
    lines.setAttribute("width", grid.scrollWidth);
    lines.setAttribute("height", grid.scrollHeight);
    const seen = joins.filter(([one, other]) => one && other && one.isConnected && other.isConnected);
    lines.replaceChildren(...seen.map(([one, other, stance]) => {
      const a = one.getBoundingClientRect();
      const b = other.getBoundingClientRect();
      if (b.left < a.right) return null;
      const [x, y, u, v] = [a.right - origin.left, (a.top + a.bottom) / 2 - origin.top, b.left - origin.left, (b.top + b.bottom) / 2 - origin.top].map(Math.round);
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      const middle = Math.round((x + u) / 2);
      path.setAttribute("d", `M${x} ${y}C${middle} ${y} ${middle} ${v} ${u} ${v}`);
      path.setAttribute("class", stance || "plain");
      return path;
    }).filter(Boolean));
  }

  at("trail-all").onclick = () => { whole = true; draw(); whole = false; grid.querySelector("button").focus(); };
  new ResizeObserver(() => { if (!panel.hidden) connect(); }).observe(grid);
  return { draw };
}
