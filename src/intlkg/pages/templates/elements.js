// Building elements: text only, never HTML.

const at = (id) => document.getElementById(id);

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name === "class") element.className = value;
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function mark(app, kind) {
  const { css, sign } = app.graph.kinds.get(kind);
  return make("span", { class: `mark ${css}`, ariaHidden: "true" }, sign);
}

function sided(app, stance) {
  const { sign } = app.graph.stances.get(stance) || { sign: "" };
  return stance ? make("span", { class: `stance ${stance}` }, `${sign} ${stance} `) : null;
}

const small = (text) => text ? make("span", { class: "who" }, text) : null;

const noted = (node) => node.note ? `${node.label} (${node.note})` : node.label;

/** What a link says itself: its words, of which kind they are and where they stand. */
function said(link) {
  if (!link) return [];
  const words = link.text ? make("span", { class: "said" }, link.text) : null;
  return [words, small(link.facts.map(([, value]) => value).join(" \u00b7 "))];
}

/** A button that goes to an item; with a link, its stance and its own words too. */
function pick(app, id, link, role) {
  const { graph } = app;
  const node = graph.nodes.get(id);
  const stance = sided(app, link ? link.stance : "");
  const name = graph.look(id).spoken ? graph.words(node) : noted(node);
  const named = graph.look(id).topic ? [name, " ", stance] : [stance, name];
  const button = make("button", { type: "button", class: link ? link.stance : "", onclick: () => app.go(id) },
    mark(app, node.kind), ...named, small(role), small(node.by), ...said(link));
  button.dataset.id = id;
  return button;
}

/** Whoever takes a stance on a theme or proposition, as Python lists them. */
function who(app, node, row) {
  const [name, voice, stance, role] = node.who[row];
  const place = app.graph.list[node.who_at[row]];
  const seen = { note: (place || {}).note, label: name };
  const face = place
    ? make("button", { type: "button", class: stance, onclick: () => app.go(place.id) },
      mark(app, place.kind), sided(app, stance), noted(seen), small(voice))
    : make("p", {}, sided(app, stance), name, small(voice));
  const item = make("li", {}, face);
  Object.assign(item.dataset, { who: name, voice, stance, role });
  item.hidden = !app.state.heard(stance, place);
  return item;
}

function facts(pairs) {
  return make("dl", {}, ...pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

const action = (label, onclick) => make("button", { type: "button", onclick }, label);

async function copy(app, text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { value: text, class: "unseen" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  app.say(`${what} copied`);
}
