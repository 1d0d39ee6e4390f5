
"use strict";
// Shared by the parts of the page, which follow as separate files.
const root = document.documentElement;
const number = new Intl.NumberFormat("en");
const collator = new Intl.Collator("en", { numeric: true });

// All text enters the page through this function, as text nodes.
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

// Theme: cycles through system, light and dark. Browsers may deny storage to local files.
const themes = ["system", "light", "dark"];
const themeButton = document.getElementById("theme");
const setTheme = theme => {
  if (theme === "system") root.removeAttribute("data-theme"); else root.dataset.theme = theme;
  themeButton.textContent = `Theme: ${theme}`;
  try { localStorage.setItem("xcoder-theme", theme); } catch { }
};
let stored = null;
try { stored = localStorage.getItem("xcoder-theme"); } catch { }
setTheme(themes.includes(stored) ? stored : "system");
themeButton.hidden = false;
themeButton.addEventListener("click", () => setTheme(themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % 3]));

// Headings become buttons; numbers start with the largest. Returns what marks a column, by its key, as the one sorted by.
const makeSortable = (table, onSort) => {
  const heads = [...table.tHead.rows[0].cells];
  const mark = (head, order) => {
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
  };
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const first = head.classList.contains("n") ? "descending" : "ascending";
      const next = head.getAttribute("aria-sort") === first ? (first === "ascending" ? "descending" : "ascending") : first;
      mark(head, next);
      onSort(column, next === "ascending" ? 1 : -1, head);
    });
  });
  return (key, way) => {
    const head = heads.find(other => other.dataset.key === key);
    if (head) mark(head, way > 0 ? "ascending" : "descending");
    return head !== undefined;
  };
};
const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
for (const table of document.querySelectorAll("table.sortable")) {
  makeSortable(table, (column, direction) => {
    const body = table.tBodies[0];
    const value = row => { const cell = row.cells[column]; return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v); };
    body.append(...[...body.rows].sort((a, b) => direction * compare(value(a), value(b))));
  });
}
