// OpenAI's chat protocol over llama.cpp (node-llama-cpp), on loopback: the request's JSON schema becomes a grammar that the
// answer cannot leave. Prints its address; ends with its standard input.
//   node server.mjs MODULES MODEL.gguf
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join, resolve } from 'node:path';

const [modules, path] = process.argv.slice(2);
const library = createRequire(join(resolve(modules), 'x.js')).resolve('node-llama-cpp');
const { getLlama, LlamaCompletion, LlamaJsonSchemaGrammar, TokenBias } = await import(pathToFileURL(library));
const longest = 60;

const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error', maxThreads: 1 });
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({ contextSize: 32768, sequences: 1, batchSize: 512 });
const sequence = context.getSequence();
const completion = new LlamaCompletion({ contextSequence: sequence });

// One token a byte: random bytes above ASCII would be no UTF-8.
const ascii = TokenBias.for(model);
for (let token = 3 + 0x80; token < 3 + 0x100; token++) {
  ascii.set(token, 'never');
}

// The grammar knows no bounds of numbers, and a model that means nothing writes texts as long as it may.
function narrowed(schema) {
  if (schema.enum || schema.const !== undefined) {
    return schema;
  }
  switch (schema.type) {
    case 'object':
      return { type: 'object', properties: Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, value]) => [name, narrowed(value)])) };
    case 'array':
      return { type: 'array', items: narrowed(schema.items ?? { type: 'string' }), minItems: schema.minItems ?? 0, maxItems: Math.min(schema.maxItems ?? 2, 2) };
    case 'string':
      return { type: 'string', minLength: schema.minLength ?? 0, maxLength: Math.max(schema.minLength ?? 0, Math.min(schema.maxLength ?? longest, longest)) };
    case 'number':
    case 'integer':
      return schema.minimum === undefined ? { type: schema.type } : { enum: Array.from({ length: Math.min(schema.maximum ?? schema.minimum + 10, schema.minimum + 100) - schema.minimum + 1 }, (_, i) => schema.minimum + i) };
    default:
      return { type: schema.type };
  }
}

async function answer(request) {
  const format = request.response_format?.json_schema?.schema;
  const grammar = format && new LlamaJsonSchemaGrammar(llama, narrowed(format));
  const prompt = request.messages.map((message) => `${message.role}: ${typeof message.content === 'string' ? message.content : message.content.map((part) => part.text).join('')}\n`).join('') + 'assistant: ';
  await sequence.clearHistory();
  const began = sequence.tokenMeter.getState();
  const result = await completion.generateCompletionWithMeta(prompt, { grammar, maxTokens: Math.min(request.max_tokens ?? request.max_completion_tokens ?? 1024, 4096), temperature: request.temperature ?? 1, tokenBias: ascii, seed: 1 });
  const used = sequence.tokenMeter.diff(began);
  return {
    id: 'chatcmpl-1', object: 'chat.completion', created: Math.floor(Date.now() / 1000), model: request.model,
    choices: [{ index: 0, finish_reason: result.metadata.stopReason === 'maxTokens' ? 'length' : 'stop', message: { role: 'assistant', content: result.response } }],
    usage: { prompt_tokens: used.usedInputTokens, completion_tokens: used.usedOutputTokens, total_tokens: used.usedInputTokens + used.usedOutputTokens },
  };
}

let turn = Promise.resolve();
const server = createServer((request, response) => {
  const body = [];
  request.on('data', (part) => body.push(part));
  request.on('end', () => {
    turn = turn.then(async () => {
      let [status, reply] = [200, null];
      try {
        reply = await answer(JSON.parse(Buffer.concat(body).toString('utf8')));
      } catch (error) {
        console.error(error);
        [status, reply] = [500, { error: { message: String(error), type: 'server_error', code: 'server_error' } }];
      }
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(reply));
    });
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
