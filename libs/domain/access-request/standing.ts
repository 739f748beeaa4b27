/** Rule 54: what the cases know of the one who asks, and whether that bears the basis on which access is asked for. */
import type { LocalDate } from '../kernel/dates.js';
import type { Infer } from '../kernel/schema.js';
import { ageAt, childIsParty, statusOf } from '../child-case/decide/people.js';
import type { OpenCase } from '../child-case/state.js';
import type { knownInCase } from './commands.js';
import type { InnsynBasis, Standing } from './events.js';

/** What a case knows of a requester on a day. */
export type KnownInCase = Infer<ReturnType<typeof knownInCase>['fields']>;

/** What the case knows of a person on a day; of nobody in particular where the requester is no registered person. */
export function knownOfRequester(
  caseId: string,
  state: OpenCase,
  personRef: string | undefined,
  on: LocalDate,
): KnownInCase {
  const base = { caseId, startedOn: state.startedOn, childAge: ageAt(state, on) };
  if (personRef === undefined) return { ...base, isChild: false, isParty: false, hasForeldreansvar: false };
  if (personRef === state.childRef) {
    return { ...base, isChild: true, isParty: childIsParty(state, on), hasForeldreansvar: false };
  }
  const status = statusOf(state, personRef, on);
  const foreldreansvar = status?.hasParentalResponsibility ?? state.guardians[personRef]?.foreldreansvar;
  return {
    ...base,
    isChild: false,
    isParty: status?.isParty ?? false,
    /** Nobody has parental responsibility for a grown-up. */
    hasForeldreansvar: base.childAge < 18 && foreldreansvar === true,
  };
}

/** Whether the case knows the person at all: as its child, as a guardian, or by a party status that was assessed. */
export const isKnownTo = (state: OpenCase, personRef: string): boolean =>
  personRef === state.childRef ||
  Object.hasOwn(state.guardians, personRef) ||
  state.partyStatuses.some((status) => status.personRef === personRef);

const COMES_OF_AGE = 18;

/** What the requester is to the case. A grown-up child is no longer «the child», whatever party it was then. */
export function standingIn({ isChild, isParty, hasForeldreansvar, childAge }: KnownInCase): Standing {
  if (isChild && childAge >= COMES_OF_AGE) return 'TIDLIGERE_BARN';
  if (isParty) return 'PART';
  if (isChild) return 'BARN';
  return hasForeldreansvar ? 'FORELDREANSVAR' : 'INGEN';
}

/**
 * Whether the case bears the basis. The child whom the case is about always may ask: rule 57 keeps from it, under 15, what is
 * confidential. Whoever asks under GDPR, offentleglova or as a representative needs no place in the case to be heard.
 */
export function bears(basis: InnsynBasis, known: KnownInCase): boolean {
  switch (basis) {
    case 'PART_FVL18':
      return known.isParty || known.isChild;
    case 'TIDLIGERE_BARN':
      return known.isChild && known.childAge >= COMES_OF_AGE;
    case 'FORELDREANSVAR_UTEN_PARTSTATUS':
      return known.hasForeldreansvar;
    case 'GDPR_15':
    case 'OFFENTLEGLOVA':
    case 'REPRESENTANT':
      return true;
  }
}
