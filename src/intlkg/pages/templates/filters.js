// The theme list, the legend, the stances, the years: all of them filters, all of them buttons.

function makeFilters(app) {
  const { graph, state } = app;

  function drawThemes() {
    const groups = new Map();
    for (const node of graph.list) {
      const { topic, plural } = graph.look(node.id);
      if (topic) listed(groups, node.group || plural).push(node);
    }
    for (const [group, themes] of groups) {
      const ordered = themes.sort((a, b) => weight(b) - weight(a)).slice(0, 100);
      at("themes").append(make("h2", {}, capital(group)), make("ul", {}, ...ordered.map((node) => make("li", {}, theme(node)))));
    }
    at("themes").hidden = groups.size === 0;
  }

  function theme(node) {
    const button = make("button", { type: "button", onclick: () => app.go(node.id), ariaPressed: "false" },
      node.label, make("span", { class: "tally" }, graph.about(node.id)), node.bar ? bar(node) : null);
    button.dataset.id = node.id;
    return button;
  }

  function bar(node) {
    return make("span", { class: "bar", ariaHidden: "true" }, ...graph.data.stances.map(({ stance }) => {
      const part = make("i", { class: stance });
      part.style.flexGrow = String(node.bar[stance] || 0);
      return part;
    }));
  }

  /** How many take a stance on a theme, or where nobody does how many links it has. */
  function weight(node) {
    const sum = Object.values(node.bar || {}).reduce((one, other) => one + other, 0);
    return sum || graph.degree(node.id) / 1e6;
  }

  function toggle(set, value, words) {
    if (!set.delete(value)) set.add(value);
    app.say(`${words} ${set.has(value) ? "hidden" : "shown"}`);
    app.filtered();
  }

  function drawLegend() {
    const taken = new Set(graph.edges.map((edge) => edge.stance));
    const stances = graph.data.stances.map(({ stance }) => stance).filter((stance) => taken.has(stance));
    at("legend").append(
      ...graph.data.kinds.map(({ kind, plural, count }) => {
        const onclick = () => toggle(state.kinds, kind, plural);
        const button = make("button", { type: "button", ariaPressed: "true", onclick },
          mark(app, kind), `${plural} ${count}`);
        button.dataset.kind = kind;
        return button;
      }),
      ...stances.map((stance) => {
        const onclick = () => toggle(state.stances, stance, stance);
        const button = make("button", { type: "button", ariaPressed: "true", onclick }, sided(app, stance));
        button.dataset.stance = stance;
        return button;
      }));
  }

  function drawYears() {
    const counts = new Map();
    const dated = graph.list.filter((node) => graph.look(node.id).dated && node.year);
    for (const { year } of dated) counts.set(year, (counts.get(year) || 0) + 1);
    at("years").hidden = counts.size < 2;
    if (counts.size < 2) return;
    const years = [...counts.keys()].sort((a, b) => a - b);
    const [first, last] = [years[0], years[years.length - 1]];
    const highest = Math.max(...counts.values());
    const bars = make("div", { class: "bars", role: "img", ariaLabel: `Sources by year, ${first} to ${last}; the most in one year: ${highest}` });
    for (let year = first; year <= last; year += 1) {
      const bar = make("i", { title: `${year}: ${counts.get(year) || 0}` });
      bar.style.height = `${Math.round(34 * (counts.get(year) || 0) / highest)}px`;
      bar.dataset.year = year;
      bars.append(bar);
    }
    const field = (name, label) => {
      const input = make("input", { type: "number", min: first, max: last, placeholder: String(name === "from" ? first : last), id: `year-${name}` });
      input.onchange = () => { state[name] = input.value ? Number(input.value) : null; app.say(`Sources ${label} ${input.value || "any year"}`); app.filtered(); };
      return make("label", {}, `${capital(label)} `, input);
    };
    at("years").append(make("h2", {}, "Year of source"), bars, make("div", { class: "range" }, field("from", "from"), field("to", "to")));
  }

  function drawSizes() {
    at("size").append(...graph.data.measures.map((name) => make("option", { value: name }, name)));
    at("size").parentElement.hidden = graph.data.measures.length === 0;
    at("size").onchange = () => { state.size = at("size").value; app.filtered(); };
  }

  /** Show on every filter what is set. */
  function refresh() {
    for (const button of at("themes").querySelectorAll("button")) button.ariaPressed = String(button.dataset.id === state.selected);
    for (const button of at("legend").querySelectorAll("button")) {
      button.ariaPressed = String(!(state.kinds.has(button.dataset.kind) || state.stances.has(button.dataset.stance)));
    }
    for (const name of ["from", "to"]) if (at(`year-${name}`)) at(`year-${name}`).value = state[name] === null ? "" : state[name];
    for (const bar of at("years").querySelectorAll("i")) {
      bar.className = (state.from !== null && bar.dataset.year < state.from) || (state.to !== null && bar.dataset.year > state.to) ? "out" : "";
    }
    at("size").value = state.size;
  }

  drawThemes();
  drawLegend();
  drawYears();
  drawSizes();
  return { refresh };
}
