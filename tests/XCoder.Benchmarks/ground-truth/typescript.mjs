// Compares the functions of a snippet list with those of the TypeScript compiler's own syntax tree.
//
//   node typescript.mjs SNIPPETS.jsonl ROOT [--list] [--listed-files]
//
// SNIPPETS.jsonl holds one {path, kind, name, startLine, endLine} a line, paths relative to ROOT. A function is
// right if path, name and last line agree. --list prints what is missing and what is too much.
// Files are compared only if they are in ROOT and the compiler finds no syntax error in them.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createRequire } from 'node:module';

const ts = createRequire(path.join(process.cwd(), 'package.json'))('typescript');
const [snippetFile, root, ...options] = process.argv.slice(2);
const extensions = /\.(ts|mts|cts|tsx|js|mjs|cjs|jsx)$/;
const kinds = new Set(['function', 'method', 'constructor']);

const found = new Map();
for (const line of fs.readFileSync(snippetFile, 'utf8').split('\n')) {
  if (!line) continue;
  const { path: file, kind, name, endLine } = JSON.parse(line);
  if (!extensions.test(file)) continue;
  if (!found.has(file)) found.set(file, []);
  if (kinds.has(kind)) found.get(file).push(`${name}:${endLine}`);
}

const isFunction = (node) => node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

const textOf = (name, source) =>
  ts.isStringLiteralLike(name) ? name.getText(source).slice(1, -1) : name.getText(source);

// The name a function expression is bound to: variable, property, class field or assignment. Parentheses, casts
// and calls around it part the two.
function binding(node, source) {
  const parent = node.parent;
  if (ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isIdentifier(parent.name)) return textOf(parent.name, source);
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return textOf(parent.name, source);
  if (ts.isPropertyDeclaration(parent) && parent.initializer === node) return textOf(parent.name, source);
  if (ts.isBinaryExpression(parent) && parent.right === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    if (ts.isIdentifier(parent.left)) return parent.left.text;
    if (ts.isPropertyAccessExpression(parent.left)) return parent.left.name.text;
  }
  return undefined;
}

function nameOf(node, source) {
  if (isFunction(node)) return binding(node, source) ?? node.name?.text;
  if (!node.body) return undefined;
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node)) {
    return node.name && textOf(node.name, source);
  }
  return undefined;
}

function functions(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  if (source.parseDiagnostics.length > 0) return undefined;
  const result = [];
  const visit = (node) => {
    const name = nameOf(node, source);
    if (name !== undefined) result.push(`${name}:${source.getLineAndCharacterOfPosition(node.end).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return result;
}

function walk(folder, files = []) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) walk(full, files);
    else if (entry.isFile() && extensions.test(entry.name)) files.push(full);
  }
  return files;
}

let [expected, actual, both, skipped, count] = [0, 0, 0, 0, 0];
for (const file of walk(root).sort()) {
  const relative = path.relative(root, file).split(path.sep).join('/');
  const truth = functions(file, fs.readFileSync(file, 'utf8'));
  if (truth === undefined || (options.includes('--listed-files') && !found.has(relative))) {
    skipped++;
    continue;
  }
  count++;
  const rest = new Map();
  for (const key of found.get(relative) ?? []) rest.set(key, (rest.get(key) ?? 0) + 1);
  expected += truth.length;
  actual += found.get(relative)?.length ?? 0;
  for (const key of truth) {
    const n = rest.get(key) ?? 0;
    if (n > 0) {
      both++;
      rest.set(key, n - 1);
    } else if (options.includes('--list')) console.log(`missing ${relative} ${key}`);
  }
  if (options.includes('--list')) for (const [key, n] of rest) if (n > 0) console.log(`too much ${relative} ${key}`);
}
console.log(`files ${count} (${skipped} left out), functions ${expected}, found ${actual}, right ${both}, `
  + `recall ${(both / expected).toFixed(4)}, precision ${(both / actual).toFixed(4)}`);
