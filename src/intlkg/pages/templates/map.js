// The map: what is drawn of the network, in which colours, with which labels.

const ALL = 2000;
const MOST = 300;
const LABELS = 70;

/** Corners of each shape, for a reach of 1. */
const CORNERS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  triangle: [[0, -1], [1, 0.8], [-1, 0.8]],
  triangleDown: [[0, 1], [1, -0.8], [-1, -0.8]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]],
  star: [...Array(10).keys()].map((n) => [(n % 2 ? 0.5 : 1) * Math.cos(Math.PI * (n / 5 - 0.5)), (n % 2 ? 0.5 : 1) * Math.sin(Math.PI * (n / 5 - 0.5))]),
};

function makeMap(app) {
  const { graph, state } = app;
  const drawnFirst = JSON.parse(at("vis-nodes").textContent);
  const large = graph.list.length > ALL;
  const home = new Map(drawnFirst.map((node) => [node.id, node]));
  const order = graph.list.slice().sort((a, b) => graph.degree(b.id) - graph.degree(a.id) || (a.id < b.id ? -1 : 1));
  const rankOf = new Map(order.map((node, rank) => [node.id, rank]));
  const front = order.filter((node) => home.has(node.id));
  const widths = new Map();
  const colours = new Map();
  const overview = graph.data.overview.map(([from, to, weight]) => ({ from, to, weight, stance: "" }));
  let near = null;
  let shown = [];
  let lines = [];

  const nodes = new vis.DataSet();
  const network = new vis.Network(at("map"), { nodes, edges: [] }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: false, keyboard: false, selectable: true, selectConnectedEdges: false },
    nodes: { shape: "custom", chosen: false, ctxRenderer: renderer },
  });
  const body = network.body.nodes;

  function colour(name) {
    if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return colours.get(name);
  }

  function size(node) {
    const measure = graph.data.measures.indexOf(state.size);
    const { size: plain, topic } = graph.look(node.id);
    const share = measure < 0 || !node.m ? null : Math.sqrt(node.m[measure] / app.highest[measure]);
    return (topic ? grown : Math.sqrt(grown)) * (share === null ? plain : 5 + 22 * share);
  }

  /** Seen from afar marks grow, so that they can still be told apart and clicked. */
  let grown = 1;

  function grow() {
    grown = Math.min(2.4, Math.max(1, 0.5 / network.getScale()));
  }

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
    const chosen = node.id === state.selected;
    const { shape, css } = graph.look(node.id);
    const fill = colour(lit ? css : "dim");
    return { shape, fill, border: colour(chosen ? "ink" : "paper"), width: chosen ? 3 : 1 };
  }

  /** How vis draws an item: what it looks like is asked for in each frame, so a selection costs one frame. */
  function renderer({ ctx, id, x, y }) {
    const node = graph.nodes.get(id);
    const reach = size(node);
    return {
      drawNode() {
        const { shape, fill, border, width } = style(node);
        ctx.beginPath();
        outline(ctx, shape, x, y, reach);
        ctx.fillStyle = fill;
        ctx.fill();
        ctx.lineWidth = width;
        ctx.strokeStyle = border;
        ctx.stroke();
      },
      nodeDimensions: { width: 2 * reach, height: 2 * reach },
    };
  }

  function outline(ctx, shape, x, y, reach) {
    const points = CORNERS[shape];
    if (!points) { ctx.arc(x, y, reach, 0, 2 * Math.PI); return; }
    for (const [u, v] of points) ctx.lineTo(x + u * reach, y + v * reach);
    ctx.closePath();
  }

  const stroke = (edge) => colour(shade(edge));

  const dashed = (edge) => (graph.stances.get(edge.stance) || {}).dashed || false;

  function shade(edge) {
    if (!near) return dashed(edge) ? edge.stance : "edge";
    return near.has(edge.from) && near.has(edge.to) ? edge.stance || "quiet" : "faint";
  }

  /** All links, those of one look in one stroke: what is dim first. */
  function drawLines(ctx) {
    const looks = new Map();
    for (const edge of lines) {
      listed(looks, `${shade(edge)} ${dashed(edge) ? 1 : 0} ${Math.min(6, edge.weight)}`).push(edge);
    }
    const drawn = [...looks].map(([look, links]) => [...look.split(" "), links]);
    for (const [name, broken, weight, links] of drawn.sort(([a], [b]) => (b === "faint") - (a === "faint"))) {
      ctx.beginPath();
      for (const edge of links) {
        const [one, other] = [body[edge.from], body[edge.to]];
        ctx.moveTo(one.x, one.y);
        ctx.lineTo(other.x, other.y);
      }
      ctx.setLineDash(broken === "1" ? [6, 5] : []);
      ctx.lineWidth = Number(weight) * (near && name !== "faint" ? 1.5 : 1);
      ctx.strokeStyle = colour(name);
      ctx.stroke();
      ctx.setLineDash([]);
      if (near ? name !== "faint" : lines.length <= MOST) drawTips(ctx, links, colour(name));
    }
  }

  /** Which way links lead: a tip at the edge of the item they lead to. */
  function drawTips(ctx, links, fill) {
    ctx.beginPath();
    for (const edge of links) {
      if (edge.property === undefined) continue;
      const [one, other] = [body[edge.from], body[edge.to]];
      const turn = Math.atan2(other.y - one.y, other.x - one.x);
      const reach = size(graph.nodes.get(edge.to)) + 1;
      const tip = (distance, aside) => [other.x - distance * Math.cos(turn + aside), other.y - distance * Math.sin(turn + aside)];
      ctx.moveTo(...tip(reach, 0));
      ctx.lineTo(...tip(reach + 8, 4 / (reach + 8)));
      ctx.lineTo(...tip(reach + 8, -4 / (reach + 8)));
      ctx.closePath();
    }
    ctx.fillStyle = fill;
    ctx.fill();
  }

  /** Bring the map up to date: what is drawn, where it stands, which links it has. */
  function paint() {
    colours.clear();
    const chosen = choose();
    const wanted = new Set(chosen.map((node) => node.id));
    const places = place(chosen);
    shown = [];
    lines = [];
    nodes.remove(nodes.getIds().filter((id) => !wanted.has(id)));
    nodes.add(chosen.filter((node) => !nodes.get(node.id)).map((node) => ({ id: node.id, x: places.get(node.id).x, y: places.get(node.id).y })));
    shown = chosen;
    lines = shown.flatMap((node) => graph.out(node.id)).filter((edge) => wanted.has(edge.to) && state.linked(edge));
    if (large) lines = near ? lines.slice(0, 4 * MOST) : overview.filter((edge) => wanted.has(edge.from) && wanted.has(edge.to));
    laid = null;
    network.redraw();
  }

  // ---- labels of a fixed size that never overlap: the selected item first, then its neighbours, then themes

  function rank(node) {
    if (node.id === state.selected) return 0;
    if (near && near.has(node.id)) return 1;
    return graph.look(node.id).topic ? 2 : 3;
  }

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
    const boxes = [[width - 150, 0, width, 50]];
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
    const best = free.find(({ box }) => apart(box, marks)) || (level < 2 || (level === 2 && shown.length > MOST) ? free[0] : null);
    return best && { ...best, text, face, node, quiet: level === 3 || (state.selected && level > 1) };
  }

  const apart = (box, others) => !others.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);

  // Labels are laid out and drawn on a sheet of their own; while the map is dragged the sheet moves along.

  const sheet = make("canvas");
  let laid = null;
  let laidAt = null;
  let dragging = false;

  function layAll(ctx, scale, width, height, ratio) {
    laid = layLabels(ctx, scale, width, height);
    laidAt = { scale, width, height, ...network.getViewPosition() };
    sheet.width = width * ratio;
    sheet.height = height * ratio;
    const context = sheet.getContext("2d");
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
  }

  function drawLabels(context) {
    const { width: across, clientWidth: width, clientHeight: height } = context.canvas;
    if (!width || !shown.length) return;
    const ratio = across / width;
    const scale = network.getScale();
    const view = network.getViewPosition();
    const same = laid && laidAt.scale === scale && laidAt.width === width && laidAt.height === height;
    if (!same || (!dragging && (laidAt.x !== view.x || laidAt.y !== view.y))) layAll(context, scale, width, height, ratio);
    context.save();
    context.setTransform(1, 0, 0, 1, (laidAt.x - view.x) * scale * ratio, (laidAt.y - view.y) * scale * ratio);
    context.drawImage(sheet, 0, 0);
    context.restore();
  }

  network.on("beforeDrawing", (context) => { grow(); drawLines(context); });
  network.on("afterDrawing", drawLabels);
  network.on("dragStart", (event) => { dragging = event.nodes.length === 0; laid = dragging ? laid : null; });
  network.on("dragging", (event) => { if (event.nodes.length) laid = null; });
  network.on("dragEnd", () => { dragging = false; laid = null; network.redraw(); });
  network.on("click", (event) => { if (event.nodes.length) app.go(event.nodes[0]); });

  const motion = { animation: app.still ? false : { duration: 250, easingFunction: "easeInOutQuad" } };
  at("zoom-in").onclick = () => network.moveTo({ scale: network.getScale() * 1.4, ...motion });
  at("zoom-out").onclick = () => network.moveTo({ scale: network.getScale() / 1.4, ...motion });
  at("zoom-fit").onclick = () => network.fit(motion);

  /** Bring the selected item and what surrounds it onto the map. */
  function bring() {
    const wanted = shown.filter((node) => near.has(node.id)).map((node) => node.id);
    network.fit({ nodes: wanted, maxZoomLevel: 1.1, ...motion });
  }

  function fit() {
    network.fit({ animation: false });
  }

  return {
    paint, bring, fit, colour,
    shown: () => shown,
    lines: () => lines,
    place: (id) => nodes.get(id) ? network.canvasToDOM(network.getPosition(id)) : null,
    scale: () => network.getScale(),
    size, style, stroke, dashed,
    labels: () => laid || [],
    canvas: () => at("map").querySelector("canvas"),
  };
}
