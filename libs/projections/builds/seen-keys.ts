/**
 * Which keys a bulk load may have written already: a Bloom filter, of one size whatever the number of rows. It never says no
 * to a key that it was given. That it now and then says yes to another costs a statement, and no row.
 */
export class SeenKeys {
  /** Made for the first key: many tables get none. */
  private bits = NONE;

  /** Remembers the key; whether it may have been there before. */
  add(key: string): boolean {
    if (this.bits === NONE) this.bits = new Uint32Array(WORDS);
    const [first, step] = hashesOf(key);
    let seen = true;
    let at = first;
    for (let i = 0; i < HASHES; i += 1) {
      const bit = at & MASK;
      const word = bit >>> 5;
      const flag = 1 << (bit & 31);
      const before = this.bits[word] ?? 0;
      if ((before & flag) === 0) {
        seen = false;
        this.bits[word] = before | flag;
      }
      at = (at + step) | 0;
    }
    return seen;
  }

  /** As `add`, without remembering. */
  has(key: string): boolean {
    const [first, step] = hashesOf(key);
    for (let i = 0, at = first; i < HASHES; i += 1, at = (at + step) | 0) {
      const bit = at & MASK;
      if (((this.bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/** 8 MiB: of two million keys every 500th is mistaken, of ten million every 25th. */
const WORDS = 1 << 21;
const MASK = WORDS * 32 - 1;
const HASHES = 4;

const NONE = new Uint32Array();

/** Two hashes of a text (FNV-1a with two offsets, mixed): the others are the first plus multiples of the second. */
function hashesOf(key: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < key.length; i += 1) {
    const unit = key.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 15;
  }
  return [mixed(a), mixed(b) | 1];
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return twice ^ (twice >>> 16);
}
