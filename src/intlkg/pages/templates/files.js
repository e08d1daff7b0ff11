// What is visible, as a file: a picture, a table, a network, RDF, a bibliography; and the report of what was pinned.

function makeFiles(app) {
  const { graph, map, state } = app;
  const visible = () => {
    const nodes = state.table ? graph.list.filter(state.seen) : map.shown();
    const ids = new Set(nodes.map((node) => node.id));
    return { nodes, edges: nodes.flatMap((node) => graph.out(node.id)).filter((edge) => ids.has(edge.to) && state.linked(edge)) };
  };
  const iri = (id) => graph.nodes.get(id).iri;

  // ---- pictures

  async function png() {
    const source = map.canvas();
    const canvas = make("canvas", { width: source.width, height: source.height });
    const context = canvas.getContext("2d");
    context.fillStyle = map.colour("paper");
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  function outline(shape, reach) {
    const round = (value) => Math.round(value * reach * 10) / 10;
    if (!CORNERS[shape]) return `M${-reach} 0A${reach} ${reach} 0 1 1 ${reach} 0A${reach} ${reach} 0 1 1 ${-reach} 0Z`;
    return `M${CORNERS[shape].map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`;
  }

  function svg() {
    const box = at("map");
    const scale = map.scale();
    const { nodes } = visible();
    const round = (value) => Math.round(value * 10) / 10;
    const spot = new Map(nodes.map((node) => [node.id, map.place(node.id)]));
    const lines = map.lines().filter((edge) => spot.get(edge.from) && spot.get(edge.to)).map((edge) => {
      const [a, b] = [spot.get(edge.from), spot.get(edge.to)];
      const dash = map.dashed(edge) ? ' stroke-dasharray="5 4"' : "";
      return `<line x1="${round(a.x)}" y1="${round(a.y)}" x2="${round(b.x)}" y2="${round(b.y)}" stroke="${map.stroke(edge)}"${dash}/>`;
    });
    const marks = nodes.filter((node) => spot.get(node.id)).map((node) => {
      const { x, y } = spot.get(node.id);
      const { shape, fill, border } = map.style(node);
      return `<path transform="translate(${round(x)} ${round(y)})" d="${outline(shape, round(map.size(node) * scale))}" fill="${fill}" stroke="${border}"><title>${escaped(node.label)}</title></path>`;
    });
    const labels = map.labels().map((label) => `<text x="${round(label.left)}" y="${round(label.middle)}" dominant-baseline="middle" font-family="system-ui, sans-serif" font-size="12" fill="${map.colour(label.quiet ? "quiet" : "ink")}">${escaped(label.text)}</text>`);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box.clientWidth} ${box.clientHeight}">\n<rect width="100%" height="100%" fill="${map.colour("paper")}"/>\n${[...lines, ...marks, ...labels].join("\n")}\n</svg>\n`;
  }

  // ---- tables and networks

  const escaped = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, " ").replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const cell = (value) => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  function csv() {
    const { nodes, edges } = visible();
    const rows = [["from", "relation", "to", "stance", "weight", "words"]];
    const linked = new Set();
    for (const edge of edges) {
      linked.add(edge.from).add(edge.to);
      rows.push([graph.nodes.get(edge.from).label, edge.relation, graph.nodes.get(edge.to).label, edge.stance, edge.weight, edge.text || graph.nodes.get(edge.from).text]);
    }
    for (const node of nodes) if (!linked.has(node.id)) rows.push([node.label, "", "", "", "", node.text]);
    return rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
  }

  function graphml() {
    const { nodes, edges } = visible();
    const keys = [["node", "label"], ["node", "kind"], ["node", "group"], ["node", "text"], ["edge", "relation"], ["edge", "stance"], ["edge", "weight"], ["edge", "words"]];
    const data = (pairs) => pairs.filter(([, value]) => value).map(([name, value]) => `<data key="${name}">${escaped(value)}</data>`).join("");
    return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys.map(([what, name]) => `<key id="${name}" for="${what}" attr.name="${name}" attr.type="${name === "weight" ? "int" : "string"}"/>`).join("\n")}\n<graph edgedefault="directed">\n${nodes.map((node) => `<node id="${escaped(node.iri)}">${data([["label", node.label], ["kind", node.kind], ["group", node.group], ["text", node.text]])}</node>`).join("\n")}\n${edges.map((edge) => `<edge id="e${edge.number}" source="${escaped(iri(edge.from))}" target="${escaped(iri(edge.to))}">${data([["relation", edge.relation], ["stance", edge.stance], ["weight", edge.weight], ["words", edge.text]])}</edge>`).join("\n")}\n</graph>\n</graphml>\n`;
  }

  function gexf() {
    const { nodes, edges } = visible();
    return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n<graph defaultedgetype="directed">\n<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>\n<nodes>\n${nodes.map((node) => `<node id="${escaped(node.iri)}" label="${escaped(node.label)}"><attvalues><attvalue for="kind" value="${escaped(node.kind)}"/></attvalues></node>`).join("\n")}\n</nodes>\n<edges>\n${edges.map((edge) => `<edge id="${edge.number}" source="${escaped(iri(edge.from))}" target="${escaped(iri(edge.to))}" label="${escaped(edge.relation)}" weight="${edge.weight}"/>`).join("\n")}\n</edges>\n</graph>\n</gexf>\n`;
  }

  // ---- RDF and BibTeX

  const quoted = (text) => JSON.stringify(String(text)).replace(/\\u([0-9a-f]{4})/g, "\\u$1");

  const IK = "https://w3id.org/intlkg/ns#";
  const shortened = (term) => term.startsWith(IK) ? `ik:${term.slice(IK.length)}` : named(term);
  const called = (id) => graph.nodes.get(id).label;
  const sentence = ({ from, relation, to }) => `${called(from)} ${relation} ${called(to)}`;

  function turtle() {
    const { nodes, edges } = visible();
    const lines = [`@prefix ik: <${IK}> .`, "@prefix ikv: <https://w3id.org/intlkg/code/> .",
      "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .", ""];
    for (const one of nodes) lines.push(`${named(one.iri)} rdfs:label ${quoted(one.label)} .`);
    for (const edge of edges) {
      const [from, to] = [named(iri(edge.from)), named(iri(edge.to))];
      const on = graph.look(edge.to).said ? "ik:bearsOn" : "ik:about";
      const line = `[] a ik:EvidenceLine ; ik:evidenceItem ${named(edge.item)} ; ${on} ${to}`;
      if (edge.property) lines.push(`${from} ${shortened(edge.property)} ${to} .`);
      else if (edge.item) lines.push(`${line} ; ik:stance ikv:${edge.stance} .`);
      else lines.push(`[] rdfs:label ${quoted(sentence(edge))} ; rdfs:seeAlso ${from} , ${to} .`);
    }
    return lines.join("\n") + "\n";
  }

  const named = (address) => { try { return `<${encodeURI(decodeURI(address)).replace(/[<>"{}|^`\\]/g, encodeURIComponent)}>`; } catch { return `<urn:x-broken:${encodeURIComponent(address)}>`; } };

  const bibtex = () => visible().nodes.map((one) => one.bibtex).filter(Boolean).join("\n") || "% no visible work has an entry\n";

  // ---- the report

  function report() {
    const lines = [`# ${document.title}`, ""];
    for (const id of state.pins) {
      const one = graph.nodes.get(id);
      lines.push(`- **${capital(one.kind)}**: ${graph.words(one)}`, ...one.facts.map(([name, value]) => `  - ${name}: ${value}`));
      for (const edge of graph.out(id)) if (edge.stance) lines.push(`  - ${edge.stance}: ${graph.nodes.get(edge.to).label}${edge.text ? ` \u2014 ${edge.text}` : ""}`);
    }
    return lines.join("\n") + "\n";
  }

  function drawReport() {
    at("report").hidden = state.pins.length === 0;
    at("report-title").textContent = `Report (${state.pins.length} pinned)`;
    at("report-items").replaceChildren(...state.pins.map((id) => make("li", {}, pick(app, id), action("Unpin", () => app.pin(id)))));
  }

  function save(name, content, type) {
    const link = make("a", { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: name });
    document.body.append(link);
    link.click();
    setTimeout(() => { URL.revokeObjectURL(link.href); link.remove(); }, 1000);
    app.say(`${name} saved`);
  }

  const FILES = [["PNG", "png", png, "image/png"], ["SVG", "svg", svg, "image/svg+xml"], ["CSV", "csv", csv, "text/csv"], ["GraphML", "graphml", graphml, "application/xml"], ["GEXF", "gexf", gexf, "application/xml"], ["Turtle", "ttl", turtle, "text/turtle"], ["BibTeX", "bib", bibtex, "text/plain"]];
  at("exports").append(...FILES.map(([label, ending, content, type]) => action(label, async () => save(`${app.name}.${ending}`, await content(), type))));
  at("report-copy").onclick = () => copy(app, report(), "Report");
  at("report-save").onclick = () => save(`${app.name}-report.md`, report(), "text/markdown");
  return { drawReport, content: (ending) => FILES.find((one) => one[1] === ending)[2]() };
}
