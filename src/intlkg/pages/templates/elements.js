// Building elements: text only, never HTML.

const SIGN = { supports: "\u2713", disputes: "\u2717", mentions: "\u2022" };
const SHAPE = { hexagon: "\u2b22", square: "\u25a0", dot: "\u25cf", triangle: "\u25b2", diamond: "\u25c6", star: "\u2605" };

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

const mark = (app, kind) => make("span", { class: `mark ${kind}`, ariaHidden: "true" }, SHAPE[app.graph.kinds.get(kind).shape]);

const sided = (stance) => stance ? make("span", { class: `stance ${stance}` }, `${SIGN[stance] || ""} ${stance} `) : null;

/** A button that goes to an item; with a link, its stance and its own words too. */
function pick(app, id, link) {
  const node = app.graph.nodes.get(id);
  const stance = link ? link.stance : "";
  const who = node.kind === "statement" ? node.facts.filter(([name]) => name === "Said by").map(([, value]) => value) : [];
  const button = make("button", { type: "button", class: stance || "", onclick: () => app.go(id) },
    mark(app, node.kind), sided(stance), app.graph.words(node),
    link && link.text ? make("span", { class: "said" }, link.text) : null,
    link && link.text ? make("span", { class: "who" }, link.facts.map(([, value]) => value).join(", ")) : null,
    who.length ? make("span", { class: "who" }, who.join("; ")) : null);
  button.dataset.id = id;
  return button;
}

const facts = (pairs) => make("dl", {}, ...pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));

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
