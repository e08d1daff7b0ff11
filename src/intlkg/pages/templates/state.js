// What is looked at, and what is filtered out. The address holds all of it, so links, back and forward work.

function makeState(graph) {
  const state = { selected: null, kinds: new Set(), stances: new Set(), from: null, to: null, table: false, size: "", pins: [] };

  function read() {
    const [id, query] = location.hash.slice(1).split("?");
    const given = new URLSearchParams(query || "");
    const wanted = decodeURIComponent(id);
    const many = (name) => (given.get(name) || "").split(",").filter(Boolean);
    const number = (name) => /^\d{1,4}$/.test(given.get(name) || "") ? Number(given.get(name)) : null;
    state.selected = graph.nodes.has(wanted) ? wanted : null;
    state.kinds = new Set(many("hide").filter((kind) => graph.kinds.has(kind)));
    state.stances = new Set(many("without"));
    state.from = number("from");
    state.to = number("to");
    state.table = given.get("view") === "table";
    state.size = graph.data.measures.includes(given.get("size")) ? given.get("size") : "";
    state.pins = many("pins").map(decodeURIComponent).filter((pin) => graph.nodes.has(pin));
  }

  function address() {
    const query = new URLSearchParams();
    if (state.kinds.size) query.set("hide", [...state.kinds].join(","));
    if (state.stances.size) query.set("without", [...state.stances].join(","));
    if (state.from !== null) query.set("from", state.from);
    if (state.to !== null) query.set("to", state.to);
    if (state.table) query.set("view", "table");
    if (state.size) query.set("size", state.size);
    if (state.pins.length) query.set("pins", state.pins.map(encodeURIComponent).join(","));
    const text = query.toString();
    return `#${state.selected ? encodeURIComponent(state.selected) : ""}${text ? `?${text}` : ""}`;
  }

  const inYears = (node) => !graph.look(node.id).dated || !node.year ||
    ((state.from === null || node.year >= state.from) && (state.to === null || node.year <= state.to));

  /** Whether a link may be seen; what it links may be filtered out all the same. */
  const linked = (edge) => !state.stances.has(edge.stance);

  function seen(node) {
    if (state.kinds.has(node.kind) || !inYears(node)) return false;
    if (!state.stances.size) return true;
    const sides = graph.out(node.id).filter((edge) => edge.stance);
    return !sides.length || sides.some(linked);
  }

  /** Whether the stance of somebody is shown, whose item may be in another network. */
  const heard = (stance, node) => !state.stances.has(stance)
    && (!node || (!state.kinds.has(node.kind) && inYears(node)));

  return Object.assign(state, { read, address, seen, linked, heard });
}
