// Search over labels, words and facts, by mouse or keyboard.

function makeSearch(app) {
  const { graph } = app;
  const field = at("search");
  const results = at("results");
  let haystack = null;

  const texts = () => {
    haystack = haystack || graph.list.map((node) => [node, fold([node.label, node.text, ...node.facts.map(([, value]) => value), ...graph.out(node.id).map((edge) => edge.text)].join(" "))]);
    return haystack;
  };

  function search() {
    const wanted = fold(field.value.trim());
    results.replaceChildren();
    results.hidden = !wanted;
    if (!wanted) return;
    const found = texts().filter(([, text]) => text.includes(wanted)).map(([node]) => node);
    const first = (node) => (fold(node.label).startsWith(wanted) ? 0 : fold(node.label).includes(wanted) ? 1 : fold(node.text).includes(wanted) ? 2 : 3);
    found.sort((a, b) => first(a) - first(b));
    results.append(...found.slice(0, 50).map((node) => make("li", {}, pick(app, node.id))));
    if (!found.length) results.append(make("li", { class: "none" }, "Nothing found"));
    if (found.length > 50) results.append(make("li", { class: "none" }, `${found.length - 50} more: type more letters`));
    app.say(`${found.length} found`);
  }

  function close() {
    results.hidden = true;
  }

  function steer(event) {
    const buttons = [...results.querySelectorAll("button")];
    const here = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { close(); field.focus(); }
    else if (event.key === "Enter" && here < 0 && buttons.length) { buttons[0].click(); event.preventDefault(); }
    else if (step && buttons.length) {
      (here + step < 0 ? field : buttons[Math.min(here + step, buttons.length - 1)]).focus();
      event.preventDefault();
    }
  }

  field.oninput = search;
  field.onfocus = () => { if (field.value.trim()) search(); };
  document.querySelector(".search").onkeydown = steer;
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { field.focus(); event.preventDefault(); }
  });
  return { close };
}
