/** A document is assessed for access (rules 55, 56 and 57). */
import type { LocalDate } from '../../kernel/dates.js';
import { RuleBroken } from '../../kernel/errors.js';
import { sameJson } from '../../kernel/same-json.js';
import { fieldError } from '../../child-case/decide/basics.js';
import { ruleBroken } from '../../law/rules.js';
import { isJudged } from '../../law/rulesets.js';
import type { AccessRequestCommandOf } from '../commands.js';
import type { AccessRequestEvent, AccessRequestEventOf } from '../events.js';
import { isTemporary, provisionFaults, stored } from '../provisions.js';
import { isAsAssessed, type AccessRequestState, type Assessment, type OpenRequest } from '../state.js';
import { alreadyDone, assertDate, basisMissing, openRequest } from './basics.js';

type Command = AccessRequestCommandOf<'AssessInnsynDocument'>['data'];
type Facts = NonNullable<Command['document']>;
type Assessed = AccessRequestEventOf<'InnsynDocumentAssessed'>['data'];

export function assessInnsynDocument(
  { data, context }: AccessRequestCommandOf<'AssessInnsynDocument'>,
  state: AccessRequestState,
): readonly AccessRequestEvent[] {
  const request = openRequest(state);
  const on = data.assessedOn;
  const before = request.assessments[data.documentId];
  assertDate(context, 'assessedOn', on, { 'begjæringen kom': request.receivedOn });
  const document = knownDocument(request, data.document);
  if (isJudged(on)) {
    assertGround(data, on);
    assertInvestigation(data, document, on);
    assertNotConfidential(request, data, document);
  }
  const assessed = assessedAs(data, document);
  if (before !== undefined && sameJson(before.recorded, assessed)) return [];
  assertMayChange(before, document);
  return [{ type: 'InnsynDocumentAssessed', data: assessed }];
}

function knownDocument({ caseIds }: OpenRequest, document: Facts | undefined): Facts {
  if (document !== undefined && caseIds.includes(document.caseId)) return document;
  throw new RuleBroken({
    slug: 'not-found',
    detail: 'Dokumentet finnes ikke i sakene begjæringen gjelder.',
    losning: 'Velg et dokument fra forslaget til dokumentliste.',
    feil: [fieldError('/documentId', 'unknown', 'Vis til et dokument eller en innføring i forslaget.')],
  });
}

/** Rule 55. */
function assertGround({ result, exemption }: Command, on: LocalDate): void {
  if (result === 'FULL') return;
  const feil = provisionFaults(exemption, '/exemption');
  if (feil.length > 0) throw basisMissing(on, 'Avslaget viser ikke til bestemmelse, ledd og bokstav.', feil);
}

/** Rule 56: what is refused for the sake of an investigation needs one that goes on, and a ground that speaks of it. */
function assertInvestigation(data: Command, { openInvestigationId }: Facts, on: LocalDate): void {
  const { exemption, untilInvestigationEnds } = data;
  const temporary = exemption !== undefined && isTemporary(exemption);
  const pointer = '/untilInvestigationEnds';
  if (untilInvestigationEnds === true && !temporary) {
    throw ruleBroken('56', {
      on,
      detail: 'Bestemmelsen gir ikke adgang til å nekte innsyn så lenge en undersøkelse pågår.',
      losning: 'Vis til barnevernsloven § 12-6 tredje ledd, eller fjern untilInvestigationEnds.',
      feil: [
        fieldError(pointer, 'refusal-basis-missing', 'Fjern feltet, eller velg bestemmelsen som gjelder.'),
      ],
    });
  }
  if (temporary && untilInvestigationEnds === false) {
    throw ruleBroken('56', {
      on,
      detail: 'Et avslag etter bestemmelsen kan ikke vare lenger enn undersøkelsen.',
      losning: 'Fjern untilInvestigationEnds, eller sett det til true.',
      feil: [
        fieldError(pointer, 'refusal-basis-missing', 'Avslaget faller bort når undersøkelsen er avsluttet.'),
      ],
    });
  }
  if (temporary && openInvestigationId === undefined) {
    throw ruleBroken('56', { on, detail: 'Ingen undersøkelse pågår i saken dokumentet hører til.' });
  }
}

const CONFIDENTIAL_UNTIL = 15;

/** Rule 57: where the age of a child is not known, the child is taken to be under 15. */
function assertNotConfidential({ requester }: OpenRequest, data: Command, { confidential }: Facts): void {
  const { result, requesterAge, assessedOn: on } = data;
  const under15 =
    requesterAge === undefined ? requester.relation === 'BARN' : requesterAge < CONFIDENTIAL_UNTIL;
  if (!under15 || !confidential || result !== 'FULL') return;
  throw ruleBroken('57', {
    on,
    detail: 'Den som ber om innsyn, er under 15 år, og dokumentet er ikke kjent for barnet fra før.',
    feil: [
      fieldError('/result', 'under-15-confidential', 'Velg DELVIS eller NEKTET, og oppgi bestemmelsen.'),
    ],
  });
}

/** As it is stored: the ground in its one spelling, and which investigation a temporary refusal waits for. */
function assessedAs(
  { document: _document, requesterAge: _age, ...data }: Command,
  document: Facts,
): Assessed {
  const { exemption, untilInvestigationEnds: _until, ...rest } = data;
  const { caseId, openInvestigationId, corrections = [] } = document;
  const cited = exemption === undefined ? {} : { exemption: stored(exemption) };
  const waits =
    exemption !== undefined && isTemporary(exemption) && openInvestigationId !== undefined
      ? { untilInvestigationEnds: true, investigationId: openInvestigationId }
      : {};
  return { ...rest, ...cited, ...waits, caseId, ...(corrections.length === 0 ? {} : { corrections }) };
}

/** Until it is decided on, an assessment may change; after that where the refusal has lifted or the document was corrected. */
function assertMayChange(before: Assessment | undefined, document: Facts): void {
  if (before === undefined || !before.decided || !isAsAssessed(before, document.corrections)) return;
  const lifted =
    before.investigationId !== undefined && before.investigationId !== document.openInvestigationId;
  if (lifted) return;
  throw alreadyDone(
    'Dokumentet er vurdert, og innsynet er avgjort.',
    'Ta imot en ny begjæring, eller vent til undersøkelsen avslaget bygger på, er avsluttet.',
  );
}
