// A module comment: documents nothing.
import fs from 'node:fs';
import type { Options as Settings } from "./options";
import legacy = require('legacy');

/** Distances are in metres. */
export interface Point<T = number> extends Base {
  readonly x: T;
  y?: T;
  distance(other: Point): number;
}

export enum Colour {
  Red = 'red',
  Green = 1 << 2,
}

declare const enum Flag { On, Off }

/** A record. */
type Pair = { left: number; right: string };
export type Shape = Circle | Square | { kind: 'none' };
type Mixed = Pair & { extra: boolean };
type Name = string | undefined;
type Mapper<T> = (value: T) => T;

export function area(width: number, height?: number): number;
export function area(width: number, height = 1): number {
  return width * height + 0x1F + 1e-3;
}

declare function external(name: string): void;

export const square = (x: number): number => x ** 2;

/** Bound to a name. */
const named: Mapper<number> = function inner(n) {
  const local = async <T,>(value: T): Promise<T> => value;
  return n ? inner(n - 1) : legacy(local)!;
};

function isPair(value: unknown): value is Pair {
  return (value as Pair).left !== undefined && /^a\/b$/.test(`${value} of ${'x'}`);
}

/** A queue. */
@register('queue')
export abstract class Queue<T extends object> extends Base<T> implements Point {
  private static readonly limit = 10;
  #items: T[] = [];
  onEmpty: () => void = () => {};

  constructor(private readonly settings: Settings, public x: number) {
    super(settings);
  }

  abstract size(): number;

  protected async push(@inject() item: T, ...rest: T[]): Promise<void> {
    this.#items.push(item, ...rest);
  }

  /** The first item. */
  @memoize()
  get first(): T | null {
    return this.#items[0] ?? null;
  }

  set first(item: T) {
    this.#items[0] = item;
  }

  static *[Symbol.iterator]<T>(this: Queue<T>): Generator<T> {
    yield* [] satisfies T[];
  }

  overloaded(a: string): void;
  overloaded(a: number): void;
  overloaded(a: any): void {
    a!.handler = function () {
      return a;
    };
  }
}

namespace Geometry.Plane {
  export function origin(): Point {
    return { x: 0, y: 0 } as unknown as Point;
  }

  class Grid {
    cell = (row: number) => row;
  }
}

declare module 'vendor' {
  export class Vendor {
    run(): void;
  }
}

export const handlers = {
  open(path: string) {
    return fs.openSync(path, 'r');
  },
  close: (fd: number): void => fs.closeSync(fd),
};

export default class extends Queue<Pair> {
  size(): number {
    return 0;
  }
}

function broken(x: number {
  return x +;
}

function after(x: number): number {
  return x;
}
