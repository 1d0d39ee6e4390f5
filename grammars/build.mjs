// Compiles tree-sitter's core and every grammar of languages.json with the system's C compiler, in parallel.
// Usage: node build.mjs OUTPUT_FOLDER. A library whose sources and flags did not change is left as it is.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, platform } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = resolve(process.argv[2] ?? join(here, "build"));
const compiler = process.env.CC || "cc";
const extension = platform() === "darwin" ? ".dylib" : ".so";
// Calls within a library are bound in it: tree-sitter's core is one unit whose functions are all exported.
const flags = ["-O2", "-std=c11", "-fPIC", "-fno-semantic-interposition", "-shared", "-w", ...(platform() === "darwin" ? [] : ["-Wl,-s,-Bsymbolic-functions"])];
const core = join(here, "node_modules/tree-sitter/vendor/tree-sitter/lib");
const native = (ending) => readdirSync(join(here, "native")).filter((name) => name.endsWith(ending)).sort().map((name) => join(here, "native", name));
const [guard, headers] = [join(here, "native/scanner_guard.h"), native(".h")];
mkdirSync(output, { recursive: true });

const { languages } = JSON.parse(readFileSync(join(here, "languages.json"), "utf8"));
const jobs = [{
  name: "tree-sitter",
  sources: native(".c"),
  args: [`-I${join(core, "include")}`, `-I${join(core, "src")}`, "-D_POSIX_C_SOURCE=200809L", "-D_DEFAULT_SOURCE"],
}];
for (const { grammar } of languages) {
  if (!grammar) continue;
  const folder = join(here, "node_modules", grammar.package, grammar.path);
  const scanner = join(folder, "scanner.c");
  jobs.push({
    name: grammar.symbol,
    sources: [join(folder, "parser.c"), ...(existsSync(scanner) ? [scanner] : [])],
    args: [`-I${folder}`, "-include", guard],
  });
}

const run = (args) => new Promise((done, fail) => execFile(compiler, args, { maxBuffer: 1 << 26 }, (error, _, stderr) =>
  error ? fail(new Error(error.code === "ENOENT" ? `no C compiler named '${compiler}' was found` : stderr || error.message)) : done()));

async function build(job) {
  const library = join(output, job.name + extension);
  const stampFile = library + ".stamp";
  const hash = createHash("sha256").update(JSON.stringify([compiler, flags, job.name]));
  for (const source of job.sources) {
    // parser.c reaches 40 MB: its package is pinned by the lock file, so size and package are enough.
    const size = statSync(source).size;
    hash.update(`${size};`);
    if (size < 1 << 20) hash.update(readFileSync(source));
  }
  for (const header of job.name === "tree-sitter" ? headers : [guard]) hash.update(readFileSync(header));
  const stamp = hash.digest("hex");
  if (existsSync(library) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return false;
  const temporary = `${library}.${process.pid}`;
  try {
    await run([...flags, ...job.args, ...job.sources, "-o", temporary]);
    renameSync(temporary, library);
    writeFileSync(stampFile, stamp);
  } finally {
    rmSync(temporary, { force: true });
  }
  return true;
}

// The largest grammars first, so that none is left running alone at the end.
const size = (job) => Math.max(...job.sources.map((source) => statSync(source).size));
const total = jobs.length;
const made = new Set(jobs.map((job) => job.name));
const queue = jobs.sort((a, b) => size(b) - size(a));
let built = 0;
async function worker() {
  for (let job = queue.shift(); job; job = queue.shift()) {
    if (await build(job)) built++;
  }
}

try {
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  // What an earlier manifest made and this one does not: the build takes every library there is.
  for (const name of readdirSync(output)) {
    const library = name.match(/^(.*)\.(?:so|dylib)(?:\.stamp)?$/)?.[1];
    if (library && !made.has(library)) rmSync(join(output, name));
  }
  writeFileSync(join(output, "complete.stamp"), new Date().toISOString());
  console.log(`grammars: ${built} compiled, ${total} in all`);
} catch (error) {
  console.error(`error XCODER0005: a grammar did not compile: ${error.message.split("\n").slice(0, 20).join("\n")}`);
  process.exit(1);
}
