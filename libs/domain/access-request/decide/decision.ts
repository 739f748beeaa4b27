/** The request is decided: what follows from the assessments, with every ground (rule 55; fvl §21). */
import type { LocalDate } from '../../kernel/dates.js';
import type { FieldError } from '../../kernel/errors.js';
import type { Flag } from '../../kernel/flags.js';
import { fieldError } from '../../child-case/decide/basics.js';
import { accessComplaintDeadline, deadlineFlag } from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import type { AccessRequestCommandOf } from '../commands.js';
import type { AccessRequestEvent, InnsynResult } from '../events.js';
import { citation, groundsOf, isSameGround, provisionFaults, stored } from '../provisions.js';
import type { AccessRequestState, OpenRequest } from '../state.js';
import { alreadyDone, assertDate, basisMissing, openRequest } from './basics.js';

type Decision = AccessRequestCommandOf<'DecideInnsyn'>['data'];

export function decideInnsyn(
  { data, context }: AccessRequestCommandOf<'DecideInnsyn'>,
  state: AccessRequestState,
): readonly AccessRequestEvent[] {
  const request = openRequest(state);
  const on = data.decidedOn;
  if (request.decisions.length > 0 && !isReassessed(request)) {
    throw alreadyDone(
      'Begjæringen er avgjort, og ingen vurdering er ny siden da.',
      'Ingenting mer å gjøre. Et avslag som er falt bort, vurderes på nytt før ny avgjørelse.',
    );
  }
  assertDate(context, 'decidedOn', on, {
    'begjæringen kom': request.receivedOn,
    'den siste vurderingen': lastAssessedOn(request),
  });
  if (isJudged(on)) {
    assertAllAssessed(request, data.proposed, on);
    assertAsAssessed(data, on);
    assertOutcome(request, data, on);
    assertGrounds(request, data, on);
  }
  const { proposed: _proposed, outdated: _outdated, refusalBasis, ...decision } = data;
  const refused = data.outcome === 'FULL' ? {} : refusal(refusalBasis ?? [], on);
  return [{ type: 'InnsynDecided', data: { ...decision, ...refused }, flags: lateness(request, on) }];
}

const isReassessed = ({ assessments }: OpenRequest): boolean =>
  Object.values(assessments).some(({ decided }) => !decided);

const lastAssessedOn = ({ assessments, receivedOn }: OpenRequest): LocalDate =>
  Object.values(assessments).reduce(
    (last, { assessedOn }) => (assessedOn > last ? assessedOn : last),
    receivedOn,
  );

/** The grounds in their one spelling, and D16: a party’s deadline, so it moves to the next virkedag. */
const refusal = (basis: NonNullable<Decision['refusalBasis']>, on: LocalDate) => ({
  refusalBasis: basis.map(stored),
  complaintDueOn: accessComplaintDeadline(on).dueOnRolled,
});

/** D15 is judged at the first decision: what lifts later is answered in its own time. */
function lateness({ decisions, deadline }: OpenRequest, on: LocalDate): readonly Flag[] {
  const flag = decisions.length === 0 && isJudged(on) ? deadlineFlag(deadline, 'access-late', on) : undefined;
  return flag === undefined ? [] : [flag];
}

/** A document that nobody has assessed would be withheld without a ground. */
function assertAllAssessed({ assessments }: OpenRequest, proposed: readonly string[], on: LocalDate): void {
  const unassessed = proposed.filter((documentId) => assessments[documentId] === undefined).length;
  if (unassessed === 0 && Object.keys(assessments).length > 0) return;
  const detail =
    unassessed === 0
      ? 'Ingen dokumenter er vurdert.'
      : `${unassessed} av ${proposed.length} dokumenter i forslaget er ikke vurdert.`;
  throw basisMissing(on, detail, [
    fieldError(
      '/outcome',
      'refusal-basis-missing',
      'Vurder hvert dokument i forslaget før begjæringen avgjøres.',
    ),
  ]);
}

/** What was corrected after it was assessed would be shown unassessed. */
function assertAsAssessed({ outdated = [] }: Decision, on: LocalDate): void {
  if (outdated.length === 0) return;
  const detail =
    outdated.length === 1
      ? 'Ett dokument er rettet etter at det ble vurdert.'
      : `${outdated.length} dokumenter er rettet etter at de ble vurdert.`;
  throw basisMissing(on, detail, [
    fieldError('/outcome', 'refusal-basis-missing', 'Vurder det som er rettet, på nytt før avgjørelsen.'),
  ]);
}

/** FULL when all is seen, NEKTET when nothing is, DELVIS for whatever lies between. */
export function outcomeOf({ assessments }: OpenRequest): InnsynResult {
  const results = Object.values(assessments).map(({ result }) => result);
  if (results.every((result) => result === 'FULL')) return 'FULL';
  return results.every((result) => result === 'NEKTET') ? 'NEKTET' : 'DELVIS';
}

function assertOutcome(request: OpenRequest, { outcome }: Decision, on: LocalDate): void {
  const follows = outcomeOf(request);
  if (outcome === follows) return;
  throw basisMissing(on, `Av vurderingene følger utfallet ${follows}, ikke ${outcome}.`, [
    fieldError('/outcome', 'refusal-basis-missing', `Velg ${follows}, eller vurder dokumentene på nytt.`),
  ]);
}

/** Each ground is cited as fvl §21 asks, and none that an assessment rests on is left out. */
function assertGrounds(
  { assessments }: OpenRequest,
  { outcome, refusalBasis = [] }: Decision,
  on: LocalDate,
): void {
  if (outcome === 'FULL') return;
  const faults: readonly FieldError[] = refusalBasis.flatMap((cited, index) =>
    provisionFaults(cited, `/refusalBasis/${index}`),
  );
  if (faults.length > 0)
    throw basisMissing(on, 'En bestemmelse er ikke oppgitt med ledd og bokstav.', faults);
  const told = groundsOf(refusalBasis);
  const used = Object.values(assessments).flatMap(({ exemption }) =>
    exemption === undefined ? [] : [exemption],
  );
  const untold = [...new Set(used.filter((g) => !told.some((t) => isSameGround(t, g))).map(citation))].sort();
  if (untold.length === 0) return;
  throw basisMissing(on, `Avgjørelsen oppgir ikke ${untold.join(', ')}.`, [
    fieldError(
      '/refusalBasis',
      'refusal-basis-missing',
      'Oppgi hver bestemmelse som noe er holdt tilbake etter.',
    ),
  ]);
}
