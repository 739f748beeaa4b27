/** States that follow from facts and, for a consent, from the day. Pure. */
import type { CaseEventOf, CaseStatus, LocalDate, Settled } from '#forlop/domain';

/** Numbers of what goes on in a case, from which with `settled` its state follows. */
export interface CaseStanding {
  readonly settled: Settled | null;
  /** Measures started and not ended. */
  readonly running: number;
  /** Investigations not concluded. */
  readonly investigating: number;
  /** Measures decided, neither started nor ended, nor decided to come to an end. */
  readonly pending: number;
  /** Referrals that wait for their review. */
  readonly unreviewed: number;
  /** Referrals to be investigated that no investigation has taken up. */
  readonly awaiting: number;
  /** Measures that ran and ended. */
  readonly ended: number;
}

/** The state of a case by the same order as the domain's `caseStatus`, told from rows instead of from the stream. */
export function caseStatusOf(standing: CaseStanding): CaseStatus {
  if (standing.running > 0) return 'MEASURES_ACTIVE';
  if (standing.investigating > 0) return 'UNDER_INVESTIGATION';
  if (standing.pending > 0) return 'MEASURES_DECIDED';
  if (standing.unreviewed > 0) return 'RECEIVED';
  if (standing.awaiting > 0) return 'ASSESSED';
  if (standing.settled === 'MEASURES_DECIDED' && standing.ended > 0) return 'MEASURES_ENDED';
  return standing.settled ?? 'RECEIVED';
}

export type MeasureState = 'PROPOSED' | 'CONSENTED' | 'DECIDED' | 'STARTED' | 'ENDED' | 'LAPSED';

/** The dates on which things happened to a measure. */
export interface MeasureDates {
  readonly decidedOn?: LocalDate;
  readonly startedOn?: LocalDate;
  readonly endedOn?: LocalDate;
}

/** The state of a measure. Ended without having started, it has lapsed. */
export function measureStateOf(
  { decidedOn, startedOn, endedOn }: MeasureDates,
  consented: boolean,
): MeasureState {
  if (endedOn !== undefined) return startedOn === undefined ? 'LAPSED' : 'ENDED';
  if (startedOn !== undefined) return 'STARTED';
  if (decidedOn !== undefined) return 'DECIDED';
  return consented ? 'CONSENTED' : 'PROPOSED';
}

type Consent = Pick<
  CaseEventOf<'ConsentGiven'>['data'],
  'subjectIds' | 'validFrom' | 'validTo' | 'untilMeasureEnds'
>;

/**
 * Whether a consent is in force on a day: begun, not run out, not withdrawn. One that lasts until the measure ends lasts
 * while one of its measures has not ended.
 */
export function isInForce(
  { subjectIds, validFrom, validTo, untilMeasureEnds }: Consent,
  withdrawn: boolean,
  endedMeasures: ReadonlySet<string>,
  today: LocalDate,
): boolean {
  if (withdrawn || today < validFrom || (validTo !== undefined && today > validTo)) return false;
  return untilMeasureEnds !== true || !subjectIds.every((subject) => endedMeasures.has(subject));
}
