/** What each deadline rests on: its events cite it. */
import type { LocalDate } from '../kernel/dates.js';
import { provision, type LawReference } from '../kernel/law-reference.js';
import type { DeadlineId } from '../law/deadlines.js';
import { actAt } from '../law/rulesets.js';

const ALL: Readonly<Record<DeadlineId, readonly LawReference[]>> = {
  D1: [provision('BVL2021', '2-1', 1)],
  D2: [provision('BVL2021', '13-3', 1)],
  D3: [provision('BVL2021', '13-3', 2)],
  D4: [provision('BVL2021', '2-2', 2)],
  D5: [provision('BVL2021', '2-2', 2)],
  D6: [provision('BVL2021', '2-5', 3)],
  D7: [provision('BVL2021', '8-1', 2)],
  // The weekly status comes from seed 003, no statute; it is part of following the measure up.
  D8: [provision('BVL2021', '8-1', 1)],
  D9: [provision('BVL2021', '8-1', 1)],
  D10: [provision('BVL2021', '8-1', 1)],
  D11: [provision('BVL2021', '3-4', 4), provision('BVL2021', '3-5')],
  D12: [provision('FVL1967', '29', 1)],
  D13: [provision('FVL1967', '31', 3)],
  D14: [provision('FVL1967', '11 a', 3)],
  D15: [provision('FVL1967', '11 a', 1)],
  D16: [provision('FVL1967', '21'), provision('FVL1967', '29', 1)],
  D17: [provision('BVL2021', '3-6')],
  D18: [provision('BVL2021', '3-6')],
};

/** The provisions of a deadline that were law on that day. */
export const deadlineProvisions = (rule: DeadlineId, on: LocalDate): readonly LawReference[] =>
  ALL[rule].filter(({ law }) => law !== 'BVL2021' || actAt(on) === 'BVL2021');
