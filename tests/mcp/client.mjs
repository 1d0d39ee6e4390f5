// Drives a server of the Model Context Protocol with the client of npm's @modelcontextprotocol/sdk: every tool that it lists, a
// resource, an error. Prints one line; the exit status is non-zero if an answer is not what it must be.
// node client.mjs MODULES COMMAND ARGUMENT...   a server on standard input and output
// node client.mjs MODULES URL                   a server over HTTP
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [modules, command, ...args] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(path.resolve(modules, '@modelcontextprotocol/sdk/dist/esm/client', file)).href);
const { Client } = await load('index.js');
const { StdioClientTransport } = await load('stdio.js');
const { StreamableHTTPClientTransport } = await load('streamableHttp.js');

const client = new Client({ name: 'npm', version: '1.0.0' });
const noise = [];
client.onerror = (error) => noise.push(error.message);
const start = performance.now();
await client.connect(command.startsWith('http:') ? new StreamableHTTPClientTransport(new URL(command))
  : new StdioClientTransport({ command, args, stderr: 'ignore' }));
const ready = performance.now() - start;
const call = async (name, given) => {
  const answer = await client.callTool({ name, arguments: given });
  return { text: answer.content.map((part) => part.text).join('\n'), isError: answer.isError === true };
};

const { tools } = await client.listTools();
assert.deepEqual(tools.map((tool) => tool.name).sort(),
  ['callees', 'callers', 'duplicates_of', 'explain_group', 'find_code', 'find_similar', 'gaps']);

const found = await call('find_code', { question: 'turn text round', count: 3 });
assert.equal(found.isError, false, found.text);
const id = found.text.match(/^1\. ([0-9a-f]{20}) /m)[1];
const similar = await call('find_similar', { code: 'def f(s):\n    return s[::-1]\n', language: 'python' });
assert.equal(similar.isError, false, similar.text);
for (const name of ['duplicates_of', 'callers', 'callees']) {
  const answer = await call(name, { snippet: id });
  assert.equal(answer.isError, false, answer.text);
}

assert.match((await call('gaps', {})).text, /gap|coverage --gaps/);
assert.equal((await call('explain_group', { group: '0000000000000000' })).isError, true);
assert.equal((await call('find_code', {})).isError, true);
const { contents } = await client.readResource({ uri: `xcoder://snippet/${id}` });
assert.match(contents[0].text, /```/);
assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 1);
await assert.rejects(client.readResource({ uri: 'file:///etc/passwd' }));
await client.close();
assert.deepEqual(noise, [], 'standard output holds something else than messages');
console.log(`mcp: ${tools.length} tools answered npm's client, ready in ${Math.round(ready)} ms`);
