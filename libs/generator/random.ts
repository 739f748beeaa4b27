/**
 * Chance that is the same on every machine and every version of Node: integers and divisions only. `Math.log` and its like may
 * round otherwise in another engine, so no distribution here needs them.
 */

/** Something to choose, and how often it is chosen beside the others. */
export type Weighted<T> = readonly (readonly [choice: T, weight: number])[];

/** Days by how many of a hundred have had theirs by then: `[[0, 2], [50, 9], [100, 60]]`; in between a straight line. */
export type Quantiles = readonly (readonly [percent: number, days: number])[];

const TWO_32 = 2 ** 32;

/** A stream of numbers that follows from a name (sfc32, C. Doty-Humphrey). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(name: string) {
    this.#a = mixed(name, 0x9e3779b9);
    this.#b = mixed(name, 0x85ebca6b);
    this.#c = mixed(name, 0xc2b2ae35);
    for (let round = 0; round < 12; round += 1) this.#next();
  }

  /** An unsigned number of 32 bits. */
  #next(): number {
    const result = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + result;
    this.#c |= 0;
    return result >>> 0;
  }

  /** From 0 up to, not including, 1. */
  share(): number {
    return this.#next() / TWO_32;
  }

  chance(share: number): boolean {
    return this.share() < share;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.share() * choices.length)] as T;
  }

  /** So many different ones, in the order of the list. */
  some<T>(choices: readonly T[], count: number): T[] {
    let wanted = Math.min(count, choices.length);
    return choices.filter((_, index) => {
      const isTaken = this.share() * (choices.length - index) < wanted;
      if (isTaken) wanted -= 1;
      return isTaken;
    });
  }

  weighted<T>(choices: Weighted<T>): T {
    let left = this.share() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return (choices.at(-1) as readonly [T, number])[0];
  }

  /** Whole days. */
  days(quantiles: Quantiles): number {
    const percent = this.share() * 100;
    let [from, low] = quantiles[0] as readonly [number, number];
    for (const [to, high] of quantiles) {
      if (percent < to) return Math.floor(low + ((percent - from) / (to - from)) * (high - low + 1));
      [from, low] = [to, high];
    }
    return low;
  }

  /** A UUID of version 4 by its form. */
  uuid(): string {
    const [a, b, c, d] = [this.#next(), this.#next(), this.#next(), this.#next()];
    return (
      `${octets(a, 24)}${octets(a, 16)}${octets(a, 8)}${octets(a, 0)}-${octets(b, 24)}${octets(b, 16)}-` +
      `${octets((b & 0x0fff) | 0x4000, 8)}${octets(b, 0)}-${octets(((c >>> 8) & 0x3f) | 0x80, 0)}${octets(c, 0)}-` +
      `${octets(c, 24)}${octets(c, 16)}${octets(d, 24)}${octets(d, 16)}${octets(d, 8)}${octets(d, 0)}`
    );
  }
}

const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Eight bits of a word, from a bit up. */
const octets = (word: number, from: number): string => HEX[(word >>> from) & 0xff] as string;

/** 32 bits of a text (MurmurHash3's mixing, A. Appleby): nearby names give numbers that have nothing in common. */
function mixed(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    let code = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    code = (code << 15) | (code >>> 17);
    hash ^= Math.imul(code, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
