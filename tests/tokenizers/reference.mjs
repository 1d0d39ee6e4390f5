// Compares our tokenizer with the reference on real snippets, and writes the expected ids that the tests hold.
//
//   npm i --ignore-scripts --omit=optional --prefix DIR @huggingface/tokenizers
//   npm i --ignore-scripts --omit=optional --prefix DIR @anush008/tokenizers @anush008/tokenizers-linux-x64-gnu   (optional: the Rust library itself)
//   node tests/tokenizers/reference.mjs --modules DIR/node_modules [--benchmarks PATH] [--sources FOLDER]... [--count N] [TOKENIZER.json]...
//   node tests/tokenizers/reference.mjs --modules DIR/node_modules --write          rewrites expected.json
//
// Without named files the tokenizers beside this script are compared. The JavaScript reference differs from the Rust
// library, which models are trained with, in a few components (see README.md beside this script); where the Rust
// library is installed, a text counts as equal if ours is equal to it, and the JavaScript one is reported beside it.
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

const here = import.meta.dirname;
const root = path.join(here, '..', '..');
const options = { sources: [], tokenizers: [], count: 1000, write: false, benchmarks: path.join(root, 'tests/XCoder.Benchmarks/bin/Release/net10.0/XCoder.Benchmarks') };
for (let i = 2; i < process.argv.length; i++) {
  const name = process.argv[i];
  if (name === '--write') options.write = true;
  else if (name === '--sources') options.sources.push(process.argv[++i]);
  else if (name.startsWith('--')) options[name.slice(2)] = process.argv[++i];
  else options.tokenizers.push(name);
}
if (!options.modules) throw new Error('--modules names the folder node_modules that holds the reference.');
if (options.sources.length === 0) options.sources = [path.join(root, 'tests'), path.join(root, 'src')];
if (options.tokenizers.length === 0) options.tokenizers = fixtures();

const require = createRequire(path.join(path.resolve(options.modules), 'x.js'));
const { Tokenizer } = require('@huggingface/tokenizers');
let rust = null;
try { rust = require('@anush008/tokenizers'); } catch { /* optional */ }

function fixtures() {
  return readdirSync(here).filter(name => name.endsWith('.tokenizer.json')).sort().map(name => path.join(here, name));
}

// Blocks of 2 to 40 lines between blank lines, in an order that depends on their text alone; a third with characters outside ASCII, if there are.
function snippets(folders, count) {
  const code = /\.(c|cc|cpp|h|hpp|cs|java|kt|kts|scala|go|rs|swift|py|rb|php|js|ts|tsx|jsx|mjs|lua|dart|hs|ml|ex|exs|jl|r|R|zig|sh|bash|ps1|pl|m|html|css|sql|txt|md)$/;
  const blocks = new Map();
  const walk = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!['node_modules', 'bin', 'obj', 'build', '.git'].includes(entry.name)) walk(full);
      } else if (code.test(entry.name) && statSync(full).size < 500_000) {
        for (const block of readFileSync(full, 'utf8').split(/\n[ \t\r]*\n/)) {
          const lines = block.split('\n').length;
          if (lines >= 2 && lines <= 40 && block.length < 4000) blocks.set(createHash('sha256').update(block).digest('hex'), block);
        }
      }
    }
  };
  folders.forEach(walk);
  const ordered = [...blocks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const foreign = ordered.filter(text => /[^\x00-\x7f]/.test(text)).slice(0, Math.floor(count / 3));
  const plain = ordered.filter(text => !/[^\x00-\x7f]/.test(text));
  return [...foreign, ...plain.slice(0, count - foreign.length)];
}

// What no source holds often enough: every plane, marks, spaces, ends of lines, joined emoji, special tokens.
function oddities() {
  return [
    '', ' ', '\n', '\r\n\r\n', '   x', 'x   ', '\t\tif (a) {\r\n\t\t\treturn b;\r\n\t\t}', 'a\u00a0b\u2003c\u3000d\u200be\ufefff', 'İstanbul ıI ΟΔΟΣ ὈΔΥΣΣΕΎΣ straße ﬁne',
    'e\u0301 vs é, A\u030a vs Å, \u1e9b\u0323', '日本語のコメント 한국어 中文注释 \u{20000}\u{2a6d6}字', '𝒳 = 𝟙 + 𝟸; 𝕏𝔂 𐐀𐐨 𞤀 \u{10ffff}\ue000', '👩‍👩‍👧‍👦 👍🏽 🇩🇪 ☃️ ①②⅕Ⅷ ٣٤ ௰',
    "it's we'll I'D you'Re they'VE 'S don't", '१२३ ४५६७ ١٢٣٤ 12345678 0x1F 1e-5 1_000', '«ça» “quoted” ‘x’ … – — ¿qué? ‽', '{}[]()<>;:,.!?@#$%^&*-+=/\\|~`\'"', '\u0000\u0001\u001f\u007f\u0085\ufffd\u00ad',
    '<s>hello</s> <mask> world [MASK] [CLS]x[SEP] <unk><pad>', 'a<mask>b   <mask>   c  [MASK]', '▁▁x ▁ y', 'नमस्ते दुनिया สวัสดีชาวโลก שָׁלוֹם مرحبا', 'ｆｕｌｌ ｗｉｄｔｈ ｶﾞ ㍿ ㎏ ～', 'x'.repeat(101), 'ab'.repeat(300), ' '.repeat(200) + 'x', '\n'.repeat(50), '/'.repeat(120),
    'K\u212a \u017fs ﬀ ǅ ǆ', 'a\u0300\u0301\u0302\u0303b', 'Z\u0351\u036b\u0343a\u0363l\u0368g\u0359o', '\u{1f130}\u24b6 _a_b __init__ x2y3', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 \u{e0001}', 'fooBarBaz HTTPServer2 snake_case_name kebab-case', '½ ² ³ ¹ ª º ℃', 'a\u2028b\u2029c\vd\fe',
  ];
}

const rustIds = async (file, texts) => {
  if (!rust) return null;
  const tokenizer = rust.Tokenizer.fromFile(file);
  tokenizer.setTruncation?.(1 << 30);
  const rows = [];
  for (const text of texts) rows.push(Array.from((await tokenizer.encode(text, null, { addSpecialTokens: true })).getIds()));
  return rows;
};

// The wrapper adds special tokens by the vocabulary's names; ids of the file are what counts.
const scriptIds = (file, texts) => {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(file, 'utf8')), {});
  return texts.map(text => tokenizer.encode(text).ids);
};

const same = (a, b) => a.length === b.length && a.every((value, index) => value === b[index]);

if (options.write) {
  const texts = [...oddities(), ...snippets(options.sources, 4000).filter(text => text.length < 400).filter((_, index) => index % 40 === 0).slice(0, 60)];
  const expected = { comment: 'Written by reference.mjs --write: ids by the Rust library, special tokens included.', texts, ids: {} };
  for (const file of fixtures()) expected.ids[path.basename(file)] = (await rustIds(file, texts)).map(row => row.join(' '));
  writeFileSync(path.join(here, 'expected.json'), JSON.stringify(expected, null, 1) + '\n');
} else {
  const work = mkdtempSync(path.join(tmpdir(), 'tokenizers-'));
  let failed = 0;
  const kinds = { real: snippets(options.sources, Number(options.count)), odd: oddities() };
  for (const file of options.tokenizers) {
    for (const [kind, texts] of Object.entries(kinds)) {
      const input = path.join(work, 'texts.jsonl'), output = path.join(work, 'ids.jsonl');
      writeFileSync(input, texts.map(text => JSON.stringify(text)).join('\n') + '\n');
      const speed = execFileSync(options.benchmarks, ['tokenize', file, input, '--output', output], { encoding: 'utf8' }).trim();
      const ours = readFileSync(output, 'utf8').trim().split('\n').map(line => JSON.parse(line));
      const script = scriptIds(file, texts), native = await rustIds(file, texts);
      const equalScript = ours.filter((row, index) => same(row, script[index])).length;
      const equalNative = native && ours.filter((row, index) => same(row, native[index])).length;
      const scriptNative = native && script.filter((row, index) => same(row, native[index])).length;
      console.log(`${path.basename(file)} ${kind}: ${equalScript} of ${texts.length} equal to the JavaScript reference${native ? `, ${equalNative} to the Rust library (the JavaScript one: ${scriptNative})` : ''}; ${speed}`);
      if (options.show) {
        texts.forEach((text, index) => {
          const target = native ?? script;
          if (same(ours[index], target[index]) || --options.show < 0) return;
          let at = 0;
          while (ours[index][at] === target[index][at]) at++;
          console.log(JSON.stringify(text.slice(0, 200)), 'at', at, 'ours', ours[index].slice(at, at + 8).join(), 'reference', target[index].slice(at, at + 8).join());
        });
      }
      const wrong = native ? texts.length - equalNative : kind === 'odd' ? 0 : texts.length - equalScript;
      failed += wrong;
    }
  }
  rmSync(work, { recursive: true });
  process.exitCode = failed > 0 ? 1 : 0;
}
