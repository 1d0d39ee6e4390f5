// Duplicate groups: filter, sort, open.
(() => {
  const table = document.getElementById("groups");
  const source = document.getElementById("groups-data");
  if (!table || !source) return;

  const PAGE = 100;
  const FIELDS = 9;
  const KINDS = ["exact", "renamed", "near", "semantic", "file"];
  const data = JSON.parse(source.textContent);
  source.remove();
  const text = index => data.texts[index];
  const member = (flat, at) => ({
    repository: text(flat[at]), path: text(flat[at + 1]), language: text(flat[at + 2]), name: text(flat[at + 3]),
    start: flat[at + 4], end: flat[at + 5], tokens: flat[at + 6], code: flat[at + 7], fresh: flat[at + 8] === 1,
  });
  const groups = data.groups.map(([id, kind, measure, similarity, repeated, members, cross, reason, flat, change, section]) => {
    const languages = new Map();
    for (let at = 2; at < flat.length; at += FIELDS) languages.set(text(flat[at]), (languages.get(text(flat[at])) ?? 0) + 1);
    return {
      id, kind: text(kind), measure: text(measure), similarity, repeated, members, cross: cross === 1, reason: text(reason), change: text(change), section: data.sections[section], hidden: data.hidden.includes(section), flat,
      name: text(flat[3]), language: [...languages].sort((a, b) => b[1] - a[1]).map(pair => pair[0]).join(", "), languages,
      all() { const list = []; for (let at = 0; at < flat.length; at += FIELDS) list.push(member(flat, at)); return list; },
      has(offset, value) { for (let at = offset; at < flat.length; at += FIELDS) if (text(flat[at]) === value) return true; return false; },
      matches(words) {
        for (let at = 0; at < flat.length; at += FIELDS) {
          const place = `${text(flat[at])}/${text(flat[at + 1])} ${text(flat[at + 3])}`.toLowerCase();
          if (words.every(word => place.includes(word))) return true;
        }
        return false;
      },
    };
  });
  const place = m => `${m.repository}/${m.path}:${m.start}`;

  // Lines are matched by their longest common subsequence, ignoring layout.
  const align = (left, right) => {
    const a = left.map(line => line.replace(/\s+/g, " ").trim());
    const b = right.map(line => line.replace(/\s+/g, " ").trim());
    const width = b.length + 1;
    const longest = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        longest[i * width + j] = a[i] === b[j] ? longest[(i + 1) * width + j + 1] + 1 : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
      }
    }
    const rows = [];
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { rows.push([i++, j++, true]); continue; }
      const [olds, news] = [[], []];
      while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
        if (j >= b.length || (i < a.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) olds.push(i++); else news.push(j++);
      }
      for (let k = 0; k < Math.max(olds.length, news.length); k++) rows.push([olds[k] ?? -1, news[k] ?? -1, false]);
    }
    return rows;
  };
  // Within a changed line, the difference is between the common prefix and the common suffix.
  const marked = (line, other) => {
    if (other === undefined) return [line];
    const most = Math.min(line.length, other.length);
    let start = 0;
    while (start < most && line[start] === other[start]) start++;
    let end = 0;
    while (end < most - start && line[line.length - 1 - end] === other[other.length - 1 - end]) end++;
    const middle = line.slice(start, line.length - end);
    return middle ? [line.slice(0, start), make("mark", {}, middle), line.slice(line.length - end)] : [line];
  };
  const diff = (kept, chosen) => {
    const [left, right] = [data.codes[kept.code].split("\n"), data.codes[chosen.code].split("\n")];
    const body = make("tbody");
    let changed = 0;
    for (const [i, j, equal] of align(left, right)) {
      if (!equal) changed++;
      const [a, b] = [left[i], right[j]];
      body.append(make("tr", {},
        make("td", { class: "ln" }, i < 0 ? "" : String(kept.start + i)),
        make("td", { class: equal ? "code" : i < 0 ? "code" : "code old" }, ...(i < 0 ? [""] : equal ? [a] : marked(a, b))),
        make("td", { class: "ln" }, j < 0 ? "" : String(chosen.start + j)),
        make("td", { class: equal ? "code" : j < 0 ? "code" : "code new" }, ...(j < 0 ? [""] : equal ? [b] : marked(b, a)))));
    }
    const cut = [[kept, left], [chosen, right]].some(([m, lines]) => lines.length < m.end - m.start + 1);
    const note = (changed ? `${number.format(changed)} of ${number.format(body.rows.length)} lines differ` : "No line differs") + (cut ? "; long code is cut" : "");
    return make("div", {},
      make("p", { class: "facts" }, note),
      make("div", { class: "diff", tabindex: "0", role: "region", "aria-label": "Code side by side" },
        make("table", {},
          make("colgroup", {}, make("col", { class: "ln" }), make("col"), make("col", { class: "ln" }), make("col")),
          make("thead", {}, make("tr", {}, make("th", { colspan: "2", scope: "col" }, place(kept)), make("th", { colspan: "2", scope: "col" }, place(chosen)))),
          body)));
  };

  const detail = group => {
    const cell = make("td", { colspan: "7" });
    const members = group.all();
    const kept = members[0];
    const measure = group.measure === "hash" ? "" : `, ${group.measure} ${group.similarity} or more`;
    cell.append(make("p", { class: "facts" }, `Group ${group.id}, ${group.kind}${measure}${group.change ? `, ${group.change}` : ""}. Kept${group.reason ? `: ${group.reason}` : ""}.`));
    const list = make("ul", { class: "members" });
    const code = make("div");
    const show = m => code.replaceChildren(diff(kept, m));
    let first = null;
    members.forEach((m, index) => {
      const lines = `lines ${number.format(m.start)} to ${number.format(m.end)}, ${number.format(m.tokens)} tokens, ${m.language}`;
      const item = make("li");
      if (index > 0 && m.code >= 0 && kept.code >= 0) {
        const radio = make("input", { type: "radio", name: `compare-${group.id}` });
        radio.addEventListener("change", () => show(m));
        if (!first) { first = m; radio.checked = true; }
        item.append(make("label", {}, radio, make("span", { class: "path" }, place(m))));
      } else {
        item.append(make("span", { class: "path" }, place(m)));
      }
      item.append(make("span", { class: "tag" }, index === 0 ? `representative, ${lines}` : m.fresh ? `new, ${lines}` : lines));
      list.append(item);
    });
    if (group.members > members.length) list.append(make("li", { class: "tag" }, `and ${number.format(group.members - members.length)} more`));
    cell.append(list, code);
    if (first) show(first); else code.append(make("p", { class: "facts" }, "The code of this group is not part of the page."));
    return make("tr", { class: "detail", id: `detail-${group.id}` }, cell);
  };

  const row = group => {
    const kept = member(group.flat, 0);
    const button = make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-controls": `detail-${group.id}` },
      make("span", {}, make("code", {}, group.name), make("span", { class: "path" }, place(kept))));
    const line = make("tr", {},
      make("td", { class: "name" }, button),
      make("td", {}, make("span", { class: `kind k${KINDS.indexOf(group.kind)}` }, group.kind), group.change ? ` ${group.change}` : ""),
      make("td", {}, group.section),
      make("td", {}, group.language),
      make("td", { class: "n" }, number.format(group.members)),
      make("td", { class: "n" }, number.format(group.repeated)),
      make("td", { class: "n" }, (Math.floor(group.similarity * 100 + 1e-9) / 100).toFixed(2)));
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
      if (open) line.nextElementSibling.remove(); else line.after(detail(group));
    });
    return line;
  };

  const filters = document.getElementById("filters");
  const choice = (label, values) => {
    const select = make("select", {}, make("option", { value: "" }, "All"), ...values.map(value => make("option", { value }, value)));
    filters.append(make("label", {}, label, select));
    return select;
  };
  const field = (label, attributes) => {
    const input = make("input", attributes);
    filters.append(make("label", {}, label, input));
    return input;
  };
  const distinct = offset => [...new Set(groups.flatMap(group => { const found = []; for (let at = offset; at < group.flat.length; at += FIELDS) found.push(text(group.flat[at])); return found; }))].sort();
  const search = field("Name or path", { type: "search", id: "f-text", placeholder: "words" });
  const kind = choice("Kind", KINDS.filter(name => groups.some(group => group.kind === name)));
  kind.id = "f-kind";
  const section = choice("Section", data.sections.filter(name => groups.some(group => group.section === name)));
  section.id = "f-section";
  if (groups.some(group => group.hidden)) {
    const shown = data.sections.filter((_, index) => data.hidden.includes(index)).join(", ");
    section.prepend(make("option", { value: "listed", selected: "" }, `All but ${shown}`));
  }
  const language = choice("Language", distinct(2));
  language.id = "f-language";
  const repository = choice("Repository", distinct(0));
  repository.id = "f-repository";
  const repeated = field("Repeated tokens from", { type: "number", id: "f-repeated", min: "0", step: "10" });
  const similarity = field("Similarity from", { type: "number", id: "f-similarity", min: "0", max: "1", step: "0.05" });
  const cross = make("input", { type: "checkbox", id: "f-cross" });
  filters.append(make("label", { class: "check" }, cross, "Across languages"));
  const reset = make("button", { type: "button", id: "f-reset" }, "Reset");
  filters.append(reset);
  filters.hidden = false;

  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const body = table.tBodies[0];
  let shown = groups;
  let next = 0;
  let [key, direction] = ["repeated", -1];
  const showMore = () => {
    body.append(...shown.slice(next, next + PAGE).map(row));
    next = Math.min(shown.length, next + PAGE);
    more.hidden = next >= shown.length;
    more.textContent = `Show ${number.format(Math.min(PAGE, shown.length - next))} more`;
    count.textContent = `${number.format(shown.length)} of ${number.format(groups.length)} groups match, ${number.format(next)} shown`;
  };
  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const [least, lowest] = [Number(repeated.value), Number(similarity.value)];
    shown = groups.filter(group =>
      (!kind.value || group.kind === kind.value)
      && (section.value === "listed" ? !group.hidden : !section.value || group.section === section.value)
      && (!language.value || group.languages.has(language.value))
      && (!repository.value || group.has(0, repository.value))
      && (!cross.checked || group.cross)
      && group.repeated >= least && group.similarity >= lowest
      && (!words.length || group.matches(words)));
    if (key !== "repeated" || direction !== -1) shown.sort((a, b) => direction * compare(a[key], b[key]) || b.repeated - a.repeated);
    body.replaceChildren();
    next = 0;
    showMore();
  };
  makeSortable(table, (_, way, head) => { [key, direction] = [head.dataset.key, way]; update(); });
  filters.addEventListener("input", update);
  reset.addEventListener("click", () => {
    for (const control of filters.querySelectorAll("input, select")) { control.value = ""; control.checked = false; }
    if (section.options[0].value === "listed") section.value = "listed";
    update();
  });
  more.addEventListener("click", showMore);
  update();
})();
