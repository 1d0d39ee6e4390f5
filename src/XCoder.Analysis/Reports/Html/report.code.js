// Code: unpacked when it is asked for, then compared line by line or shown side by side.
const bytesOf = base64 => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
};

// A block is a compressed list of texts. Returns the text of an index as a promise.
const unpacker = ({ starts, blocks }) => {
  const opened = new Map();
  const open = block => {
    if (!opened.has(block)) opened.set(block, new Response(new Blob([bytesOf(blocks[block])]).stream().pipeThrough(new DecompressionStream("gzip"))).json());
    return opened.get(block);
  };
  return async index => {
    const block = starts.findLastIndex(start => start <= index);
    return (await open(block))[index - starts[block]];
  };
};
const notUnpacked = () => make("p", { class: "facts" }, "This browser cannot unpack the code; a newer one can.");

// An element that shows the code of an index once it is unpacked, and then calls back.
const codeBlock = (codeOf, index, attributes = {}, then = () => { }) => {
  if (index < 0) return make("p", { class: "facts" }, "Its code is not part of the page.");
  const body = make("div");
  codeOf(index).then(text => body.append(make("pre", attributes, text)), () => body.append(notUnpacked())).then(then);
  return body;
};

// Lines are matched by their longest common subsequence, ignoring layout. Returns rows of [left or -1, right or -1, equal].
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

// Two snippets beside each other. Where one language says it otherwise than another, every line differs, so nothing is compared.
const sideBySide = (kept, chosen, left, right, isCompared) => {
  const rows = isCompared ? align(left, right)
    : Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [i < left.length ? i : -1, i < right.length ? i : -1, true]);
  const changed = rows.filter(row => !row[2]).length;
  const cell = (lines, others, at, other, equal, side) => at < 0 ? make("td", { class: "code" })
    : make("td", { class: equal ? "code" : `code ${side}` }, ...(equal ? [lines[at]] : marked(lines[at], others[other])));
  const body = make("tbody", {}, ...rows.map(([i, j, equal]) => make("tr", {},
    make("td", { class: "ln" }, i < 0 ? "" : String(kept.start + i)), cell(left, right, i, j, equal, "old"),
    make("td", { class: "ln" }, j < 0 ? "" : String(chosen.start + j)), cell(right, left, j, i, equal, "new"))));
  const isCut = [[kept, left], [chosen, right]].some(([m, lines]) => lines.length < m.end - m.start + 1);
  const note = !isCompared ? "Two languages, side by side; lines are not compared" : changed ? `${number.format(changed)} of ${number.format(rows.length)} lines differ` : "No line differs";
  return make("div", {},
    make("p", { class: "facts" }, note + (isCut ? "; long code is cut" : "")),
    make("div", { class: "diff", tabindex: "0", role: "region", "aria-label": "Code side by side" },
      make("table", {},
        make("colgroup", {}, make("col", { class: "ln" }), make("col"), make("col", { class: "ln" }), make("col")),
        make("thead", {}, make("tr", {}, ...[kept, chosen].map(m => make("th", { colspan: "2", scope: "col" }, `${m.repository}/${m.path}:${m.start}`)))),
        body)));
};
