// The page: what belongs together, and what happens when an item is chosen.

async function start() {
  const graph = makeGraph(await readData());
  const state = makeState(graph);
  const app = {
    graph, state,
    name: (location.pathname.split("/").pop() || "network").replace(/\.html$/, ""),
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    highest: graph.data.measures.map((_, at) => Math.max(1e-9, ...graph.list.map((node) => (node.m ? node.m[at] : 0)))),
    say: (text) => { at("announcer").textContent = text; },
    note: (text) => { at("hidden-note").textContent = text; at("hidden-note").hidden = !text; },
    go,
    pin(id) {
      state.pins = state.pins.includes(id) ? state.pins.filter((pin) => pin !== id) : [...state.pins, id];
      app.say(state.pins.includes(id) ? "Pinned" : "Unpinned");
      app.filtered();
    },
    /** After a change of a filter: the same selection under a new address. */
    filtered() {
      history.replaceState(null, "", state.address() || "#");
      refresh();
    },
  };
  state.read();
  app.map = makeMap(app);
  const filters = makeFilters(app);
  const search = makeSearch(app);
  const table = makeTable(app);
  const trail = makeTrail(app);
  const details = makeDetails(app);
  const files = makeFiles(app);

  function go(id) {
    search.close();
    if (state.selected === id) { at("details").focus(); return; }
    state.selected = id;
    location.hash = state.address();
  }

  function refresh() {
    table.refresh();
    if (!state.table) app.map.paint();
    filters.refresh();
    details.draw();
    trail.draw();
    files.drawReport();
  }

  function follow() {
    state.read();
    refresh();
    arrive();
  }

  /** Say what was chosen, and bring it into view. */
  function arrive() {
    if (!state.selected) return;
    const node = graph.nodes.get(state.selected);
    app.say(`${node.kind}: ${node.label}; ${graph.about(node.id)}`);
    if (!state.table) app.map.bring();
    if (matchMedia("(max-width: 1279px)").matches) at("details").scrollIntoView({ block: "nearest", behavior: app.still ? "auto" : "smooth" });
  }

  function scheme(dark) {
    document.documentElement.classList.toggle("dark", dark);
    at("scheme-toggle").ariaPressed = String(dark);
    if (!state.table) app.map.paint();
  }

  document.documentElement.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
  at("scheme-toggle").ariaPressed = String(document.documentElement.classList.contains("dark"));
  at("scheme-toggle").onclick = () => scheme(!document.documentElement.classList.contains("dark"));
  at("copy-link").onclick = () => copy(app, location.href, "Link");
  at("clear").onclick = () => { Object.assign(state, { selected: null, from: null, to: null, size: "", kinds: new Set(), stances: new Set() }); location.hash = ""; app.filtered(); };
  at("counts").textContent = `${graph.list.length.toLocaleString("en")} items \u00b7 ${graph.edges.length.toLocaleString("en")} links`;
  window.addEventListener("hashchange", follow);
  refresh();
  app.map.fit();
  arrive();

  /** For tests and for the curious: where an item stands on the screen, and what a file would hold. */
  window.intlkg = {
    position: (id) => {
      const box = at("map").getBoundingClientRect();
      const place = app.map.place(id);
      return { x: box.left + place.x, y: box.top + place.y };
    },
    visible: (id) => app.map.shown().some((node) => node.id === id),
    selected: () => state.selected,
    labels: () => app.map.labels().map(({ text, box, face }) => ({ text, box, face })),
    file: (ending) => files.content(ending),
  };
}

start();
