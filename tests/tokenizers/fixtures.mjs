// Writes the small tokenizers beside this script: the configurations of models in use, with vocabularies counted in
// this repository's own samples. Then `node tests/tokenizers/reference.mjs --write` gives the ids that tests expect.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const samples = path.join(here, '..', 'languages');
const corpus = readdirSync(samples, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && !entry.name.endsWith('.json') && !entry.name.endsWith('.txt'))
  .map(entry => path.join(entry.parentPath, entry.name)).sort().map(file => readFileSync(file, 'utf8').slice(0, 4000)).join('\n').slice(0, 120_000) + '\nnaïve café Straße 日本語 über élan ação ﬁ ① ２ の コメント\n';

const special = (id, content, more = {}) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more });
const count = words => { const counts = new Map(); for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1); return counts; };
const common = (counts, n) => [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, n);
const write = (name, tokenizer) => writeFileSync(path.join(here, `${name}.tokenizer.json`), JSON.stringify({ version: '1.0', truncation: null, padding: null, decoder: null, ...tokenizer }).replaceAll(/,"(?=[^"]{0,40}":\{"type"|model|vocab|merges|added_tokens)/g, ',\n"') + '\n');

const byteLetters = (() => {
  const letters = []; let next = 256;
  for (let b = 0; b < 256; b++) letters.push(String.fromCharCode((b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174 ? b : next++));
  return letters;
})();
const asBytes = text => [...Buffer.from(text)].map(b => byteLetters[b]).join('');

// Byte-pair merges by the most frequent pair.
function learn(words, alphabet, merges) {
  const vocabulary = Object.fromEntries(alphabet.map((token, id) => [token, id]));
  const rows = [...count(words)].map(([word, n]) => [[...word], n]);
  const learned = [];
  while (learned.length < merges) {
    const pairs = new Map();
    for (const [row, n] of rows) for (let i = 0; i + 1 < row.length; i++) { const pair = row[i] + ' ' + row[i + 1]; pairs.set(pair, (pairs.get(pair) ?? 0) + n); }
    const [[pair]] = common(pairs, 1);
    const [left, right] = pair.split(' ');
    learned.push(pair);
    vocabulary[left + right] ??= Object.keys(vocabulary).length;
    for (const entry of rows) {
      const row = entry[0], merged = [];
      for (let i = 0; i < row.length; i++) { if (row[i] === left && row[i + 1] === right) { merged.push(left + right); i++; } else merged.push(row[i]); }
      entry[0] = merged;
    }
  }
  return { vocab: vocabulary, merges: learned };
}

const gptWords = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
const qwenWords = /(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;
const bpe = model => ({ type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ...model });
const shift = (model, names, mask) => {
  const vocab = Object.fromEntries(names.map((name, id) => [name, id]));
  for (const [token] of Object.entries(model.vocab).sort((a, b) => a[1] - b[1])) vocab[token] ??= Object.keys(vocab).length;
  if (mask) vocab[mask] ??= Object.keys(vocab).length;
  return { ...model, vocab };
};

const gpt = learn(corpus.match(gptWords).map(asBytes), byteLetters, 700);
const roberta = shift(gpt, ['<s>', '<pad>', '</s>', '<unk>'], '<mask>');
const robertaTokens = [special(0, '<s>'), special(1, '<pad>'), special(2, '</s>'), special(3, '<unk>'), special(roberta.vocab['<mask>'], '<mask>', { lstrip: true })];
const byteLevel = (more = {}) => ({ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true, ...more });
// UniXcoder, CodeBERT, RoBERTa, jina-embeddings-v2-base-code
write('roberta', { added_tokens: robertaTokens, normalizer: null, pre_tokenizer: byteLevel(), post_processor: { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0], trim_offsets: true, add_prefix_space: false }, model: bpe(roberta) });
write('roberta-prefix', { added_tokens: robertaTokens.map(token => ({ ...token, normalized: true, rstrip: token.content === '<mask>' })), normalizer: { type: 'Lowercase' }, pre_tokenizer: byteLevel({ add_prefix_space: true }),
  post_processor: { type: 'Sequence', processors: [byteLevel(), { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }], pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] } } }] }, model: bpe(roberta) });

// Qwen 2 and 3
const qwen = learn(corpus.normalize('NFC').match(qwenWords).map(asBytes), byteLetters, 500);
const split = regex => ({ type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false }, byteLevel({ trim_offsets: false, use_regex: false })] });
const end = Object.keys(qwen.vocab).length;
write('qwen', { added_tokens: [special(end, '<|endoftext|>'), special(end + 1, '<|im_start|>'), special(end + 2, '<tool_call>', { special: false })], normalizer: { type: 'NFC' },
  pre_tokenizer: split("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"), post_processor: byteLevel({ use_regex: false }), model: bpe({ ...qwen, merges: qwen.merges.map(pair => pair.split(' ')), ignore_merges: false }) });
// Llama 3: whole words go before merges; with one word that no merges make
const llama = { ...qwen, vocab: { ...qwen.vocab, Hello: end } };
write('llama', { added_tokens: [special(end + 1, '<|begin_of_text|>')], normalizer: null, pre_tokenizer: split("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
  post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<|begin_of_text|>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }], pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '<|begin_of_text|>': { id: '<|begin_of_text|>', ids: [end + 1], tokens: ['<|begin_of_text|>'] } } }, model: bpe({ ...llama, ignore_merges: true }) });

// Llama 2: SentencePiece's byte-pair encoding with bytes for what is unknown
const marked = corpus.split('\n').map(line => '▁' + line.replaceAll(' ', '▁'));
const letters = [...new Set(marked.join(''))].filter(letter => !/\s/.test(letter)).sort().slice(0, 120);
const pieces = learn(marked.flatMap(line => line.match(/▁[^▁]*/g) ?? []).map(word => [...word].filter(letter => letters.includes(letter)).join('')), ['<unk>', '<s>', '</s>', ...Array.from({ length: 256 }, (_, b) => `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`), ...letters], 300);
write('llama2', { added_tokens: [special(0, '<unk>'), special(1, '<s>'), special(2, '</s>')], normalizer: { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }] }, pre_tokenizer: null,
  post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }], pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } } }, model: bpe({ ...pieces, unk_token: '<unk>', fuse_unk: true, byte_fallback: true }) });

// BERT: common words and endings, and every letter
function wordPieces(text, n) {
  const words = text.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}]/gu);
  const tokens = new Set(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']);
  for (const letter of new Set(words.join(''))) { tokens.add(letter); if (/[\p{L}\p{N}_]/u.test(letter)) tokens.add('##' + letter); }
  for (const [word] of common(count(words), n)) tokens.add(word);
  for (const [ending] of common(count(words.flatMap(word => [2, 3, 4].filter(k => word.length > k).map(k => word.slice(-k)))), n)) tokens.add('##' + ending);
  return Object.fromEntries([...tokens].map((token, id) => [token, id]));
}
const bertTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((content, id) => special(id, content));
const bertTemplate = { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }], pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] } } };
const wordPiece = vocab => ({ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab });
// all-MiniLM, nomic-bert (CodeRankEmbed), bge, e5
write('bert', { truncation: { direction: 'Right', max_length: 128, strategy: 'LongestFirst', stride: 0 }, padding: { strategy: 'BatchLongest', direction: 'Right', pad_to_multiple_of: null, pad_id: 0, pad_type_id: 0, pad_token: '[PAD]' }, added_tokens: bertTokens,
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true }, pre_tokenizer: { type: 'BertPreTokenizer' }, post_processor: bertTemplate, model: wordPiece(wordPieces(corpus.toLowerCase(), 500)) });
write('bert-cased', { added_tokens: bertTokens.map(token => token.content === '[MASK]' ? { ...token, single_word: true } : token), normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: false, strip_accents: true, lowercase: false }, pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] }, model: wordPiece(wordPieces(corpus, 400)) });
// Every other component
const chain = (normalizers, pretokenizers) => ({ added_tokens: bertTokens, normalizer: { type: 'Sequence', normalizers }, pre_tokenizer: { type: 'Sequence', pretokenizers }, post_processor: null, model: wordPiece(wordPieces(corpus.toLowerCase(), 300)) });
const replace = (pattern, content) => ({ type: 'Replace', pattern, content });
write('chain-1', chain([{ type: 'NFKD' }, { type: 'StripAccents' }, { type: 'Lowercase' }, replace({ Regex: '\\s{2,}' }, ' '), { type: 'Strip', strip_left: true, strip_right: true }], [{ type: 'Whitespace' }, { type: 'Digits', individual_digits: true }]));
write('chain-2', chain([{ type: 'NFKC' }, replace({ String: '->' }, '.')], [{ type: 'WhitespaceSplit' }, { type: 'Punctuation', behavior: 'MergedWithPrevious' }, { type: 'Digits', individual_digits: false }]));
write('chain-3', chain([{ type: 'NFD' }, { type: 'Strip', strip_left: true, strip_right: false }], [{ type: 'Split', pattern: { String: '_' }, behavior: 'MergedWithNext', invert: false }, { type: 'Split', pattern: { Regex: '[\\p{L}\\p{M}]++|\\h{2}' }, behavior: 'Contiguous', invert: false }, { type: 'Split', pattern: { Regex: '\\w+|[^\\w\\s]+' }, behavior: 'Removed', invert: true }]));

// SentencePiece: rules of its own kind, as a double array (the format of Precompiled)
function charsmap(rules) {
  let texts = Buffer.alloc(0);
  const root = {};
  for (const [from, to] of rules) {
    let node = root;
    for (const byte of Buffer.from(from)) node = (node.next ??= {})[byte] ??= {};
    node.value = texts.length;
    texts = Buffer.concat([texts, Buffer.from(to), Buffer.from([0])]);
  }
  const units = new Map([[0, 0]]), used = new Set([0]);
  const place = (node, at) => {
    const labels = [...(node.value !== undefined ? [0] : []), ...Object.keys(node.next ?? {}).map(Number)];
    if (labels.length === 0) return;
    let base = 1;
    while (labels.some(label => used.has(base ^ label)) || ((at ^ base) >= 1 << 21)) base++;
    const target = labels.map(label => base ^ label);
    target.forEach(slot => used.add(slot));
    units.set(at, ((units.get(at) ?? 0) | ((at ^ base) << 10) | (node.value !== undefined ? 1 << 8 : 0)) >>> 0);
    for (const label of labels) {
      if (label === 0) units.set(base, (node.value | 0x80000000) >>> 0);
      else { units.set(base ^ label, label); place(node.next[label], base ^ label); }
    }
  };
  place(root, 0);
  const size = Math.ceil((Math.max(...units.keys()) + 1) / 256) * 256;
  const trie = Buffer.alloc(4 + size * 4);
  trie.writeUInt32LE(size * 4, 0);
  for (const [slot, unit] of units) trie.writeUInt32LE(unit, 4 + slot * 4);
  return Buffer.concat([trie, texts]).toString('base64');
}
const compatible = [...'ﬁﬀ①②２ｆｕｌｗｄｔｈｶﾞ㍿㎏½²³¹ªº℃…Ⅷǅ'].map(letter => [letter, letter.normalize('NFKC')]);
const composed = [...'éèñüÅ'].map(letter => [letter.normalize('NFD'), letter]);
const rules = [...compatible, ...composed, ...['\t', '\n', '\r', '\u00a0', '\u2003', '\u3000', '\u2028', '\u2581'].map(space => [space, ' ']), ...['\u0001', '\u001f', '\u007f', '\u200b', '\ufeff'].map(gone => [gone, ''])];
const sentence = corpus.normalize('NFKC').replaceAll(/\s+/g, ' ');
const scores = new Map();
for (const [piece, n] of common(count(sentence.split(' ').map(word => '▁' + word)), 350)) scores.set(piece, n);
for (const [piece, n] of common(count((sentence.match(/\w{2,}/g) ?? []).flatMap(word => [2, 3, 4].flatMap(k => Array.from({ length: Math.max(0, word.length - k + 1) }, (_, i) => word.slice(i, i + k))))), 450)) scores.set(piece, n / 8);
for (const letter of new Set('▁' + sentence.replaceAll(' ', ''))) if (letter.codePointAt(0) < 0x3000 || letter === '日') scores.set(letter, 0.2);
const total = [...scores.values()].reduce((a, b) => a + b);
const scored = [...scores].map(([piece, n]) => [piece, Math.round(Math.log(n / total) * 1e4) / 1e4]);
const sentenceTokens = ['<s>', '<pad>', '</s>', '<unk>'].map((content, id) => special(id, content));
const sentenceTemplate = { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }], pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] }, '</s>': { id: '</s>', ids: [2], tokens: ['</s>'] } } };
const unigram = (more = {}) => ({ type: 'Unigram', unk_id: 3, vocab: [...sentenceTokens.map(token => [token.content, 0]), ...scored], ...more });
// XLM-R, multilingual-e5, bge-m3
write('xlmr', { added_tokens: sentenceTokens, normalizer: { type: 'Sequence', normalizers: [{ type: 'Precompiled', precompiled_charsmap: charsmap(rules) }, replace({ Regex: ' {2,}' }, ' ')] }, pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }, post_processor: sentenceTemplate, model: unigram() });
// the older layout, and T5's
write('xlmr-old', { added_tokens: sentenceTokens, normalizer: { type: 'Precompiled', precompiled_charsmap: charsmap(rules) }, pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '▁', add_prefix_space: true }] }, post_processor: sentenceTemplate, model: unigram() });
const withBytes = [...sentenceTokens.map(token => [token.content, 0]), ...Array.from({ length: 256 }, (_, b) => [`<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`, -12]), ...scored];
write('unigram-bytes', { added_tokens: [...sentenceTokens, special(withBytes.length, '<mask>', { lstrip: true })], normalizer: { type: 'NFKC' }, pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }, post_processor: null, model: unigram({ vocab: withBytes, byte_fallback: true }) });
