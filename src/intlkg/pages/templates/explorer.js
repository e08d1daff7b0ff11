"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data");
  const at = (id) => document.getElementById(id);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const OPPOSITE = { supports: "disputes", disputes: "supports" };
  const SIGN = { supports: "\u2713", disputes: "\u2717", mentions: "\u2022" };
  const SHAPE = { hexagon: "\u2b22", square: "\u25a0", dot: "\u25cf", triangle: "\u25b2", diamond: "\u25c6" };
  const SIZE = { theme: 15, finding: 9, statement: 8, participant: 10, source: 11 };

  // ---- the network as a person sees it

  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const kinds = new Map(data.kinds.map((kind) => [kind.kind, kind]));
  const outgoing = new Map();
  const incoming = new Map();
  for (const edge of data.edges) {
    listed(outgoing, edge.from).push(edge);
    listed(incoming, edge.to).push(edge);
  }
  const hidden = new Set();
  let selected = null;

  function listed(map, key) {
    if (!map.has(key)) map.set(key, []);
    return map.get(key);
  }

  const out = (id) => outgoing.get(id) || [];
  const into = (id) => incoming.get(id) || [];
  const degree = (id) => out(id).length + into(id).length;
  const words = (node) => node.text && node.kind === "statement" ? `\u201c${node.text}\u201d` : node.label;
  const neighbours = (id) => new Set([...out(id).map((e) => e.to), ...into(id).map((e) => e.from)]);
  const speakers = (id) => out(id).filter((edge) => nodes.get(edge.to).kind === "participant").map((edge) => edge.to);

  /** What to look at together with an item: its neighbours, and for themes and findings the whole evidence behind them. */
  function surroundings(id) {
    const near = neighbours(id);
    const kind = nodes.get(id).kind;
    if (kind === "theme") for (const finding of into(id)) for (const edge of into(finding.from)) near.add(edge.from);
    if (kind === "participant") for (const said of into(id)) for (const edge of out(said.from)) if (edge.stance) near.add(edge.to);
    if (kind === "theme" || kind === "finding") for (const item of [...near]) if (nodes.get(item).kind === "statement") speakers(item).forEach((who) => near.add(who));
    return near.add(id);
  }

  /** Evidence on a theme or a finding, each item once: what supports it, disputes it, which sources are cited, and which conclude. */
  function evidence(id) {
    const findings = nodes.get(id).kind === "finding" ? [id] : into(id).map((edge) => edge.from);
    const found = { supports: new Set(), disputes: new Set(), mentions: new Set(), cited: new Set(), concluded: new Set() };
    for (const edge of findings.flatMap(into)) {
      if (!edge.stance) continue;
      if (nodes.get(edge.from).kind === "source") (edge.relation.startsWith("is said") ? found.cited : found.concluded).add(edge.from);
      else found[edge.stance].add(edge.from);
    }
    return found;
  }

  function tally(id) {
    const found = evidence(id);
    const parts = [`${found.supports.size} supporting`];
    if (found.disputes.size) parts.push(`${found.disputes.size} disputing`);
    if (found.mentions.size) parts.push(`${found.mentions.size} mentioning`);
    if (found.cited.size) parts.push(`${found.cited.size} cited ${found.cited.size === 1 ? "work" : "works"}`);
    if (found.concluded.size) parts.push(`${found.concluded.size} ${found.concluded.size === 1 ? "author" : "authors"} concluding`);
    return parts.join(", ");
  }

  // ---- building elements: text only, never HTML

  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name === "class") element.className = value;
      else if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const mark = (kind) => make("span", { class: `mark ${kind}`, ariaHidden: "true" }, SHAPE[kinds.get(kind).shape]);

  function pick(id, stance) {
    const node = nodes.get(id);
    const who = node.kind === "statement" ? node.facts.filter(([name]) => name === "Said by").map(([, value]) => value) : [];
    return make("button", { type: "button", class: stance || "", onclick: () => go(id) },
      mark(node.kind),
      stance ? make("span", { class: `stance ${stance}` }, `${SIGN[stance]} ${stance} `) : null,
      words(node),
      who.length ? make("span", { class: "who" }, who.join("; ")) : null);
  }

  // ---- the theme list, with how much there is on each side

  function drawThemes() {
    const groups = new Map();
    for (const node of data.nodes) if (node.kind === "theme") listed(groups, node.group || "Themes").push(node);
    const list = at("themes");
    const weight = (node) => -evidence(node.id).supports.size - evidence(node.id).disputes.size;
    for (const [group, themes] of groups) {
      list.append(make("h2", {}, group), ...themes.sort((a, b) => weight(a) - weight(b)).map(themeButton));
    }
    list.hidden = groups.size === 0;
  }

  function themeButton(node) {
    const found = evidence(node.id);
    const bar = make("span", { class: "bar", ariaHidden: "true" });
    for (const side of ["supports", "disputes", "cited"]) {
      const part = make("i", { class: side });
      part.style.flexGrow = String(found[side].size);
      bar.append(part);
    }
    const button = make("button", { type: "button", onclick: () => go(node.id), ariaPressed: "false" },
      node.label, make("span", { class: "tally" }, tally(node.id)), bar);
    button.dataset.id = node.id;
    return button;
  }

  // ---- the details of one item

  function drawDetails() {
    const panel = at("details");
    panel.replaceChildren();
    if (!selected) {
      panel.append(make("h2", {}, "Nothing selected"),
        make("p", {}, "Choose a theme, click an item on the map, or search. The words, who said them and where they stand appear here."));
      return;
    }
    const node = nodes.get(selected);
    panel.append(make("p", { class: "kind" }, mark(node.kind), node.kind[0].toUpperCase() + node.kind.slice(1)));
    if (node.kind === "statement") panel.append(make("blockquote", {}, words(node)));
    else panel.append(make("h3", {}, node.label));
    if (node.text && node.kind !== "statement") panel.append(make("p", {}, node.text));
    if (node.kind === "theme" || node.kind === "finding") panel.append(make("p", { class: "who" }, tally(node.id)));
    if (node.facts.length) {
      panel.append(make("dl", {}, ...node.facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])));
    }
    if (node.kind === "theme") drawTrail(panel, node);
    else drawLinks(panel, node);
    drawOthers(panel, node);
    panel.scrollTop = 0;
  }

  function drawLinks(panel, node) {
    const groups = new Map();
    for (const edge of out(node.id)) listed(groups, capital(edge.relation)).push([edge.to, edge.stance]);
    for (const edge of into(node.id)) listed(groups, `${capital(edge.relation)} this ${node.kind}`).push([edge.from, edge.stance]);
    for (const [heading, links] of groups) list(panel, heading, links);
  }

  /** From a theme to the words: each finding about it, and under it what speaks for and against. */
  function drawTrail(panel, node) {
    for (const { from } of into(node.id).filter((edge) => nodes.get(edge.from).kind === "finding")) {
      panel.append(make("h2", {}, "Finding"), make("div", { class: "links" }, pick(from)));
      const items = into(from).filter((edge) => edge.stance).map((edge) => [edge.from, edge.stance]);
      panel.append(make("ul", { class: "links nested" }, ...items.map(([id, stance]) => make("li", {}, pick(id, stance)))));
    }
    const others = [...out(node.id), ...into(node.id).filter((edge) => nodes.get(edge.from).kind !== "finding")];
    if (others.length) list(panel, "Linked", others.map((edge) => [edge.from === node.id ? edge.to : edge.from, edge.stance]));
  }

  /** Items that take the other side on the same findings. */
  function drawOthers(panel, node) {
    const others = new Map();
    for (const edge of out(node.id).filter((one) => OPPOSITE[one.stance])) {
      for (const other of into(edge.to)) if (other.stance === OPPOSITE[edge.stance]) others.set(other.from, other.stance);
    }
    if (others.size) list(panel, "Other voices", [...others]);
  }

  function list(panel, heading, links) {
    panel.append(make("h2", {}, heading),
      make("ul", { class: "links" }, ...links.map(([id, stance]) => make("li", {}, pick(id, stance)))));
  }

  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  // ---- the map

  const network = new vis.Network(at("map"), {
    nodes: new vis.DataSet(read("vis-nodes").map((node) => ({ ...node, size: SIZE[node.group] || 9 }))),
    edges: new vis.DataSet(read("vis-edges")),
  }, {
    physics: false,
    interaction: { hover: !still, dragNodes: true, keyboard: false, hideEdgesOnDrag: data.edges.length > 1500 },
    nodes: { borderWidth: 1 },
    edges: { smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.35 } } },
  });
  const drawn = network.body.data;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  function paint() {
    const near = selected ? surroundings(selected) : null;
    const dim = colour("dim");
    const paper = colour("paper");
    drawn.nodes.update(data.nodes.map((node) => {
      const lit = !near || near.has(node.id);
      const fill = lit ? colour(cssKind(node.kind)) : dim;
      const chosen = node.id === selected;
      return { id: node.id, hidden: hidden.has(node.kind), color: { background: fill, border: chosen ? colour("ink") : paper, highlight: fill, hover: fill }, borderWidth: chosen ? 3 : 1 };
    }));
    drawn.edges.update(data.edges.map((edge, id) => {
      const lit = near && near.has(edge.from) && near.has(edge.to);
      const shade = !near ? (edge.stance === "disputes" ? "disputes" : "edge") : lit ? (edge.stance || "quiet") : "faint";
      return { id, color: { color: colour(shade), highlight: colour(shade), hover: colour(shade) } };
    }));
  }

  const cssKind = (kind) => (SIZE[kind] ? kind : "quiet");

  /** Labels of a fixed size that never overlap: the selected item first, then its neighbours, then themes. */
  function drawLabels(context) {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    const near = selected ? surroundings(selected) : new Set();
    const rank = (node) => node.id === selected ? 0 : near.has(node.id) ? 1 : node.kind === "theme" ? 2 : 3;
    const spots = selected ? [...near] : order.filter((node) => !hidden.has(node.kind)).map((node) => node.id);
    const boxes = [];
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "middle";
    const marks = spots.map(spot);
    for (const node of order.slice().sort((a, b) => rank(a) - rank(b))) {
      if (hidden.has(node.kind) || (selected && rank(node) === 3)) continue;
      drawLabel(context, node, rank(node), boxes, marks);
    }
    context.restore();
  }

  /** The box that an item's own mark takes up, so that no label covers it. */
  function spot(id) {
    const place = network.canvasToDOM(network.getPosition(id));
    const reach = 0.7 * (SIZE[nodes.get(id).kind] || 9) * network.getScale();
    return [place.x - reach, place.y - reach, place.x + reach, place.y + reach];
  }

  const order = data.nodes.slice().sort((a, b) => degree(b.id) - degree(a.id) || (a.id < b.id ? -1 : 1));

  const apart = (box, others) => !others.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);

  /** Draw a label where it covers no other, nor, if that can be, the mark of another item. */
  function drawLabel(context, node, rank, boxes, marks) {
    const place = network.canvasToDOM(network.getPosition(node.id));
    const size = rank === 0 ? 14 : 12;
    const text = node.label.length > 34 ? `${node.label.slice(0, 32)}\u2026` : node.label;
    context.font = `${rank === 0 || (node.kind === "theme" && !selected) ? "600 " : ""}${size}px system-ui, "DejaVu Sans", sans-serif`;
    const offset = (SIZE[node.kind] || 9) * Math.max(network.getScale(), 0.3) + 5;
    const width = context.measureText(text).width;
    const canvas = context.canvas;
    const spots = [[place.x + offset, place.y], [place.x - offset - width, place.y],
      [place.x - width / 2, place.y - offset - size / 2], [place.x - width / 2, place.y + offset + size / 2]];
    const free = spots.map(([left, middle]) => ({ left, middle, box: [left - 2, middle - size / 2 - 2, left + width + 2, middle + size / 2 + 2] }))
      .filter(({ box }) => box[0] >= 0 && box[2] <= canvas.clientWidth && box[1] >= 0 && box[3] <= canvas.clientHeight && apart(box, boxes));
    const best = free.find(({ box }) => apart(box, marks)) || (rank < 3 ? free[0] : null);
    if (!best) return;
    boxes.push(best.box);
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colour("paper");
    context.strokeText(text, best.left, best.middle);
    context.fillStyle = rank === 3 || (selected && rank > 1) ? colour("quiet") : colour("ink");
    context.fillText(text, best.left, best.middle);
  }

  network.on("afterDrawing", drawLabels);
  network.on("click", (event) => { if (event.nodes.length) go(event.nodes[0]); });
  const motion = { animation: still ? false : { duration: 250 } };
  at("zoom-in").onclick = () => network.moveTo({ scale: network.getScale() * 1.4, ...motion });
  at("zoom-out").onclick = () => network.moveTo({ scale: network.getScale() / 1.4, ...motion });
  at("zoom-fit").onclick = () => network.fit(motion);

  // ---- the legend is the filter

  function drawLegend() {
    at("legend").append(...data.kinds.map(({ kind, plural, count }) => {
      const button = make("button", { type: "button", ariaPressed: "true" }, mark(kind), `${plural} ${count}`);
      button.dataset.kind = kind;
      button.onclick = () => {
        if (!hidden.delete(kind)) hidden.add(kind);
        button.ariaPressed = String(!hidden.has(kind));
        say(`${plural} ${hidden.has(kind) ? "hidden" : "shown"}`);
        refresh();
      };
      return button;
    }));
  }

  // ---- search

  const field = at("search");
  const results = at("results");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const haystack = data.nodes.map((node) => [node, fold([node.label, node.text, ...node.facts.map(([, value]) => value)].join(" "))]);

  function search() {
    const wanted = fold(field.value.trim());
    results.replaceChildren();
    results.hidden = !wanted;
    if (!wanted) return;
    const found = haystack.filter(([, text]) => text.includes(wanted)).map(([node]) => node);
    found.sort((a, b) => fold(b.label).includes(wanted) - fold(a.label).includes(wanted));
    results.append(...found.slice(0, 50).map((node) => make("li", {}, pick(node.id))));
    if (!found.length) results.append(make("li", { class: "none" }, "Nothing found"));
    if (found.length > 50) results.append(make("li", { class: "none" }, `${found.length - 50} more: type more letters`));
    say(`${found.length} found`);
  }

  function closeSearch() {
    results.hidden = true;
  }

  function steer(event) {
    const buttons = [...results.querySelectorAll("button")];
    const here = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { closeSearch(); field.focus(); }
    else if (event.key === "Enter" && here < 0 && buttons.length) { buttons[0].click(); event.preventDefault(); }
    else if (step && buttons.length) {
      (here + step < 0 ? field : buttons[Math.min(here + step, buttons.length - 1)]).focus();
      event.preventDefault();
    }
  }

  field.oninput = search;
  field.onfocus = () => { if (field.value.trim()) search(); };
  document.querySelector(".search").onkeydown = steer;
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) closeSearch(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { field.focus(); event.preventDefault(); }
  });

  // ---- the table

  let sorting = ["kind", 1];

  function drawTable() {
    const [column, way] = sorting;
    const value = { label: (n) => fold(n.label), kind: (n) => data.kinds.findIndex((k) => k.kind === n.kind), links: (n) => -degree(n.id) }[column];
    const rows = data.nodes.filter((node) => !hidden.has(node.kind));
    rows.sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * way);
    document.querySelector("#table-view tbody").replaceChildren(...rows.map((node) => make("tr", {},
      make("td", {}, pick(node.id)), make("td", {}, node.kind), make("td", {}, String(degree(node.id))))));
    for (const button of document.querySelectorAll("#table-view th button")) {
      const mine = button.dataset.column === column;
      button.closest("th").ariaSort = mine ? (way > 0 ? "ascending" : "descending") : "none";
    }
  }

  for (const button of document.querySelectorAll("#table-view th button")) {
    button.onclick = () => {
      const column = button.dataset.column;
      sorting = [column, sorting[0] === column ? -sorting[1] : 1];
      drawTable();
    };
  }

  at("table-toggle").onclick = () => {
    const table = at("table-view");
    table.hidden = !table.hidden;
    at("map-view").hidden = !table.hidden;
    at("table-toggle").ariaPressed = String(!table.hidden);
    if (table.hidden) network.redraw(); else drawTable();
  };

  // ---- light and dark

  function scheme(dark) {
    document.documentElement.classList.toggle("dark", dark);
    at("scheme-toggle").ariaPressed = String(dark);
    paint();
  }

  at("scheme-toggle").onclick = () => scheme(!document.documentElement.classList.contains("dark"));

  // ---- selection: the address holds it, so back, forward and links work

  function go(id) {
    closeSearch();
    if (selected === id) { at("details").focus(); return; }
    location.hash = encodeURIComponent(id);
  }

  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    selected = nodes.has(id) ? id : null;
    refresh();
    if (!selected) return;
    const node = nodes.get(selected);
    const counted = node.kind === "theme" || node.kind === "finding" ? tally(selected) : `${degree(selected)} links`;
    say(`${node.kind}: ${node.label}; ${counted}`);
    bring(selected);
    if (matchMedia("(max-width: 1279px)").matches) at("details").scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }

  /** Move the map only if the item cannot be seen on it. */
  function bring(id) {
    const place = network.canvasToDOM(network.getPosition(id));
    const { clientWidth, clientHeight } = at("map");
    const inside = place.x > 40 && place.y > 40 && place.x < clientWidth - 40 && place.y < clientHeight - 40;
    if (!inside) network.focus(id, { scale: network.getScale(), ...motion });
  }

  function refresh() {
    paint();
    drawDetails();
    if (!at("table-view").hidden) drawTable();
    for (const button of at("themes").querySelectorAll("button")) button.ariaPressed = String(button.dataset.id === selected);
  }

  function say(text) {
    at("announcer").textContent = text;
  }

  at("counts").textContent = `${data.nodes.length} items \u00b7 ${data.edges.length} links`;
  drawThemes();
  drawLegend();
  scheme(matchMedia("(prefers-color-scheme: dark)").matches);
  network.fit({ animation: false });
  window.addEventListener("hashchange", follow);
  follow();

  /** For tests and for the curious: where an item stands on the screen. */
  window.intlkg = {
    position: (id) => {
      const box = at("map").getBoundingClientRect();
      const place = network.canvasToDOM(network.getPosition(id));
      return { x: box.left + place.x, y: box.top + place.y };
    },
    visible: (id) => !drawn.nodes.get(id).hidden,
    selected: () => selected,
  };
})();
