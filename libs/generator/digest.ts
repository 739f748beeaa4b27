/** The digest of a world: over its events as they are before anything is sealed, so that keys do not change it. */
import { createHash, type Hash } from 'node:crypto';
import type { Piece } from './given.js';

/** SHA-256 in hex of what was given of a part, by the number of the part. */
export type PartDigests = readonly (readonly [part: number, digest: string])[];

export class Digests {
  readonly #parts = new Map<number, Hash>();

  /**
   * One line of JSON for each command with its events, in the order in which they are given. A world puts the fields of an event
   * together in one order on every machine, so they need not be sorted.
   */
  add({ part, streamId, municipality, district, protection, commands }: Piece): void {
    let lines = '';
    for (const { key, by, events } of commands) {
      lines += `${JSON.stringify({ streamId, municipality, district, protection, key, by, events })}\n`;
    }
    this.#hashOf(part).update(lines);
  }

  /** Nothing can be added afterwards. */
  end(): PartDigests {
    return [...this.#parts].map(([part, hash]) => [part, hash.digest('hex')] as const);
  }

  #hashOf(part: number): Hash {
    const hash = this.#parts.get(part) ?? createHash('sha256');
    this.#parts.set(part, hash);
    return hash;
  }
}

/** The one digest of all parts, whichever thread made them. */
export function digestOfParts(parts: PartDigests): string {
  const lines = [...parts].sort(([a], [b]) => a - b).map(([part, digest]) => `${part} ${digest}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
