import { ForeignPosition } from './errors.js';
import type { Position } from './port.js';

/** 20 digits hold every unsigned 64-bit number, so positions of all adapters have a fixed width. */
const DIGITS = 20;
const FORM = /^([a-z]+):\d{20}(?::\d{20})*$/;

/** Whether the text has the form of a position of some store. */
export function isPosition(text: string): boolean {
  return FORM.test(text);
}

/** The number of an event in its store, from 1, as a position; 0 stands before the first. */
export function formatPosition(kind: string, sequence: number | bigint | string): Position {
  return `${kind}:${String(sequence).padStart(DIGITS, '0')}`;
}

/** The position that stands before the first event of a store of this kind. */
export function startOf(kind: string): Position {
  return formatPosition(kind, 0);
}

/** The number within a position of this kind; 0 for `null`. @throws ForeignPosition */
export function sequenceOf(kind: string, position: Position | null): bigint {
  if (position === null) return 0n;
  if (position.length !== kind.length + 1 + DIGITS || kindOf(position) !== kind) {
    throw new ForeignPosition(position, kind);
  }
  return BigInt(position.slice(kind.length + 1));
}

/** Whether both are positions of stores of one kind, so that their texts can be compared. @throws ForeignPosition for no position */
export function isSameKind(a: Position, b: Position): boolean {
  return a.length === b.length && kindOf(a) === kindOf(b);
}

/** Negative, 0 or positive, as for `Array.sort`. @throws ForeignPosition when the two are of different kinds */
export function comparePositions(a: Position, b: Position): number {
  const kind = kindOf(a);
  if (kindOf(b) !== kind || a.length !== b.length) throw new ForeignPosition(b, kind);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function kindOf(position: Position): string {
  const kind = FORM.exec(position)?.[1];
  if (kind === undefined) throw new ForeignPosition(position, 'any');
  return kind;
}
