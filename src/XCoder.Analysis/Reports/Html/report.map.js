// The map: points on a canvas, coloured, searched, moved and zoomed.
(() => {
  const source = document.getElementById("map-data");
  const view = document.getElementById("map-view");
  if (!source || !view) return;

  const data = JSON.parse(source.textContent);
  source.remove();
  const codeOf = unpacker(data.code);
  const bytes = base64 => bytesOf(base64).buffer;
  const count = data.count;
  const points = new Int16Array(bytes(data.places));
  const language = new Uint8Array(bytes(data.language));
  const [name, path, line, concept, code] = ["name", "path", "line", "concept", "codes"].map(column => new Int32Array(bytes(data[column])));
  const label = i => concept[i] < 0 ? "" : data.concepts[concept[i]];
  const place = i => `${data.texts[path[i]]}:${line[i]}`;

  const EXTENT = 54000; // range that contains most points

  // Points by cells of the plane, to find those under the pointer.
  const CELLS = 128;
  const cellOf = value => Math.min(CELLS - 1, Math.max(0, ((value + 32768) * CELLS) >> 16));
  const starts = new Int32Array(CELLS * CELLS + 1);
  const inCells = new Int32Array(count);
  const cell = i => cellOf(points[2 * i + 1]) * CELLS + cellOf(points[2 * i]);
  for (let i = 0; i < count; i++) starts[cell(i) + 1]++;
  for (let i = 0; i < CELLS * CELLS; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  for (let i = 0; i < count; i++) inCells[next[cell(i)]++] = i;

  const bar = make("div", { class: "controls" });
  const colour = make("select", { id: "map-colour" }, make("option", { value: "language" }, "Language"), data.concepts.length ? make("option", { value: "concept" }, "Concept") : "");
  const search = make("input", { type: "search", id: "map-search", placeholder: "name, path or concept" });
  const zoomIn = make("button", { type: "button", id: "map-in", "aria-label": "Zoom in" }, "+");
  const zoomOut = make("button", { type: "button", id: "map-out", "aria-label": "Zoom out" }, "\u2212");
  const whole = make("button", { type: "button", id: "map-whole" }, "Whole map");
  bar.append(make("label", {}, "Colour by", colour), make("label", {}, "Search", search), zoomIn, zoomOut, whole);
  const legend = make("div", { class: "map-legend", role: "group", "aria-label": "Languages shown" });
  const status = make("p", { class: "note", id: "map-count", role: "status", "aria-live": "polite" });
  const canvas = make("canvas", { id: "map-canvas", tabindex: "0", role: "application", "aria-label": "Map of snippets. Arrow keys move, plus and minus zoom, 0 shows all, Enter opens the snippet nearest to the middle, Escape closes it." });
  const tip = make("div", { class: "map-tip", hidden: true });
  const frame = make("div", { class: "map-frame" }, canvas, tip);
  const opened = make("div", { id: "map-open", "aria-live": "polite" });
  view.append(bar, legend, status, frame, make("p", { class: "note" }, "Drag to move; click the map, then use the wheel, or Ctrl and the wheel at once, to zoom. Keys: arrows, +, \u2212, 0, Enter, Escape."), opened);
  view.hidden = false;
  const context = canvas.getContext("2d");

  // Multiples of the golden angle give neighbours in the list very different hues.
  const isDark = () => getComputedStyle(root).colorScheme.includes("dark") && !getComputedStyle(root).colorScheme.includes("light");
  const shade = (number, dark) => `hsl(${(215 + number * 137.508) % 360} ${58 + (number * 7) % 5 * 6}% ${(dark ? 66 : 44) + (number % 3 - 1) * 7}%)`;

  // Filters: languages switched off in the legend vanish, and points that a search does not match are dimmed.
  const shownLanguage = new Uint8Array(data.languages.length).fill(1);
  const found = new Uint8Array(count).fill(1);
  const lowered = text => text.toLowerCase();
  let haystack = null;
  const find = () => {
    const words = lowered(search.value).split(/\s+/).filter(Boolean);
    if (!words.length) { found.fill(1); return; }
    haystack ??= { texts: data.texts.map(lowered), concepts: data.concepts.map(lowered) };
    for (let i = 0; i < count; i++) {
      const text = `${haystack.texts[name[i]]} ${haystack.texts[path[i]]} ${concept[i] < 0 ? "" : haystack.concepts[concept[i]]}`;
      found[i] = words.every(word => text.includes(word)) ? 1 : 0;
    }
  };
  const tell = () => {
    let [shown, matching] = [0, 0];
    for (let i = 0; i < count; i++) if (shownLanguage[language[i]]) { shown++; matching += found[i]; }
    status.textContent = search.value.trim() ? `${number.format(matching)} of ${number.format(shown)} points match` : `${number.format(shown)} points`;
  };

  // Points of one colour are drawn together.
  let order = null;
  let colours = [];
  const arrange = () => {
    const dark = isDark();
    const byConcept = colour.value === "concept";
    const key = i => byConcept ? concept[i] : language[i];
    order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => key(a) - key(b) || a - b);
    colours = [];
    for (let at = 0; at < count;) {
      const first = key(order[at]);
      let end = at;
      while (end < count && key(order[end]) === first) end++;
      colours.push([first < 0 ? (dark ? "#525c6b" : "#b9c1cd") : shade(first, dark), at, end]);
      at = end;
    }
    [...legend.children].forEach((button, i) => { button.firstChild.style.background = byConcept ? "" : shade(i, dark); });
  };

  // Screen = place × scale × size of the canvas + offset, in pixels; at scale 1 the whole map fills the canvas.
  let [scale, left, top] = [1, 0, 0];
  let [width, height, ratio] = [0, 0, 1];
  let open = -1;
  const across = () => scale * width / EXTENT;
  const down = () => scale * height / EXTENT;
  const fit = () => { [scale, left, top] = [1, width / 2, height / 2]; };
  let pending = false;
  const draw = () => {
    if (!pending) { pending = true; requestAnimationFrame(paint); }
  };
  const paint = () => {
    pending = false;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const size = Math.max(1.4, Math.min(7, 2.2 * Math.sqrt(scale)));
    const half = size / 2;
    const [sx, sy] = [across(), down()];
    for (const matching of [0, 1]) {
      context.globalAlpha = matching ? .85 : .12;
      for (const [fill, from, to] of colours) {
        context.fillStyle = fill;
        for (let at = from; at < to; at++) {
          const i = order[at];
          if (found[i] !== matching || !shownLanguage[language[i]]) continue;
          const x = points[2 * i] * sx + left;
          const y = points[2 * i + 1] * sy + top;
          if (x > -size && y > -size && x < width + size && y < height + size) context.fillRect(x - half, y - half, size, size);
        }
      }
    }
    context.globalAlpha = 1;
    context.strokeStyle = context.fillStyle = getComputedStyle(root).getPropertyValue("--text");
    context.lineWidth = 2;
    if (open >= 0) {
      context.beginPath();
      context.arc(points[2 * open] * sx + left, points[2 * open + 1] * sy + top, size + 4, 0, 7);
      context.stroke();
    }
    paintRegions(sx, sy);
    if (document.activeElement === canvas && canvas.matches(":focus-visible")) {
      context.fillRect(width / 2 - 7, height / 2 - .5, 14, 1);
      context.fillRect(width / 2 - .5, height / 2 - 7, 1, 14);
    }
  };
  // Regions: tiles whose size follows the zoom, each named by the words that most tell its snippets' names from those of all.
  const LEAST = 6;
  const wordsOf = text => new Set(text.match(/\p{Lu}?\p{Ll}{2,}|\p{Lu}{3,}(?!\p{Ll})|\p{Lo}{2,}/gu)?.map(word => word.toLowerCase()));
  let words = null;
  const allWords = () => {
    if (words) return words;
    const [byText, totals] = [new Map(), new Map()];
    for (let i = 0; i < count; i++) {
      if (!byText.has(name[i])) byText.set(name[i], wordsOf(data.texts[name[i]]));
      for (const word of byText.get(name[i])) totals.set(word, (totals.get(word) ?? 0) + 1);
    }
    return words = { byText, totals };
  };
  const levels = new Map();
  const regions = () => {
    const level = Math.max(0, Math.round(Math.log2(scale)));
    if (levels.has(level)) return levels.get(level);
    const { byText, totals } = allWords();
    const size = EXTENT / (6 * 2 ** level);
    const tiles = new Map();
    for (let i = 0; i < count; i++) {
      const key = Math.floor(points[2 * i] / size) * 4096 + Math.floor(points[2 * i + 1] / size);
      if (!tiles.has(key)) tiles.set(key, []);
      tiles.get(key).push(i);
    }
    const found = [];
    for (const members of tiles.values()) {
      if (members.length < LEAST) continue;
      const local = new Map();
      for (const i of members) for (const word of byText.get(name[i])) local.set(word, (local.get(word) ?? 0) + 1);
      const best = [...local].filter(pair => pair[1] >= Math.max(3, members.length / 12))
        .map(([word, here]) => [word, here * Math.log(here * count / (members.length * totals.get(word)))])
        .filter(pair => pair[1] > 0).sort((a, b) => b[1] - a[1]).slice(0, 2).map(pair => pair[0]);
      if (!best.length) continue;
      const named = members.filter(i => best.some(word => byText.get(name[i]).has(word)));
      const middle = axis => { const sorted = named.map(i => points[2 * i + axis]).sort((a, b) => a - b); return sorted[sorted.length >> 1]; };
      found.push({ text: best.join(" "), x: middle(0), y: middle(1), weight: named.length });
    }
    levels.set(level, found.sort((a, b) => b.weight - a.weight));
    return found;
  };
  const paintRegions = (sx, sy) => {
    const style = getComputedStyle(root);
    context.font = "600 12px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = style.getPropertyValue("--card");
    context.fillStyle = style.getPropertyValue("--text");
    const taken = [];
    for (const region of regions()) {
      const half = context.measureText(region.text).width / 2 + 6;
      const [x, y] = [region.x * sx + left, region.y * sy + top - 12];
      if (x < half || y < 10 || x > width - half || y > height - 10) continue;
      if (taken.some(other => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 20)) continue;
      taken.push({ x, y, half, text: region.text });
      context.strokeText(region.text, x, y);
      context.fillText(region.text, x, y);
    }
    canvas.setAttribute("aria-description", taken.length ? `Regions in view: ${taken.map(other => other.text).join(", ")}.` : "");
  };
  const resize = () => {
    const before = [width, height];
    [width, height, ratio] = [frame.clientWidth, frame.clientHeight, Math.min(2, devicePixelRatio || 1)];
    if (!width || !height) return;
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    if (!before[0]) fit(); else { left *= width / before[0]; top *= height / before[1]; }
    draw();
  };

  const nearest = (x, y, reach) => {
    const [sx, sy] = [across(), down()];
    const [px, py] = [(x - left) / sx, (y - top) / sy];
    let [best, least] = [-1, reach * reach];
    for (let row = cellOf(py - reach / sy); row <= cellOf(py + reach / sy); row++) {
      for (let column = cellOf(px - reach / sx); column <= cellOf(px + reach / sx); column++) {
        for (let at = starts[row * CELLS + column]; at < starts[row * CELLS + column + 1]; at++) {
          const i = inCells[at];
          if (!shownLanguage[language[i]] || !found[i]) continue;
          const distance = ((points[2 * i] - px) * sx) ** 2 + ((points[2 * i + 1] - py) * sy) ** 2;
          if (distance < least) [best, least] = [i, distance];
        }
      }
    }
    return best;
  };
  const describe = (i, then) => [
    make("strong", {}, data.texts[name[i]]),
    make("div", { class: "path" }, place(i)),
    make("div", { class: "facts" }, concept[i] < 0 ? data.languages[language[i]] : `${data.languages[language[i]]}, concept: ${label(i)}`),
    codeBlock(codeOf, code[i], {}, then),
  ];
  let [tipped, tipAt] = [-1, [0, 0]];
  const hideTip = () => { tip.hidden = true; };
  const placeTip = () => {
    const [x, y] = tipAt;
    tip.style.left = `${Math.max(4, Math.min(x + 14, width - tip.offsetWidth - 4))}px`;
    tip.style.top = `${y + 14 + tip.offsetHeight < height ? y + 14 : Math.max(4, y - 14 - tip.offsetHeight)}px`;
  };
  const showTip = (i, x, y) => {
    if (tipped !== i) tip.replaceChildren(...describe(i, placeTip));
    [tipped, tipAt, tip.hidden] = [i, [x, y], false];
    placeTip();
  };
  const openPoint = i => {
    open = i;
    hideTip();
    opened.replaceChildren();
    if (i >= 0) {
      const close = make("button", { type: "button" }, "Close");
      close.addEventListener("click", () => { openPoint(-1); canvas.focus(); });
      opened.append(make("div", { class: "card map-card" }, close, ...describe(i), places.of(data.texts[path[i]], line[i], line[i])));
    }
    draw();
  };
  const zoom = (factor, x = width / 2, y = height / 2) => {
    const now = Math.max(.5, Math.min(400, scale * factor));
    [left, top, scale] = [x - (x - left) * now / scale, y - (y - top) * now / scale, now];
    hideTip();
    draw();
  };
  const move = (x, y) => { left += x; top += y; hideTip(); draw(); };

  const at = event => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  const pointers = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 1) moved = 0;
  });
  canvas.addEventListener("pointermove", event => {
    const [x, y] = at(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      const i = nearest(x, y, 8);
      canvas.classList.toggle("over", i >= 0);
      if (i >= 0) showTip(i, x, y); else hideTip();
      return;
    }
    pointers.set(event.pointerId, [x, y]);
    moved += Math.hypot(x - before[0], y - before[1]);
    if (pointers.size === 1) { if (moved > 4) move(x - before[0], y - before[1]); return; }
    const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
    const [old, now] = [Math.hypot(before[0] - other[0], before[1] - other[1]), Math.hypot(x - other[0], y - other[1])];
    zoom(now / Math.max(1, old), (x + other[0]) / 2, (y + other[1]) / 2);
    move((x - before[0]) / 2, (y - before[1]) / 2);
  });
  const release = event => {
    if (!pointers.delete(event.pointerId) || event.type === "pointercancel" || moved > 4 || pointers.size) return;
    openPoint(nearest(...at(event), 10));
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", hideTip);

  // The wheel scrolls the page until the map has the focus.
  canvas.addEventListener("wheel", event => {
    if (document.activeElement !== canvas && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) * (event.ctrlKey ? .01 : .004)), ...at(event));
  }, { passive: false });
  canvas.addEventListener("keydown", event => {
    const keys = {
      ArrowLeft: () => move(60, 0), ArrowRight: () => move(-60, 0), ArrowUp: () => move(0, 60), ArrowDown: () => move(0, -60),
      "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), "0": () => { fit(); draw(); },
      Enter: () => openPoint(nearest(width / 2, height / 2, Math.max(width, height))), Escape: () => openPoint(-1),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  canvas.addEventListener("focus", draw);
  canvas.addEventListener("blur", draw);
  zoomIn.addEventListener("click", () => zoom(1.6));
  zoomOut.addEventListener("click", () => zoom(1 / 1.6));
  whole.addEventListener("click", () => { fit(); draw(); });
  colour.addEventListener("change", () => { arrange(); draw(); });
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    hideTip();
    waiting = setTimeout(() => { find(); tell(); draw(); }, 120);
  });

  const perLanguage = new Int32Array(data.languages.length);
  for (let i = 0; i < count; i++) perLanguage[language[i]]++;
  data.languages.forEach((title, i) => {
    const button = make("button", { type: "button", "aria-pressed": "true" }, make("span", { class: "swatch" }), `${title} ${number.format(perLanguage[i])}`);
    button.addEventListener("click", () => {
      shownLanguage[i] = shownLanguage[i] ? 0 : 1;
      button.setAttribute("aria-pressed", String(shownLanguage[i] === 1));
      if (open >= 0 && !shownLanguage[language[open]]) openPoint(-1);
      tell();
      draw();
    });
    legend.append(button);
  });
  const recolour = () => { arrange(); draw(); };
  new MutationObserver(recolour).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new ResizeObserver(resize).observe(frame);
  arrange();
  tell();
  resize();
})();
