// Places in code: a link to the remote at its commit, a button that copies, and a link that opens the reader's editor.
const places = (() => {
  const remotes = new Map(Object.entries(JSON.parse(document.getElementById("links-data").textContent)));
  const EDITORS = { vscode: "VS Code", vscodium: "VSCodium", cursor: "Cursor", windsurf: "Windsurf", zed: "Zed", idea: "IntelliJ IDEA" };
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, value); } catch { } };
  const encoded = path => path.split("/").map(part => /^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part)).join("/");

  // The page holds no folder of any machine. Where it lies beside the code it can tell it from its own address; else the reader types it.
  const folderKey = `xcoder-folder:${location.pathname}`;
  const guess = () => {
    if (location.protocol !== "file:") return "";
    let folders;
    try { folders = decodeURIComponent(location.pathname).split("/").slice(0, -1); } catch { return ""; }
    if (folders.at(-1) === ".xcoder") folders.pop();
    return folders.join("/") + (remotes.size === 1 && remotes.has(folders.at(-1)) ? "" : "/{repository}");
  };
  const editor = make("select", { id: "editor" }, make("option", { value: "" }, "None"), ...Object.entries(EDITORS).map(([value, title]) => make("option", { value }, title)));
  const folder = make("input", { type: "text", id: "editor-folder", size: "30", placeholder: "/home/me/{repository}", spellcheck: "false" });
  editor.value = read("xcoder-editor") ?? "";
  if (editor.selectedIndex < 0) editor.value = "";
  folder.value = read(folderKey) ?? guess();

  const aim = link => {
    const { repository, path, line } = link.dataset;
    const root = folder.value.trim().replaceAll("\\", "/").replaceAll("{repository}", repository).replace(/\/+$/, "");
    link.hidden = !editor.value || !root;
    if (link.hidden) { link.removeAttribute("href"); return; }
    const file = `${root.startsWith("/") ? "" : "/"}${root}/${path}`;
    link.href = editor.value === "idea" ? `idea://open?file=${encodeURIComponent(file)}&line=${line}` : `${editor.value}://file${encoded(file)}:${line}`;
    link.textContent = `open in ${EDITORS[editor.value]}`;
  };
  const settings = make("details", { id: "editor-settings" }, make("summary", {}, "Editor"),
    make("div", { class: "card" },
      make("label", {}, "Open code in", editor),
      make("label", {}, "Folder of the code on this machine", folder),
      make("p", { class: "note" }, "{repository} stands for a repository's name. Only this browser keeps it; the page has no folder in it.")));
  settings.addEventListener("input", () => {
    write("xcoder-editor", editor.value);
    write(folderKey, folder.value);
    document.querySelectorAll("a.aim").forEach(aim);
  });
  settings.addEventListener("keydown", event => { if (event.key === "Escape") { settings.open = false; settings.firstChild.focus(); } });
  themeButton.before(settings);

  const copier = (text, label) => {
    const button = make("button", { type: "button", class: "plain", "aria-label": `${label} ${text}` }, label);
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(text); button.textContent = "copied"; } catch { button.textContent = text; }
      button.removeAttribute("aria-label");
    });
    return button;
  };

  // A name with characters that do not show is shown with them escaped, and leads nowhere.
  const actions = (repository, path, start, end) => {
    const box = make("span", { class: "actions" }, copier(`${path}:${start}`, "copy path"));
    if (path.includes("\\")) return box;
    const [files, lines] = remotes.get(repository) ?? [];
    if (files) {
      box.append(make("a", { href: files + encoded(path) + lines.replace("{start}", start).replace("{end}", end), target: "_blank", rel: "noopener noreferrer", "aria-label": `${path} at its commit` }, new URL(files).hostname));
    }
    const link = make("a", { class: "aim", "data-repository": repository, "data-path": path, "data-line": String(start) });
    aim(link);
    box.append(link);
    return box;
  };
  // The same for a place whose first folder is its repository.
  const of = (place, start, end) => actions(place.slice(0, place.indexOf("/")), place.slice(place.indexOf("/") + 1), start, end);
  return { actions, of };
})();
