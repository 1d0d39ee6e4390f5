// Writes a tiny language model as GGUF: llama's architecture, random weights from a seed, one token a byte. What it says is
// nonsense; what it can be used for is to run a real engine end to end.
import { writeFileSync } from 'node:fs';

const width = 32, inner = 64, heads = 2, context = 32768;
const tokens = ['<unk>', '<s>', '</s>', ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)];
const type = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 };

let state = 1;
const random = () => {
  // mulberry32
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const parts = [];
const push = (size, write) => { const part = Buffer.alloc(size); write(part); parts.push(part); };
const u32 = (value) => push(4, (part) => part.writeUInt32LE(value));
const u64 = (value) => push(8, (part) => part.writeBigUInt64LE(BigInt(value)));
const f32 = (value) => push(4, (part) => part.writeFloatLE(value));
const text = (value) => { const bytes = Buffer.from(value, 'utf8'); u64(bytes.length); parts.push(bytes); };
const writers = { uint32: u32, int32: (value) => push(4, (part) => part.writeInt32LE(value)), float32: f32, bool: (value) => parts.push(Buffer.from([value ? 1 : 0])), string: text };

const facts = [
  ['general.architecture', 'string', 'llama'],
  ['general.name', 'string', 'tiny'],
  ['llama.vocab_size', 'uint32', tokens.length],
  ['llama.context_length', 'uint32', context],
  ['llama.embedding_length', 'uint32', width],
  ['llama.block_count', 'uint32', 1],
  ['llama.feed_forward_length', 'uint32', inner],
  ['llama.rope.dimension_count', 'uint32', width / heads],
  ['llama.attention.head_count', 'uint32', heads],
  ['llama.attention.head_count_kv', 'uint32', heads],
  ['llama.attention.layer_norm_rms_epsilon', 'float32', 1e-5],
  ['tokenizer.ggml.model', 'string', 'llama'],
  ['tokenizer.ggml.tokens', 'string[]', tokens],
  ['tokenizer.ggml.scores', 'float32[]', tokens.map(() => 0)],
  // 2 unknown, 3 control, 6 byte
  ['tokenizer.ggml.token_type', 'int32[]', tokens.map((_, id) => (id === 0 ? 2 : id < 3 ? 3 : 6))],
  ['tokenizer.ggml.unknown_token_id', 'uint32', 0],
  ['tokenizer.ggml.bos_token_id', 'uint32', 1],
  ['tokenizer.ggml.eos_token_id', 'uint32', 2],
  ['tokenizer.ggml.add_bos_token', 'bool', true],
  ['tokenizer.ggml.add_space_prefix', 'bool', false],
];
const tensors = [
  ['token_embd.weight', [width, tokens.length]], ['output_norm.weight', [width]], ['output.weight', [width, tokens.length]],
  ['blk.0.attn_norm.weight', [width]], ['blk.0.ffn_norm.weight', [width]],
  ...['q', 'k', 'v', 'output'].map((name) => [`blk.0.attn_${name}.weight`, [width, width]]),
  ['blk.0.ffn_gate.weight', [width, inner]], ['blk.0.ffn_up.weight', [width, inner]], ['blk.0.ffn_down.weight', [inner, width]],
];

parts.push(Buffer.from('GGUF'));
u32(3);
u64(tensors.length);
u64(facts.length);
for (const [name, kind, value] of facts) {
  text(name);
  const item = kind.replace('[]', '');
  if (item === kind) {
    u32(type[kind]);
    writers[kind](value);
  } else {
    u32(type.array);
    u32(type[item]);
    u64(value.length);
    value.forEach(writers[item]);
  }
}

let offset = 0;
const size = (shape) => shape.reduce((a, b) => a * b, 1);
for (const [name, shape] of tensors) {
  text(name);
  u32(shape.length);
  shape.forEach(u64);
  u32(0);
  u64(offset);
  offset += Math.ceil((4 * size(shape)) / 32) * 32;
}

const align = () => { const over = parts.reduce((sum, part) => sum + part.length, 0) % 32; if (over > 0) parts.push(Buffer.alloc(32 - over)); };
for (const [name, shape] of tensors) {
  align();
  const values = Float32Array.from({ length: size(shape) }, () => (name.includes('norm') ? 1 : (random() - 0.5) * 2));
  parts.push(Buffer.from(values.buffer));
}

align();
writeFileSync(process.argv[2], Buffer.concat(parts));
