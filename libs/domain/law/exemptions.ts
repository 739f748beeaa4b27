/** Temporary exemptions from deadlines (midlertidige unntak fra frister, bvl §2-7): data, not code. */
import type { LocalDate } from '../kernel/dates.js';
import type { DeadlineId } from './deadlines.js';

/** What a regulation exempts: a deadline whose trigger lies in it is set, and nobody is late with it. */
export interface DeadlineExemption {
  readonly rules: readonly DeadlineId[];
  /** Four digits each; every municipality when not given. */
  readonly municipalities?: readonly string[];
  /** First and last day of triggers that it covers. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * The regulations in force. None yet: §2-7 (15 June 2022 to 30 June 2026) lets the ministry make one for §2-1 (D1) and §2-2
 * (D4, D5), and none that named a municipality is among our sources.
 */
export const DEADLINE_EXEMPTIONS: readonly DeadlineExemption[] = [];

/** Whether a deadline with a trigger of that day is exempted in that municipality. */
export const isExempted = (
  rule: DeadlineId,
  municipality: string,
  triggeredOn: LocalDate,
  exemptions: readonly DeadlineExemption[] = DEADLINE_EXEMPTIONS,
): boolean =>
  exemptions.some(
    ({ rules, municipalities, from, to }) =>
      rules.includes(rule) &&
      (municipalities === undefined || municipalities.includes(municipality)) &&
      from <= triggeredOn &&
      triggeredOn <= to,
  );
