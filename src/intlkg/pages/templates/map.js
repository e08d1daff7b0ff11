// The map: what is drawn of the network, in which colours, with which labels.

const SIZE = { theme: 15, theory: 15, finding: 9, statement: 8, participant: 10, source: 11 };
const ALL = 2000;
const MOST = 300;
const LABELS = 70;

function makeMap(app) {
  const { graph, state } = app;
  const drawnFirst = JSON.parse(at("vis-nodes").textContent);
  const lines = new Map(JSON.parse(at("vis-edges").textContent).map((line) => [line.id, line]));
  const large = graph.list.length > ALL;
  const home = new Map(drawnFirst.map((node) => [node.id, node]));
  const order = graph.list.slice().sort((a, b) => graph.degree(b.id) - graph.degree(a.id) || (a.id < b.id ? -1 : 1));
  const rankOf = new Map(order.map((node, rank) => [node.id, rank]));
  const front = order.filter((node) => home.has(node.id));
  const widths = new Map();
  const colours = new Map();
  let near = null;
  let shown = [];

  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(at("map"), { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: false, keyboard: false, hideEdgesOnDrag: true, hideEdgesOnZoom: true, selectable: true, selectConnectedEdges: false },
    nodes: { borderWidth: 1, chosen: false },
    edges: { smooth: false, chosen: false, selectionWidth: 0, arrows: { to: { enabled: graph.edges.length <= MOST, scaleFactor: 0.35 } } },
  });

  function colour(name) {
    if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return colours.get(name);
  }

  const cssKind = (kind) => (SIZE[kind] ? kind : "quiet");

  function size(node) {
    const measure = graph.data.measures.indexOf(state.size);
    const plain = SIZE[node.kind] || 9;
    return (plain >= SIZE.theme ? grown : Math.sqrt(grown)) * (measure < 0 || !node.m ? plain : 5 + 22 * Math.sqrt(node.m[measure] / app.highest[measure]));
  }

  /** Seen from afar marks grow, so that they can still be told apart and clicked. */
  let grown = 1;

  function grow() {
    const wanted = Math.min(2.4, Math.max(1, 0.5 / network.getScale()));
    if (Math.abs(wanted / grown - 1) < 0.15) return;
    grown = wanted;
    nodes.update(shown.map((node) => ({ id: node.id, size: size(node) })));
  }

  let growing = 0;
  const growSoon = () => { clearTimeout(growing); growing = setTimeout(grow, 150); };

  /** What to draw: all of it, or of a large network the overview and what surrounds the selection. */
  function choose() {
    const visible = graph.list.filter(state.seen);
    near = state.selected ? graph.surroundings(state.selected) : null;
    if (!large) {
      app.note(!graph.list.length ? "No item: nothing in the evidence base makes a link of this view yet" : visible.length === graph.list.length ? "" : `showing ${visible.length} of ${graph.list.length}: the rest is filtered out`);
      return visible;
    }
    const around = near ? [...near].map((id) => graph.nodes.get(id)).filter(state.seen).sort((a, b) => rankOf.get(a.id) - rankOf.get(b.id)) : [];
    const kept = new Set([...(near ? [graph.nodes.get(state.selected)] : []), ...around.slice(0, MOST)]);
    for (const node of front) if (kept.size < MOST && state.seen(node)) kept.add(node);
    const rest = near && around.length > MOST ? `of ${around.length.toLocaleString("en")} items around it the most linked` : near ? "the selected item, what surrounds it, and themes" : "the most linked, themes first; choose one to see what surrounds it";
    app.note(`showing ${kept.size} of ${graph.list.length.toLocaleString("en")}: ${rest}`);
    return [...kept];
  }

  /** Items without a place of their own stand around the selected one, on a spiral. */
  function place(list) {
    const centre = state.selected && home.get(state.selected) || { x: 0, y: 0 };
    let step = 0;
    return new Map(list.map((node) => {
      const fixed = home.get(node.id);
      if (fixed) return [node.id, fixed];
      if (node.id === state.selected) return [node.id, centre];
      step += 1;
      const turn = step * 2.399963;
      const reach = 34 * Math.sqrt(step + 2);
      return [node.id, { x: centre.x + reach * Math.cos(turn), y: centre.y + reach * Math.sin(turn) }];
    }));
  }

  function style(node) {
    const lit = !near || near.has(node.id);
    const fill = lit ? colour(cssKind(node.kind)) : colour("dim");
    const chosen = node.id === state.selected;
    return { color: { background: fill, border: chosen ? colour("ink") : colour("paper") }, borderWidth: chosen ? 3 : 1, size: size(node), shape: graph.kinds.get(node.kind).shape };
  }

  function stroke(edge) {
    const lit = near && near.has(edge.from) && near.has(edge.to);
    return colour(!near ? (edge.stance === "disputes" ? "disputes" : "edge") : lit ? (edge.stance || "quiet") : "faint");
  }

  const bare = (edge) => ({ id: edge.number, from: edge.from, to: edge.to, dashes: edge.stance === "disputes", width: Math.min(6, edge.weight) });
  const line = (edge) => ({ ...(lines.get(edge.number) || bare(edge)), color: stroke(edge) });

  /** Bring the map up to date; only what has changed is touched. */
  function paint() {
    colours.clear();
    const chosen = choose();
    const places = place(chosen);
    const wanted = new Set(chosen.map((node) => node.id));
    shown = [];
    nodes.remove(nodes.getIds().filter((id) => !wanted.has(id)));
    nodes.update(chosen.map((node) => {
      const { x, y } = places.get(node.id);
      return nodes.get(node.id) ? { id: node.id, ...style(node) } : { id: node.id, x, y, ...style(node) };
    }));
    shown = chosen;
    const kept = shown.flatMap((node) => graph.out(node.id)).filter((edge) => wanted.has(edge.to) && state.linked(edge));
    const joined = large && !near ? overviewLines(wanted) : [];
    const known = new Set([...kept.map((edge) => edge.number), ...joined.map((edge) => edge.id)]);
    edges.remove(edges.getIds().filter((id) => !known.has(id)));
    edges.update([...kept.slice(0, large ? 2 * MOST : kept.length).map(line), ...joined]);
    network.redraw();
  }

  const overviewLines = (wanted) => graph.data.overview.filter(([one, other]) => wanted.has(one) && wanted.has(other))
    .map(([one, other, weight], number) => ({ id: `o${number}`, from: one, to: other, width: Math.min(6, weight), color: colour("edge"), arrows: { to: { enabled: false } } }));

  // ---- labels of a fixed size that never overlap: the selected item first, then its neighbours, then themes

  const rank = (node) => node.id === state.selected ? 0 : near && near.has(node.id) ? 1 : ["theme", "theory"].includes(node.kind) ? 2 : 3;
  const font = (bold, size) => `${bold ? "600 " : ""}${size}px system-ui, "DejaVu Sans", sans-serif`;

  function layLabels(context, scale, width, height) {
    const spots = new Map(shown.map((node) => [node.id, network.canvasToDOM(network.getPosition(node.id))]));
    const inside = shown.filter((node) => {
      const { x, y } = spots.get(node.id);
      return x > -20 && y > -20 && x < width + 20 && y < height + 20 && !(state.selected && rank(node) === 3);
    });
    inside.sort((a, b) => rank(a) - rank(b) || rankOf.get(a.id) - rankOf.get(b.id));
    const marks = (near ? inside.filter((node) => near.has(node.id)) : inside).map((node) => {
      const { x, y } = spots.get(node.id);
      const reach = 0.7 * size(node) * scale;
      return [x - reach, y - reach, x + reach, y + reach];
    });
    const boxes = [];
    const laid = [];
    for (const node of inside.slice(0, 3 * LABELS)) {
      if (laid.length >= LABELS) break;
      const label = layLabel(context, node, spots.get(node.id), scale, width, height, boxes, marks);
      if (label) { laid.push(label); boxes.push(label.box); }
    }
    return laid;
  }

  function layLabel(context, node, place, scale, width, height, boxes, marks) {
    const level = rank(node);
    const points = level === 0 ? 14 : 12;
    const face = font(level === 0 || (level === 2 && !state.selected), points);
    const text = node.label.length > 34 ? `${node.label.slice(0, 32)}\u2026` : node.label;
    const key = face + text;
    if (!widths.has(key)) { context.font = face; widths.set(key, context.measureText(text).width); }
    const wide = widths.get(key);
    const offset = size(node) * Math.max(scale, 0.3) + 5;
    const free = [[place.x + offset, place.y], [place.x - offset - wide, place.y], [place.x - wide / 2, place.y - offset - points / 2], [place.x - wide / 2, place.y + offset + points / 2]]
      .map(([left, middle]) => ({ left, middle, box: [left - 2, middle - points / 2 - 2, left + wide + 2, middle + points / 2 + 2] }))
      .filter(({ box }) => box[0] >= 0 && box[2] <= width && box[1] >= 0 && box[3] <= height && apart(box, boxes));
    const best = free.find(({ box }) => apart(box, marks)) || (level < 3 ? free[0] : null);
    return best && { ...best, text, face, node, quiet: level === 3 || (state.selected && level > 1) };
  }

  const apart = (box, others) => !others.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);

  /** Labels keep their sides while the picture is the same, so that a frame costs little. */
  let laidFor = "";
  let laid = [];

  function drawLabels(context) {
    const canvas = context.canvas;
    const ratio = canvas.width / canvas.clientWidth;
    const view = network.getViewPosition();
    const scale = network.getScale();
    const key = [view.x, view.y, scale, canvas.clientWidth, canvas.clientHeight, state.address(), shown.length, moved].join();
    if (key !== laidFor) { laid = layLabels(context, scale, canvas.clientWidth, canvas.clientHeight); laidFor = key; }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colour("paper");
    for (const label of laid) {
      context.font = label.face;
      context.strokeText(label.text, label.left, label.middle);
      context.fillStyle = colour(label.quiet ? "quiet" : "ink");
      context.fillText(label.text, label.left, label.middle);
    }
    context.restore();
  }

  let moved = 0;
  network.on("afterDrawing", drawLabels);
  network.on("zoom", growSoon);
  network.on("animationFinished", growSoon);
  network.on("dragging", (event) => { if (event.nodes.length) moved += 1; });
  network.on("click", (event) => { if (event.nodes.length) app.go(event.nodes[0]); });

  const motion = { animation: app.still ? false : { duration: 250, easingFunction: "easeInOutQuad" } };
  at("zoom-in").onclick = () => network.moveTo({ scale: network.getScale() * 1.4, ...motion });
  at("zoom-out").onclick = () => network.moveTo({ scale: network.getScale() / 1.4, ...motion });
  at("zoom-fit").onclick = () => network.fit(motion);

  /** Bring the selected item and what surrounds it onto the map. */
  function bring() {
    const wanted = shown.filter((node) => near.has(node.id)).map((node) => node.id);
    network.fit({ nodes: wanted, maxZoomLevel: 1.1, ...motion });
    growSoon();
  }

  function fit() {
    network.fit({ animation: false });
    grow();
  }

  return {
    paint, bring, fit, colour,
    redraw: () => network.redraw(),
    shown: () => shown,
    lines: () => edges.get().filter((edge) => typeof edge.id === "number").map((edge) => graph.edges[edge.id]),
    place: (id) => nodes.get(id) ? network.canvasToDOM(network.getPosition(id)) : null,
    scale: () => network.getScale(),
    size, style, stroke,
    labels: () => laid,
    canvas: () => at("map").querySelector("canvas"),
  };
}
