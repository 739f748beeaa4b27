/** The package is delivered, and what was withheld is made known to a representative (rule 57). */
import type { LocalDate } from '../../kernel/dates.js';
import { fieldError } from '../../child-case/decide/basics.js';
import { ruleBroken } from '../../law/rules.js';
import { isJudged } from '../../law/rulesets.js';
import type { AccessRequestCommandOf } from '../commands.js';
import type { AccessRequestEvent } from '../events.js';
import { isForRepresentative, isUnder15Ground } from '../provisions.js';
import type { AccessRequestState, OpenRequest } from '../state.js';
import { alreadyDone, assertDate, lastDecision, openRequest } from './basics.js';

export function deliverInnsyn(
  { data, context }: AccessRequestCommandOf<'DeliverInnsyn'>,
  state: AccessRequestState,
): readonly AccessRequestEvent[] {
  const decision = lastDecision(openRequest(state));
  if (decision.deliveredOn !== undefined) {
    throw alreadyDone('Innsynet er allerede utlevert.', 'Ingenting mer å gjøre: pakken er den samme.');
  }
  assertDate(context, 'deliveredOn', data.deliveredOn, { 'innsynet ble avgjort': decision.decidedOn });
  return [{ type: 'InnsynDelivered', data }];
}

export function discloseToRepresentative(
  { data, context }: AccessRequestCommandOf<'DiscloseToRepresentative'>,
  state: AccessRequestState,
): readonly AccessRequestEvent[] {
  const request = openRequest(state);
  const decision = lastDecision(request);
  const on = data.disclosedOn;
  assertDate(context, 'disclosedOn', on, { 'innsynet ble avgjort': decision.decidedOn });
  if (isJudged(on)) {
    assertAnother(request, data.representativeRef, on);
    assertWithheldForRepresentative(request, data.documentIds, on);
  }
  const known = request.disclosed[data.representativeRef] ?? [];
  if (data.documentIds.every((id) => known.includes(id))) return [];
  return [{ type: 'RepresentativeDisclosureMade', data }];
}

/** A representative is another than the party from whom it is withheld. */
function assertAnother({ requester }: OpenRequest, representativeRef: string, on: LocalDate): void {
  if (requester.personRef !== representativeRef) return;
  throw ruleBroken('54', {
    on,
    detail: 'Representanten er den samme som opplysningene holdes tilbake for.',
    losning: 'Oppgi en representant som er en annen enn parten.',
    feil: [fieldError('/representativeRef', 'requester-not-identified', 'Oppgi en annen person.')],
  });
}

/** Only what bvl §12-6 second paragraph or fvl §19 first paragraph d withholds; never what a child under 15 is not told. */
function assertWithheldForRepresentative(
  { assessments }: OpenRequest,
  documentIds: readonly string[],
  on: LocalDate,
): void {
  const unlawful = documentIds.flatMap((id, index) => {
    const assessment = assessments[id];
    const ground = assessment?.decided === true ? assessment.exemption : undefined;
    if (ground !== undefined && isForRepresentative(ground)) return [];
    return [{ felt: `/documentIds/${index}`, under15: ground !== undefined && isUnder15Ground(ground) }];
  });
  const [first] = unlawful;
  if (first === undefined) return;
  const under15 = unlawful.some((u) => u.under15);
  const slug = under15 ? 'under-15-confidential' : 'refusal-basis-missing';
  throw ruleBroken('57', {
    on,
    slug,
    detail: under15
      ? 'Det et barn under 15 år ikke får vite, gjøres heller ikke kjent for en representant.'
      : 'Et av dokumentene er ikke holdt tilbake etter en bestemmelse som gir en representant adgang.',
    losning:
      'Velg dokumenter som er holdt tilbake etter barnevernsloven § 12-6 andre ledd eller forvaltningsloven § 19 første ledd bokstav d.',
    feil: unlawful.map(({ felt }) => fieldError(felt, slug, 'Fjern dokumentet fra listen.')),
  });
}
