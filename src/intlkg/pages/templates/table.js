// All items as a table that sorts, with what each is linked with.

const ROWS = 500;

function makeTable(app) {
  const { graph, state } = app;
  let sorting = ["kind", 1];

  function draw() {
    const [column, way] = sorting;
    const place = new Map(graph.data.kinds.map(({ kind }, number) => [kind, number]));
    const value = { label: (node) => fold(node.label), kind: (node) => place.get(node.kind), year: (node) => -(node.year || 0), links: (node) => -graph.degree(node.id) }[column];
    const rows = graph.list.filter(state.seen).map((node) => [value(node), node]);
    rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * way);
    document.querySelector("#table-view tbody").replaceChildren(...rows.slice(0, ROWS).map(([, node]) => make("tr", {},
      make("td", {}, pick(app, node.id)), make("td", {}, node.kind), make("td", {}, node.year ? String(node.year) : ""),
      make("td", {}, String(graph.degree(node.id))), make("td", {}, ...near(node)))));
    document.querySelector("#table-view caption").textContent = rows.length > ROWS
      ? `The first ${ROWS} of ${rows.length.toLocaleString("en")} items; filter or search for the others` : `All ${rows.length} items that are not filtered out`;
    for (const button of document.querySelectorAll("#table-view th button")) {
      button.closest("th").ariaSort = button.dataset.column === column ? (way > 0 ? "ascending" : "descending") : "none";
    }
  }

  function near(node) {
    const others = [...graph.neighbours(node.id)];
    const links = others.slice(0, 4).map((id) => make("button", { type: "button", class: "near", onclick: () => app.go(id) }, graph.nodes.get(id).label));
    return others.length > 4 ? [...links, `and ${others.length - 4} more`] : links;
  }

  for (const button of document.querySelectorAll("#table-view th button")) {
    button.onclick = () => {
      const column = button.dataset.column;
      sorting = [column, sorting[0] === column ? -sorting[1] : 1];
      draw();
    };
  }
  at("table-toggle").onclick = () => { state.table = !state.table; app.filtered(); };

  function refresh() {
    at("table-view").hidden = !state.table;
    at("map-view").hidden = state.table;
    at("table-toggle").ariaPressed = String(state.table);
    if (state.table) draw();
  }

  return { refresh };
}
