// Search as you type: the server makes the results; an answer that was overtaken is given up.
(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const box = form.elements.q;
  const results = document.getElementById("results");
  const WAIT = 150;
  let timer = 0;
  let running = null;

  const ask = async () => {
    const values = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    running?.abort();
    running = new AbortController();
    const own = running;
    results.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`/results?${values}`, { signal: own.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      results.replaceChildren(...page.body.childNodes);
      history.replaceState(null, "", values.size ? `/?${values}` : "/");
    } catch (error) {
      if (error.name !== "AbortError") results.replaceChildren(make("p", { class: "alert", role: "alert" }, "The server does not answer. Is it still running?"));
    } finally {
      if (running === own) results.removeAttribute("aria-busy");
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); };
  const now = () => { clearTimeout(timer); ask(); };

  form.addEventListener("input", event => event.target === box ? soon() : now());
  form.addEventListener("submit", event => { event.preventDefault(); now(); });
  // Enter searches; a line break needs Shift.
  box.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); now(); }
  });
  if (!box.value) box.focus();

  // Arrows go through the results, / comes back to the question.
  document.addEventListener("keydown", event => {
    const links = [...results.querySelectorAll(".hits li > a:first-child")];
    const at = links.indexOf(document.activeElement);
    const isLast = box.selectionStart === box.value.length;
    if (event.key === "ArrowDown" && (at >= 0 || (document.activeElement === box && isLast))) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? box).focus();
    } else if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
})();

// Two snippets beside each other become a comparison by lines.
(() => {
  const pair = document.getElementById("compare");
  if (!pair || !("compared" in pair.dataset)) return;
  const read = figure => {
    const lines = figure.querySelector("pre.code")?.textContent.split("\n") ?? [];
    const place = figure.dataset.place;
    const start = Number(figure.dataset.start);
    const at = place.indexOf("/");
    return [{ repository: place.slice(0, at), path: place.slice(at + 1).replace(/:\d+-\d+$/, ""), start, end: start + lines.length - 1 }, lines];
  };
  const [[kept, left], [chosen, right]] = [...pair.querySelectorAll("figure")].map(read);
  const MOST = 4000000;
  if (left.length * right.length > MOST) return;
  const captions = [...pair.querySelectorAll("figcaption")];
  const heads = make("div", { class: "pair" }, ...captions.map(caption => make("figure", {}, caption)));
  const box = make("div", { id: "compare" }, heads, sideBySide(kept, chosen, left, right, true));
  pair.replaceWith(box);
})();

// The filters of the duplicates apply at once, and the address keeps only those that are set.
for (const form of document.querySelectorAll("form[action='/duplicates']")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  });
  form.addEventListener("change", event => { if (event.target.tagName === "SELECT") form.requestSubmit(); });
}
