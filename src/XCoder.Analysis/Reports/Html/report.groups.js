// Duplicate groups: filter, sort, open, and keep all that in the page's address.
(() => {
  const table = document.getElementById("groups");
  const source = document.getElementById("groups-data");
  if (!table || !source) return;

  const PAGE = 100;
  const FIELDS = 9;
  const [NEW, TEST] = [1, 2];
  const KINDS = ["exact", "renamed", "near", "semantic", "file"];
  const data = JSON.parse(source.textContent);
  source.remove();
  const codeOf = unpacker(data.code);
  const text = index => data.texts[index];
  const member = (flat, at) => ({
    repository: text(flat[at]), path: text(flat[at + 1]), language: text(flat[at + 2]), name: text(flat[at + 3]),
    start: flat[at + 4], end: flat[at + 5], tokens: flat[at + 6], code: flat[at + 7], flags: flat[at + 8],
  });
  const groups = data.groups.map(([id, kind, measure, similarity, repeated, members, cross, reason, flat, change, section, production, repositories]) => {
    const languages = new Map();
    for (let at = 2; at < flat.length; at += FIELDS) languages.set(text(flat[at]), (languages.get(text(flat[at])) ?? 0) + 1);
    return {
      id, kind: text(kind), measure: text(measure), similarity, repeated, members, cross: cross === 1, reason: text(reason), change: text(change),
      section: data.sections[section][1], sectionName: data.sections[section][0], hidden: data.hidden.includes(section), flat, production, repositories,
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

  const detail = group => {
    const members = group.all();
    const kept = members[0];
    const code = make("div");
    let wanted = null;
    const show = async m => {
      wanted = m;
      const isCompared = group.kind !== "semantic" || kept.language === m.language;
      let shown;
      try {
        const [left, right] = await Promise.all([codeOf(kept.code), codeOf(m.code)]);
        shown = sideBySide(kept, m, left.split("\n"), right.split("\n"), isCompared);
      } catch { shown = notUnpacked(); }
      if (wanted === m) code.replaceChildren(shown);
    };
    const list = make("ul", { class: "members" });
    members.forEach((m, index) => {
      const facts = [index === 0 && "representative", m.flags & NEW && "new", m.flags & TEST && "test", `lines ${number.format(m.start)} to ${number.format(m.end)}`, `${number.format(m.tokens)} tokens`, m.language];
      const path = make("span", { class: "path" }, place(m));
      const item = make("li");
      if (index > 0 && m.code >= 0 && kept.code >= 0) {
        const radio = make("input", { type: "radio", name: `compare-${group.id}` });
        radio.addEventListener("change", () => show(m));
        if (!wanted) { radio.checked = true; show(m); }
        item.append(make("label", {}, radio, path));
      } else {
        item.append(path);
      }
      item.append(make("span", { class: "tag" }, facts.filter(Boolean).join(", ")), places.actions(m.repository, m.path, m.start, m.end));
      list.append(item);
    });
    if (group.members > members.length) list.append(make("li", { class: "tag" }, `and ${number.format(group.members - members.length)} more`));
    if (!wanted) code.append(make("p", { class: "facts" }, group.kind === "file" ? "These files are equal." : "The code of this group is not part of the page."));
    const measure = group.measure === "hash" ? "" : `, ${group.measure} ${group.similarity} or more`;
    const facts = make("p", { class: "facts" }, `Group ${group.id}, ${group.kind}${measure}${group.change ? `, ${group.change}` : ""}. Kept${group.reason ? `: ${group.reason}` : ""}. `,
      make("a", { href: `#group=${group.id}` }, "Link to this group"));
    return make("tr", { class: "detail", id: `detail-${group.id}` }, make("td", { colspan: "7" }, facts, list, code));
  };

  const buttons = new Map();
  const row = group => {
    const kept = member(group.flat, 0);
    const button = make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-controls": `detail-${group.id}` },
      make("span", {}, make("code", {}, group.name), make("span", { class: "path" }, place(kept))));
    const line = make("tr", {},
      make("td", { class: "name" }, button),
      make("td", {}, make("span", { class: `kind k${KINDS.indexOf(group.kind)}` }, group.kind), group.change ? ` ${group.change}` : ""),
      make("td", {}, group.section),
      make("td", {}, group.language),
      make("td", { class: "n", "data-unit": "copies" }, number.format(group.members)),
      make("td", { class: "n", "data-unit": "repeated tokens" }, number.format(group.repeated)),
      make("td", { class: "n", "data-unit": "similarity" }, (Math.floor(group.similarity * 100 + 1e-9) / 100).toFixed(2)));
    button.addEventListener("click", () => {
      const isOpen = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!isOpen));
      if (isOpen) line.nextElementSibling.remove(); else line.after(detail(group));
      opened = isOpen ? "" : group.id;
      remember();
    });
    buttons.set(group.id, button);
    return line;
  };

  // Controls by their name in the page's address.
  const filters = document.getElementById("filters");
  const controls = {};
  const add = (name, label, control, isCheck = false) => {
    control.id = `f-${name}`;
    filters.append(isCheck ? make("label", { class: "check" }, control, label) : make("label", {}, label, control));
    return controls[name] = control;
  };
  const choice = (name, label, options, all = "All") => add(name, label,
    make("select", {}, make("option", { value: "" }, all), ...options.map(([value, title]) => make("option", { value }, title ?? value))));
  const field = (name, label, attributes) => add(name, label, make("input", attributes));
  const distinct = offset => [...new Set(groups.flatMap(group => group.all().map(m => offset ? m.language : m.repository)))].sort().map(value => [value]);
  const counted = value => groups.filter(group => group.sectionName === value).length;
  const search = field("text", "Name or path", { type: "search", placeholder: "words" });
  const kind = choice("kind", "Kind", KINDS.filter(name => groups.some(group => group.kind === name)).map(name => [name]));
  const section = choice("section", "Section", data.sections.filter(([name]) => counted(name)).map(([name, title]) => [name, `${title} (${number.format(counted(name))})`]));
  if (groups.some(group => group.hidden)) {
    const left = data.sections.filter((_, index) => data.hidden.includes(index)).map(pair => pair[1]).join(", ");
    section.prepend(make("option", { value: "listed", selected: "" }, `All but ${left}`));
  }
  const tests = choice("tests", "Code", [["production", "Copies in production"], ["mixed", "Production and tests"], ["only", "Tests only"]]);
  const where = choice("copies", "Copies", [["within", "In one repository"], ["across", "In several repositories"]], "Anywhere");
  const repository = choice("repository", "Repository", distinct(0));
  const language = choice("language", "Language", distinct(1));
  const repeated = field("repeated", "Repeated tokens from", { type: "number", min: "0", step: "10" });
  const similarity = field("similarity", "Similarity from", { type: "number", min: "0", max: "1", step: "0.05" });
  const cross = add("cross", "Across languages", make("input", { type: "checkbox" }), true);
  const reset = make("button", { type: "button", id: "f-reset" }, "Reset");
  filters.append(reset);
  if (distinct(0).length < 2) where.parentElement.hidden = repository.parentElement.hidden = true;
  filters.hidden = false;
  const unset = control => control === section && section.options[0].value === "listed" ? "listed" : "";
  const valueOf = control => control.type === "checkbox" ? control.checked ? "yes" : "" : control.value;
  const set = (control, value) => {
    if (control.type === "checkbox") { control.checked = value === "yes"; return; }
    control.value = value;
    if (control.value !== value) control.value = unset(control);
  };
  const clear = () => { for (const control of Object.values(controls)) set(control, unset(control)); };

  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const body = table.tBodies[0];
  let [shown, next, opened] = [groups, 0, ""];
  let [key, direction] = ["repeated", -1];
  const showMore = () => {
    body.append(...shown.slice(next, next + PAGE).map(row));
    next = Math.min(shown.length, next + PAGE);
    more.hidden = next >= shown.length;
    more.textContent = `Show ${number.format(Math.min(PAGE, shown.length - next))} more`;
    count.textContent = `${number.format(shown.length)} of ${number.format(groups.length)} groups match, ${number.format(next)} shown`;
  };
  const inTests = { production: group => group.production > 1, mixed: group => group.production > 0 && group.production < group.members, only: group => !group.production };
  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const [least, lowest] = [Number(repeated.value), Number(similarity.value)];
    shown = groups.filter(group =>
      (!kind.value || group.kind === kind.value)
      && (section.value === "listed" ? !group.hidden : !section.value || group.sectionName === section.value)
      && (!tests.value || inTests[tests.value](group))
      && (!where.value || (where.value === "within") === (group.repositories === 1))
      && (!language.value || group.languages.has(language.value))
      && (!repository.value || group.has(0, repository.value))
      && (!cross.checked || group.cross)
      && group.repeated >= least && group.similarity >= lowest
      && (!words.length || group.matches(words)));
    if (key !== "repeated" || direction !== -1) shown.sort((a, b) => direction * compare(a[key], b[key]) || b.repeated - a.repeated);
    body.replaceChildren();
    buttons.clear();
    next = 0;
    showMore();
  };

  // The address holds what differs from the start, so that a link shows the same groups to others.
  const remember = () => {
    const state = new URLSearchParams();
    for (const [name, control] of Object.entries(controls)) if (valueOf(control) !== unset(control)) state.set(name, valueOf(control));
    if (key !== "repeated" || direction !== -1) state.set("sort", `${direction < 0 ? "-" : ""}${key}`);
    if (opened) state.set("group", opened);
    if (!state.size && !location.hash.includes("=")) return;
    try { history.replaceState(null, "", `#${state}`); } catch { }
  };
  const reveal = id => {
    const group = groups.find(other => other.id === id);
    if (!group) { count.textContent += "; the group of this link is not on the page"; return; }
    if (!shown.includes(group)) { clear(); section.value = ""; update(); }
    while (next <= shown.indexOf(group)) showMore();
    const button = buttons.get(id);
    if (button.getAttribute("aria-expanded") === "false") button.click();
    button.scrollIntoView();
    button.focus({ preventScroll: true });
  };
  const sorted = makeSortable(table, (_, way, head) => { [key, direction] = [head.dataset.key, way]; update(); remember(); });
  const restore = () => {
    if (!location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    const id = state.get("group");
    state.delete("group");
    if (state.size || !id) {
      clear();
      for (const [name, value] of state) if (Object.hasOwn(controls, name)) set(controls[name], value);
      const [, minus, name] = /^(-?)(\w+)$/.exec(state.get("sort") ?? "-repeated") ?? [];
      if (sorted(name, minus ? -1 : 1)) [key, direction] = [name, minus ? -1 : 1];
      update();
    }
    if (id) reveal(id);
  };
  const changed = () => { opened = ""; update(); remember(); };
  filters.addEventListener("input", changed);
  reset.addEventListener("click", () => { clear(); changed(); });
  more.addEventListener("click", showMore);
  addEventListener("hashchange", restore);
  update();
  restore();
})();
