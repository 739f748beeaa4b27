/** A decision on measures (vedtak, bvl §3-1): the point where most of the rules meet. */
import type { LocalDate } from '../../kernel/dates.js';
import type { Flag } from '../../kernel/flags.js';
import {
  categoriesOf,
  categoryNeedsSpecification,
  isOutsideAgeAdvice,
  measureKind,
} from '../../law/catalogue.js';
import { planDeadline } from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import type { CaseState, OpenCase } from '../state.js';
import { assertAge, assertStaysHere, childAge } from './age-and-place.js';
import { assertMayDecide } from './authority.js';
import { assertLegalDate, assertNewIds, assertOrder, idInUse, isBlank, openCase } from './basics.js';
import { assertCodes, assertGrounds, specificationMissing } from './codes.js';
import { assertConsents } from './consents.js';
import { assertExplained, assertInCatalogue } from './groundwork.js';
import { assertBasis } from './legal-basis.js';
import { assertParticipation } from './participation.js';
import { assertPartyStatus } from './party-status.js';
import { ageAt } from './people.js';
import { assertComplete, assertJournaled } from './texts.js';

type Decision = CaseCommandOf<'DecideMeasure'>['data'];

export function decideMeasure(command: CaseCommandOf<'DecideMeasure'>, state: CaseState): CaseEvent[] {
  const { context } = command;
  const open = openCase(state);
  const data = withCategories(command.data);
  const on = data.decidedOn;
  if (isJudged(on)) assertMayDecide(context, data.decidedBy, on);
  assertLegalDate(context, open, on, 'decidedOn');
  assertIds(open, data);
  assertMeasureDates(data);
  assertCatalogued(data, on);
  const event: CaseEvent = {
    type: 'MeasureDecided',
    data: { ...data, planDueOn: planDeadline(on).dueOn },
  };
  if (!isJudged(on)) return [event];
  assertReach(open, data);
  if (data.decisionType !== 'OPPHORT') assertStaysHere(open, context, on);
  assertBasis({ ...data, measures: data.measures.map((m) => ({ ...m, legalBasis: basisOf(data, m) })), on });
  assertSpecifications(data, on);
  assertComplete(data, on);
  if (data.decisionType !== 'OPPHORT') assertExplained(data.whyThisMeasure, on);
  assertDecidable(open, data);
  assertPartyStatus(
    open,
    data.grounds.map(({ code }) => code),
    on,
  );
  assertParticipation(open, phasesFor(data), on);
  if (data.decisionType !== 'OPPHORT') assertEveryConsent(open, data);
  assertJournaled(open, data.documentId, on);
  return [{ ...event, flags: ageAdvice(open, data) }];
}

/** The catalogue's usual category where none is given (model.md decision 5b). */
function withCategories(data: Decision): Decision {
  const measures = data.measures.map((measure) => {
    const kind = measureKind(measure.catalogueCode);
    const [usual] = kind === undefined ? [] : categoriesOf(kind, data.decidedOn);
    const ssbCategory = measure.ssbCategory ?? (kind?.ssb.length === 0 ? undefined : usual);
    return { ...measure, ...(ssbCategory === undefined ? {} : { ssbCategory }) };
  });
  return { ...data, measures };
}

const basisOf = (data: Decision, measure: Decision['measures'][number]) =>
  measure.legalBasis ?? data.legalBasis;

/** A measure is new or known as a measure; what is decided as new is decided for the first time. */
function assertIds(state: OpenCase, { decisionId, decisionType, measures }: Decision): void {
  const ids = measures.map(({ measureId }) => measureId);
  assertNewIds(state, decisionId);
  if (ids.includes(decisionId) || new Set(ids).size < ids.length) throw idInUse();
  for (const id of ids) {
    const kind = state.ids[id];
    const situation = state.measures[id]?.situation ?? 'proposed';
    const isFirst = decisionType === 'NYTT' || decisionType === 'AKUTT_4_1';
    if ((kind !== undefined && kind !== 'measure') || (isFirst && situation !== 'proposed')) throw idInUse();
  }
}

function assertMeasureDates({ measures }: Decision): void {
  measures.forEach(({ startPlanned, endPlanned }, index) => {
    if (endPlanned === undefined) return;
    assertOrder(startPlanned, endPlanned, `/measures/${index}/endPlanned`, 'planlagt start');
  });
}

function assertCatalogued(data: Decision, on: LocalDate): void {
  data.measures.forEach(({ catalogueCode, ssbCategory }, index) => {
    assertInCatalogue(catalogueCode, on, `/measures/${index}/catalogueCode`);
    if (ssbCategory !== undefined) {
      assertCodes('tiltakKategori', [ssbCategory], on, `/measures/${index}/ssbCategory`);
    }
  });
  assertGrounds(data.grounds, on);
  if (data.status !== undefined) assertCodes('vedtakStatus', [data.status], on, '/status');
}

/** Rule 22: `3.7` and every `.99` say what they are. */
function assertSpecifications({ measures }: Decision, on: LocalDate): void {
  const missing = measures.flatMap(({ ssbCategory, specification }, index) =>
    ssbCategory !== undefined && categoryNeedsSpecification(ssbCategory, on) && isBlank(specification)
      ? [`/measures/${index}/specification`]
      : [],
  );
  if (missing.length > 0) throw specificationMissing(on, missing);
}

/** Rule 01: from 18 on the law reaches only measures under §3-6, and bringing what runs to an end. */
function assertReach(state: OpenCase, { decidedOn: on, decisionType, legalBasis }: Decision): void {
  const age = ageAt(state, on);
  if (age < 18 || decisionType === 'OPPHORT') return;
  if (age >= 25) assertAge(state, on);
  if (legalBasis !== '3-6') {
    throw childAge(on, `Barnet er ${age} år: tiltak fra 18 år har § 3-6 som hjemmel.`);
  }
}

/** What continues, changes or ends a measure finds it decided and not ended on that day, whenever it is recorded. */
function assertDecidable(state: OpenCase, { decidedOn: on, decisionType, measures }: Decision): void {
  for (const { measureId } of measures) {
    const measure = state.measures[measureId];
    const isOver = measure?.situation === 'ended' || measure?.situation === 'lapsed';
    if (isOver && measure.endedOn < on) {
      throw ruleBroken('40', { on, detail: 'Tiltaket er allerede avsluttet.' });
    }
    const isDecided = measure !== undefined && measure.situation !== 'proposed';
    if (decisionType === 'OPPHORT' && !isDecided) {
      throw ruleBroken('33', { on, detail: 'Det finnes ikke noe vedtak om tiltaket som skal opphøre.' });
    }
  }
}

/** The end of a measure is also prepared in the phase AVSLUTNING. */
const phasesFor = ({ decisionType }: Decision) =>
  decisionType === 'OPPHORT'
    ? (['VEDTAK', 'TILTAKSVALG', 'AVSLUTNING'] as const)
    : (['VEDTAK', 'TILTAKSVALG'] as const);

function assertEveryConsent(state: OpenCase, data: Decision): void {
  for (const measure of data.measures) {
    assertConsents(state, {
      ...measure,
      legalBasis: basisOf(data, measure),
      on: data.decidedOn,
      cited: data.consentIds ?? [],
    });
  }
}

function ageAdvice(state: OpenCase, { decidedOn, decisionType, measures }: Decision): readonly Flag[] {
  if (decisionType === 'OPPHORT') return [];
  const age = Math.max(0, ageAt(state, decidedOn));
  const isOutside = measures.some(({ catalogueCode }) => {
    const kind = measureKind(catalogueCode);
    return kind !== undefined && isOutsideAgeAdvice(kind, age);
  });
  return isOutside ? [ruleFlag('22', 'age-advice')] : [];
}
