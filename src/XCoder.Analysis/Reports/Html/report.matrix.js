// Concepts by language: a heat map that holds only the rows in view.
(() => {
  const source = document.getElementById("matrix-data");
  const table = document.getElementById("matrix");
  if (!source || !table) return;

  const SPARE = 8;
  const SHADES = 6;
  const SNIPPET = 7;
  const data = JSON.parse(source.textContent);
  source.remove();
  const languages = data.languages;
  const columns = languages.length + 3;
  const codeOf = unpacker(data.code);
  const text = index => data.texts[index];
  const rows = data.rows.map(([id, label, words, flat, snippets], order) => {
    const cells = new Map();
    let all = 0;
    for (let at = 0; at < flat.length; at += 4) {
      cells.set(flat[at], { snippets: flat[at + 1], documented: flat[at + 2], tested: flat[at + 3] });
      all += flat[at + 1];
    }
    return { id, order, label: text(label), words: text(words), cells, all, snippets, low: `${text(label)} ${text(words)} ${id}`.toLowerCase() };
  });

  const controls = document.getElementById("matrix-controls");
  const search = make("input", { type: "search", id: "matrix-search", placeholder: "label or words" });
  const least = make("input", { type: "number", id: "matrix-least", min: "1", max: String(languages.length) });
  const missing = make("select", { id: "matrix-missing" }, make("option", { value: "" }, "Any"), ...languages.map((title, i) => make("option", { value: String(i) }, title)));
  const size = make("select", { id: "matrix-size" }, make("option", { value: "z0" }, "Compact"), make("option", { value: "z1", selected: true }, "Normal"), make("option", { value: "z2" }, "Large"));
  controls.append(make("label", {}, "Concept", search), make("label", {}, "Languages from", least), make("label", {}, "Missing in", missing), make("label", {}, "Rows", size));
  controls.hidden = false;
  const status = document.getElementById("matrix-count");
  const frame = table.parentElement;
  const body = table.tBodies[0];
  table.setAttribute("role", "grid");

  let shown = rows;
  let [key, direction] = [-1, 1];
  let height = 30;
  let open = null;
  let openHeight = 0;
  let active = [0, 0];
  let drawn = [-1, -1];

  const value = (row, column) => column === 0 ? row.label : column === 1 ? row.cells.size : column === 2 ? row.all : row.cells.get(column - 3)?.snippets ?? 0;
  const openAt = () => open ? shown.indexOf(open.row) : -1;
  const spacer = pixels => {
    const cell = make("td", { colspan: String(columns) });
    cell.style.height = `${Math.max(0, pixels)}px`;
    return make("tr", { class: "space", "aria-hidden": "true" }, cell);
  };
  const shade = count => Math.min(SHADES, 32 - Math.clz32(count));

  const shot = (row, at) => {
    const [, kind, path, name, start, end, code] = row.snippets.slice(at, at + SNIPPET);
    return make("div", { class: "shot" },
      make("code", {}, text(name)),
      make("div", { class: "path" }, `${text(path)}:${start}`),
      make("div", { class: "facts" }, `${text(kind)}, lines ${number.format(start)} to ${number.format(end)} `, places.of(text(path), start, end)),
      codeBlock(codeOf, code, { tabindex: "0" }));
  };
  const panel = (row, column) => {
    const cell = row.cells.get(column - 3);
    const title = column < 3 ? `${row.label}: ${number.format(row.all)} functions in ${number.format(row.cells.size)} languages` :
      `${row.label}, ${languages[column - 3]}: ${cell ? `${number.format(cell.snippets)} functions, ${number.format(cell.documented)} documented, ${number.format(cell.tested)} tested` : "none"}`;
    const shots = make("div", { class: "shots" });
    const seen = new Set();
    for (let at = 0; at < row.snippets.length; at += SNIPPET) {
      const own = row.snippets[at];
      const isWanted = column < 3 ? own < 0 || !seen.has(own) : own === column - 3;
      seen.add(own);
      const place = `${row.snippets[at + 2]}:${row.snippets[at + 4]}`;
      if (isWanted && !seen.has(place)) shots.append(shot(row, at));
      if (isWanted) seen.add(place);
    }
    const close = make("button", { type: "button" }, "Close");
    close.addEventListener("click", () => { toggle(row, column); focus(); });
    return make("tr", { class: "matrix-detail" }, make("td", { colspan: String(columns) }, make("div", { class: "panel", role: "region", "aria-label": title },
      close, make("strong", {}, title), make("p", { class: "facts" }, `${row.words ? `Words: ${row.words}. ` : ""}Concept ${row.id}.`),
      shots.children.length ? shots : make("p", { class: "facts" }, cell ? "No snippet of this cell is part of the page." : "This language has no function of this concept."))));
  };

  const line = (row, index) => {
    const isOpen = column => open?.row === row && open.column === column;
    const cells = [];
    const cell = (column, tag, attributes, ...children) => {
      const isActive = active[0] === index && active[1] === column;
      cells.push(make(tag, { ...attributes, "data-cell": String(column), tabindex: isActive ? "0" : "-1", "aria-expanded": isOpen(column) ? "true" : null }, ...children));
    };
    cell(0, "th", { scope: "row", title: `${row.label}: ${row.words}` }, make("strong", {}, row.label), make("span", {}, row.words));
    cell(1, "td", { class: "n" }, number.format(row.cells.size));
    cell(2, "td", { class: "n" }, number.format(row.all));
    languages.forEach((title, i) => {
      const found = row.cells.get(i);
      if (!found) { cell(i + 3, "td", { "aria-label": `${title}: none` }); return; }
      const about = `${title}: ${found.snippets}, documented ${found.documented}, tested ${found.tested}`;
      cell(i + 3, "td", { class: `h${shade(found.snippets)}${found.documented ? " doc" : ""}${found.tested ? " tst" : ""}`, title: about, "aria-label": about }, number.format(found.snippets));
    });
    return make("tr", { "aria-rowindex": String(index + 2), "data-row": String(index) }, ...cells);
  };

  const focus = () => body.querySelector(`tr[data-row="${active[0]}"] [data-cell="${active[1]}"]`)?.focus({ preventScroll: true });
  const render = force => {
    const at = openAt();
    const head = table.tHead.offsetHeight + (table.caption?.offsetHeight ?? 0);
    const rowOf = pixels => at < 0 || pixels < (at + 1) * height ? Math.floor(pixels / height) : Math.max(at, Math.floor((pixels - openHeight) / height));
    const first = Math.max(0, Math.min(shown.length - 1, rowOf(Math.max(0, frame.scrollTop))) - SPARE);
    const last = Math.min(shown.length, rowOf(frame.scrollTop + frame.clientHeight - Math.min(head, frame.clientHeight) + head) + SPARE + 1);
    if (!force && first === drawn[0] && last === drawn[1]) return;
    drawn = [first, last];
    const hadFocus = body.contains(document.activeElement) && document.activeElement.dataset.cell !== undefined;
    const lines = [];
    for (let i = first; i < last; i++) {
      lines.push(line(shown[i], i));
      if (i === at) lines.push(open.panel);
    }
    const isInView = at >= first && at < last;
    const above = first * height + (at >= 0 && at < first ? openHeight : 0);
    const below = (shown.length - last) * height + (at >= last ? openHeight : 0);
    body.replaceChildren(spacer(above), ...lines, spacer(below));
    table.setAttribute("aria-rowcount", String(shown.length + 1));
    if (isInView) openHeight = open.panel.offsetHeight;
    if (hadFocus) { focus(); if (!body.contains(document.activeElement)) frame.focus({ preventScroll: true }); }
  };
  const measure = () => {
    drawn = [-1, -1];
    render(true);
    const one = body.querySelector("tr[data-row]");
    if (one && one.offsetHeight && one.offsetHeight !== height) { height = one.offsetHeight; render(true); }
  };
  const toggle = (row, column) => {
    open = open?.row === row && open.column === column ? null : { row, column, panel: panel(row, column) };
    openHeight = 0;
    render(true);
  };
  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const from = Number(least.value);
    const without = missing.value === "" ? -1 : Number(missing.value);
    shown = rows.filter(row => row.cells.size >= from && (without < 0 || !row.cells.has(without)) && words.every(word => row.low.includes(word)));
    if (key >= 0) shown.sort((a, b) => direction * compare(value(a, key), value(b, key)) || a.order - b.order);
    if (openAt() < 0) open = null;
    active = [0, active[1]];
    frame.scrollTop = 0;
    status.textContent = `${number.format(shown.length)} of ${number.format(rows.length)} concepts match`;
    render(true);
  };

  const reveal = () => {
    const at = openAt();
    const y = active[0] * height + (at >= 0 && active[0] > at ? openHeight : 0);
    const head = table.tHead.offsetHeight;
    const caption = table.caption?.offsetHeight ?? 0;
    const room = frame.clientHeight - head - height;
    if (y + caption < frame.scrollTop) frame.scrollTop = y + caption;
    else if (y + caption > frame.scrollTop + room) frame.scrollTop = y + caption - room;
    render(true);
    focus();
    const cell = document.activeElement;
    if (active[1] > 0 && cell?.dataset.cell !== undefined) {
      const [box, outer, sticky] = [cell.getBoundingClientRect(), frame.getBoundingClientRect(), table.tHead.rows[0].cells[0].offsetWidth];
      if (box.left < outer.left + sticky) frame.scrollLeft -= outer.left + sticky - box.left;
      else if (box.right > outer.right) frame.scrollLeft += box.right - outer.right + 18;
    }
  };
  const cellOf = event => {
    const cell = event.target.closest?.("[data-cell]");
    return cell ? [Number(cell.parentElement.dataset.row), Number(cell.dataset.cell)] : null;
  };
  body.addEventListener("click", event => {
    const cell = cellOf(event);
    if (!cell) return;
    active = cell;
    toggle(shown[cell[0]], cell[1]);
    focus();
  });
  frame.tabIndex = -1;
  frame.addEventListener("keydown", event => {
    const cell = cellOf(event) ?? (event.target === frame ? active : null);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = cell;
    const page = Math.max(1, Math.floor(frame.clientHeight / height) - 4);
    const targets = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      PageUp: [row - page, column], PageDown: [row + page, column], Home: [row, 0], End: [row, columns - 1],
    };
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); active = cell; toggle(shown[row], column); focus(); return; }
    if (event.key === "Escape" && open) { event.preventDefault(); toggle(open.row, open.column); focus(); return; }
    if (!targets[event.key]) return;
    event.preventDefault();
    active = [Math.max(0, Math.min(shown.length - 1, targets[event.key][0])), Math.max(0, Math.min(columns - 1, targets[event.key][1]))];
    reveal();
  });
  let pending = false;
  frame.addEventListener("scroll", () => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => { pending = false; render(false); });
  });
  makeSortable(table, (column, way) => { [key, direction] = [column, way]; update(); });
  controls.addEventListener("input", event => {
    if (event.target !== size) { update(); return; }
    table.className = size.value;
    measure();
    reveal();
  });
  new ResizeObserver(() => render(true)).observe(frame);
  update();
  measure();
})();
