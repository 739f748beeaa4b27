/** Who is who in the case on a date: how old the child is, who has daily care, who is party, whom a decision concerns. */
import { ageOn, type LocalDate } from '../../kernel/dates.js';
import type { OpenCase, PartyStatus } from '../state.js';

/** The child's age in whole years; below 0 before birth, and 0 where nothing is known of it. */
export function ageAt({ birth }: OpenCase, on: LocalDate): number {
  if (birth.date !== undefined) return ageOn(birth.date, on);
  return birth.dueDate === undefined ? 0 : -1;
}

export const isOfAge = (state: OpenCase, on: LocalDate): boolean => ageAt(state, on) >= 18;

/** The status that counts for a person on a date: the latest assessed, the last recorded of one day. */
export function statusOf(state: OpenCase, personRef: string, on: LocalDate): PartyStatus | undefined {
  let latest: PartyStatus | undefined;
  for (const status of state.partyStatuses) {
    const counts = status.personRef === personRef && status.assessedOn <= on;
    if (counts && (latest === undefined || status.assessedOn >= latest.assessedOn)) latest = status;
  }
  return latest;
}

/** Everyone the case knows of beside the child. */
const adults = (state: OpenCase): readonly string[] => [
  ...new Set([
    ...Object.keys(state.guardians),
    ...state.partyStatuses.map(({ personRef }) => personRef).filter((ref) => ref !== state.childRef),
  ]),
];

/** Daily care as the party status says, where it speaks of a parent, else as the referral said. */
function hasDailyCare(state: OpenCase, personRef: string, on: LocalDate): boolean {
  const role = statusOf(state, personRef, on)?.role;
  if (role === 'PARENT_DAILY_CARE') return true;
  if (role === 'PARENT_VISITATION' || role === 'PARENT_OTHER') return false;
  return state.guardians[personRef]?.dailyCare ?? false;
}

/** Those with daily care (daglig omsorg) of the child. */
export const withDailyCare = (state: OpenCase, on: LocalDate): readonly string[] =>
  adults(state).filter((personRef) => hasDailyCare(state, personRef, on));

/** Those with parental responsibility (foreldreansvar); none for a youth of age. */
const withParentalResponsibility = (state: OpenCase, on: LocalDate): readonly string[] =>
  isOfAge(state, on)
    ? []
    : adults(state).filter(
        (personRef) =>
          statusOf(state, personRef, on)?.hasParentalResponsibility ??
          state.guardians[personRef]?.foreldreansvar ??
          false,
      );

/**
 * A child of 15 is party by law, whatever was assessed, unless it does not understand what the case is about; a younger one
 * by assessment (bvl §12-3).
 */
export function childIsParty(state: OpenCase, on: LocalDate): boolean {
  const status = statusOf(state, state.childRef, on);
  if (ageAt(state, on) < 15) return status?.isParty ?? false;
  return status?.understandsCase !== false || status.isParty;
}

const partiesOf = (state: OpenCase, on: LocalDate): readonly string[] => [
  ...adults(state).filter((personRef) => statusOf(state, personRef, on)?.isParty ?? false),
  ...(childIsParty(state, on) ? [state.childRef] : []),
];

export interface Entitled {
  readonly personRef: string;
  readonly capacity: 'PART' | 'FORELDREANSVAR_INFO';
}

/** Whom a decision is notified to: every party, and everyone else with parental responsibility (bvl §12-2, fvl §27). */
export function entitledToNotice(state: OpenCase, on: LocalDate): readonly Entitled[] {
  const parties = partiesOf(state, on);
  const informed = withParentalResponsibility(state, on).filter((ref) => !parties.includes(ref));
  return [
    ...parties.map((personRef) => ({ personRef, capacity: 'PART' as const })),
    ...informed.map((personRef) => ({ personRef, capacity: 'FORELDREANSVAR_INFO' as const })),
  ];
}

const PARENTS = ['MOR', 'FAR', 'MEDMOR', 'MEDFAR'];

/** Parents whose names the case knows; an unknown parent is none of them. */
export const registeredParents = (state: OpenCase): readonly string[] =>
  Object.entries(state.guardians)
    .filter(([, { relation }]) => PARENTS.includes(relation))
    .map(([personRef]) => personRef);

/** Whether the person opposes as a parent: known as one, or not known as anything else. */
export function mayOpposeAsParent(state: OpenCase, personRef: string, on: LocalDate): boolean {
  const role = statusOf(state, personRef, on)?.role;
  if (role !== undefined) return role.startsWith('PARENT_') || role === 'GUARDIAN';
  const relation = state.guardians[personRef]?.relation;
  return relation === undefined || [...PARENTS, 'VERGE'].includes(relation);
}

/** Aftercare (bvl §3-6): under 25, with a measure that began before 18. */
export function hasAftercare(state: OpenCase, on: LocalDate): boolean {
  const age = ageAt(state, on);
  return age >= 18 && age < 25 && Object.values(state.measures).some((m) => beganAsChild(state, m));
}

const beganAsChild = (state: OpenCase, measure: OpenCase['measures'][string]): boolean =>
  (measure.situation === 'started' || measure.situation === 'ended') && !isOfAge(state, measure.startedOn);
