@@common
const xcoder_fs = require("fs");
function xcoder_hex(text) {
    if (typeof text.isWellFormed === "function" && !text.isWellFormed()) throw new Error("unprintable");
    return Buffer.from(text, "utf8").toString("hex");
}
function xcoder_show(value, depth) {
    if (depth > 60) throw new Error("unprintable");
    const all = items => items.map(item => xcoder_show(item, depth + 1)).join("");
    if (value === null) return "n";
    if (value === undefined) return "v";
    if (typeof value === "boolean") return value ? "t" : "f";
    if (typeof value === "number") return "d" + (Object.is(value, -0) ? "-0" : String(value)) + ";";
    if (typeof value === "bigint") return "i" + value + ";";
    if (typeof value === "string") return "s" + xcoder_hex(value) + ";";
    if (typeof value !== "object") throw new Error("unprintable: " + typeof value);
    const prototype = Object.getPrototypeOf(value);
    if (Array.isArray(value)) return "l" + value.length + ";" + all(Array.from(value));
    if (prototype === Set.prototype) return "e" + value.size + ";" + all([...value]);
    if (prototype === Map.prototype) return "u1;m" + value.size + ";" + all([...value].flat(1));
    if (prototype === Uint8Array.prototype) return "b" + Buffer.from(value).toString("hex") + ";";
    if (prototype === Object.prototype || prototype === null) {
        if (Object.getOwnPropertySymbols(value).length > 0 || Object.keys(value).length !== Object.getOwnPropertyNames(value).length) throw new Error("unprintable");
        const pairs = Object.entries(value);
        return "m" + pairs.length + ";" + all(pairs.flat(1));
    }
    throw new Error("unprintable: object");
}
function xcoder_read(text, state) {
    const tag = text[state.at++];
    if (tag === "n") return null;
    if (tag === "v") return undefined;
    if (tag === "t" || tag === "f") return tag === "t";
    const end = text.indexOf(";", state.at), digits = text.slice(state.at, end);
    state.at = end + 1;
    if (tag === "i") return BigInt(digits);
    if (tag === "d" || tag === "c") return Number(digits);
    if (tag === "s" || tag === "y") return Buffer.from(digits, "hex").toString("utf8");
    if (tag === "b") return new Uint8Array(Buffer.from(digits, "hex"));
    const items = [];
    if (tag === "u") {
        state.at = text.indexOf(";", state.at) + 1;
        const count = Number(text.slice(end + 2, state.at - 1)), map = new Map();
        for (let i = 0; i < count; i++) { const key = xcoder_read(text, state); map.set(key, xcoder_read(text, state)); }
        return map;
    }
    const count = Number(digits);
    if (tag === "m") {
        const object = {};
        for (let i = 0; i < count; i++) {
            const key = xcoder_read(text, state);
            Object.defineProperty(object, key, { value: xcoder_read(text, state), writable: true, enumerable: true, configurable: true });
        }
        return object;
    }
    for (let i = 0; i < count; i++) items.push(xcoder_read(text, state));
    return tag === "e" ? new Set(items) : items;
}
const xcoder_value = text => xcoder_read(text, { at: 0 });
function xcoder_line(text) {
    const data = Buffer.from("\n{secret} " + text + "\n");
    for (let at = 0; at < data.length;) {
        try { at += xcoder_fs.writeSync(1, data, at); } catch (error) { if (error.code !== "EAGAIN") throw error; }
    }
}
let xcoder_rest = Buffer.alloc(0);
function xcoder_input() {
    const part = Buffer.alloc(65536);
    for (;;) {
        const end = xcoder_rest.indexOf(10);
        if (end >= 0) {
            const line = xcoder_rest.toString("ascii", 0, end);
            xcoder_rest = xcoder_rest.subarray(end + 1);
            return line.split(" ");
        }
        let count = 0;
        try { count = xcoder_fs.readSync(9, part, 0, part.length, null); } catch (error) { if (error.code === "EAGAIN") continue; if (error.code !== "EOF") throw error; }
        if (count === 0) return null;
        xcoder_rest = Buffer.concat([xcoder_rest, part.subarray(0, count)]);
    }
}

@@answer
{code}
;(() => {
{common}
const table = {{entries}};
for (let line; (line = xcoder_input()) !== null;) {
    let shown, after;
    try {
        const args = xcoder_value(line[2]);
        const result = table[line[1]](...args);
        after = xcoder_show(args, 0);
        try { shown = xcoder_show(result, 0); } catch (error) { xcoder_line("# " + line[0]); continue; }
    } catch (error) {
        if (!(error instanceof Error) || Object.keys(error).length > 0 || error.cause !== undefined) { xcoder_line("# " + line[0]); continue; }
        const name = error && error.name ? String(error.name) : "Error", message = String(error && error.message !== undefined ? error.message : error);
        xcoder_line("! " + line[0] + " s" + Buffer.from(name).toString("hex") + "; s" + Buffer.from(message.slice(0, 2000)).toString("hex") + ";");
        continue;
    }
    xcoder_line("= " + line[0] + " " + shown + " " + after);
}
})();

@@judge
const [xcoder_stub, xcoder_done] = (() => {
{common}
function refuse(reason) { xcoder_line("# " + reason); process.exit(3); }
function restore(before, now) {
    if (Array.isArray(before) && Array.isArray(now)) before.splice(0, before.length, ...now);
    else if (before instanceof Map || before instanceof Set) { before.clear(); for (const item of now) before instanceof Map ? before.set(item[0], item[1]) : before.add(item); }
    else if (before !== null && typeof before === "object" && now !== null && typeof now === "object") { for (const key of Object.keys(before)) delete before[key]; Object.assign(before, now); }
}
const known = new Set([...Object.getOwnPropertyNames(globalThis), "require", "module", "exports", "assert", "expect"]);
return [key => {
    if (known.has(key.split(".")[0])) refuse("the answer redefines '" + key + "'");
    return (...args) => {
        let shown;
        try { shown = xcoder_show(args, 0); } catch (error) { refuse("the tests pass something that is no value"); }
        xcoder_line("? " + key + " " + shown);
        const reply = xcoder_input();
        if (reply === null) process.exit(4);
        const value = xcoder_value(reply[1]), after = xcoder_value(reply[2]);
        if (reply[0] === "!") {
            const kind = typeof globalThis[value] === "function" && globalThis[value].prototype instanceof Error ? globalThis[value] : Error;
            const error = new kind(after);
            error.name = value;
            throw error;
        }
        if (Array.isArray(after)) args.forEach((before, i) => restore(before, after[i]));
        return value;
    };
}, () => xcoder_line("$")];
})();
{stubs}
{tests}
;xcoder_done();
