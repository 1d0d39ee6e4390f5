#!/usr/bin/env node
// A module comment: documents nothing.
import fs from 'node:fs';
import { join as glue, sep } from "node:path";
const legacy = require('./legacy');

/**
 * Area of a rectangle.
 * @param {number} width
 */
export function area(width, height = 1, ...rest) {
  return width * height + 0x1F + 1e-3 + 10n;
}

// An ordinary comment does not document JavaScript.
export default async function* walk({ root, depth }, [first] = []) {
  outer: for (const entry of fs.readdirSync(root)) {
    if (entry === sep || !depth) continue outer;
    yield glue(root, `${entry}/${`nested ${first}`}`);
  }
}

const square = (x) => x ** 2, twice = x => x * 2;

/** Bound to a name, called by another. */
const named = function inner(n) {
  return n ? inner(n - 1) : null;
};

var counter = async () => {
  function local(step) {
    return step?.value ?? undefined;
  }
  return local(await counter);
};

exports.parse = function (text) {
  return text.match(/^[a-z]+\/(\d+)$/gi);
};

legacy.Shape.prototype.draw = function draw() {
  this.onDraw = () => true;
  return this;
};

@register('shape')
export class Shape extends Base {
  static #count = 0;
  sides = [];
  static scale = (k) => k * Shape.#count;

  constructor(sides) {
    super();
    this.sides = sides;
  }

  /** Number of sides. */
  get count() {
    return this.sides.length;
  }

  set count(value) {
    this.sides.length = value;
  }

  @memoize
  async *[Symbol.iterator]() {
    yield* this.sides;
  }

  #secret() {
    return new.target;
  }

  static {
    Shape.#count = 1;
  }
}

const Anonymous = class {
  run() {
    return typeof this;
  }
};

const api = {
  list() {
    return [];
  },
  get: function (id) {
    return { id };
  },
  'remove.all': async (id) => void id,
  nested: {
    deep: (a, b) => a - b,
  },
};

setTimeout(function tick() {
  api.get(1);
}, 100);

const view = (props) => <Panel title="t" {...props}>Hello &amp; {props.name}</Panel>;

function broken(x {
  return x +;
}

function after(x) {
  return x;
}
