// The theme list, the legend, the stances, the years: all of them filters, all of them buttons.

function makeFilters(app) {
  const { graph, state } = app;

  function drawThemes() {
    const groups = new Map();
    for (const node of graph.list) if (["theme", "theory"].includes(node.kind)) listed(groups, node.group || graph.kinds.get(node.kind).plural).push(node);
    const weight = new Map([...groups.values()].flat().map((node) => {
      const found = graph.evidence(node.id);
      return [node.id, graph.hasFindings ? found.supports.size + found.disputes.size : graph.degree(node.id)];
    }));
    for (const [group, themes] of groups) {
      const ordered = themes.sort((a, b) => weight.get(b.id) - weight.get(a.id)).slice(0, 100);
      at("themes").append(make("h2", {}, capital(group)), make("ul", {}, ...ordered.map((node) => make("li", {}, theme(node)))));
    }
    at("themes").hidden = groups.size === 0;
  }

  function theme(node) {
    const found = graph.evidence(node.id);
    const bar = make("span", { class: "bar", ariaHidden: "true" });
    for (const side of ["supports", "disputes", "cited"]) {
      const part = make("i", { class: side });
      part.style.flexGrow = String(found[side].size);
      bar.append(part);
    }
    const button = make("button", { type: "button", onclick: () => app.go(node.id), ariaPressed: "false" },
      node.label, make("span", { class: "tally" }, graph.about(node.id)), graph.hasFindings ? bar : null);
    button.dataset.id = node.id;
    return button;
  }

  function toggle(set, value, words) {
    if (!set.delete(value)) set.add(value);
    app.say(`${words} ${set.has(value) ? "hidden" : "shown"}`);
    app.filtered();
  }

  function drawLegend() {
    const stances = unique(graph.edges.map((edge) => edge.stance)).filter((stance) => SIGN[stance]);
    at("legend").append(
      ...graph.data.kinds.map(({ kind, plural, count }) => {
        const button = make("button", { type: "button", ariaPressed: "true", onclick: () => toggle(state.kinds, kind, plural) }, mark(app, kind), `${plural} ${count}`);
        button.dataset.kind = kind;
        return button;
      }),
      ...stances.map((stance) => {
        const button = make("button", { type: "button", ariaPressed: "true", onclick: () => toggle(state.stances, stance, stance) }, sided(stance));
        button.dataset.stance = stance;
        return button;
      }));
  }

  function drawYears() {
    const counts = new Map();
    for (const node of graph.list) if (node.kind === "source" && node.year) counts.set(node.year, (counts.get(node.year) || 0) + 1);
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
