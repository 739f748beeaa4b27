/** Prefix of this adapter's positions. */
export const KIND = 'pg';

/** Far ahead of every event, and far enough from the end of bigint to add to. */
const FAR_AHEAD = 2n ** 62n;

/** A sequence as the value of a bigint parameter: a position has more digits than that holds. */
export function asBigint(sequence: bigint): string {
  return String(sequence < FAR_AHEAD ? sequence : FAR_AHEAD);
}
