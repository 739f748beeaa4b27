import { ForeignPosition } from '../../errors.js';
import type { Position } from '../../port.js';

export const KIND = 'esdb';
const FORM = /^esdb:(\d{20}):(\d{20})$/;
const DIGITS = 20;
/** The server counts in signed 64-bit numbers: nothing stands beyond. */
const LAST = 2n ** 63n - 1n;

/** A place in `$all` as the wire has it: two unsigned numbers in decimal. */
export interface LogPosition {
  readonly commit: string;
  readonly prepare: string;
}

/** `esdb:<20 digits commit>:<20 digits prepare>`: both, because only the pair orders what a transaction wrote. */
export function formatLogPosition({ commit, prepare }: LogPosition): Position {
  return `${KIND}:${commit.padStart(DIGITS, '0')}:${prepare.padStart(DIGITS, '0')}`;
}

/** Before every event. */
export const START = formatLogPosition({ commit: '0', prepare: '0' });

/** @throws ForeignPosition */
export function assertOwn(position: Position): void {
  if (!FORM.test(position)) throw new ForeignPosition(position, KIND);
}

/**
 * Where the server begins to read to find what comes after a position.
 * @returns `beyond` when the position lies further than any server counts
 * @throws ForeignPosition
 */
export function logPositionOf(position: Position | null): LogPosition | 'start' | 'beyond' {
  if (position === null) return 'start';
  const match = FORM.exec(position);
  if (match === null) throw new ForeignPosition(position, KIND);
  if (position === START) return 'start';
  const [commit, prepare] = [BigInt(match[1] ?? ''), BigInt(match[2] ?? '')];
  if (commit > LAST || prepare > LAST) return 'beyond';
  return { commit: String(commit), prepare: String(prepare) };
}
