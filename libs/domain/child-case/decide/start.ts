/** A decided measure starts (rules 01, 13, 14, 33, 34, 36b), and its weekly status is recorded. */
import type { LocalDate } from '../../kernel/dates.js';
import { RuleBroken } from '../../kernel/errors.js';
import type { Flag } from '../../kernel/flags.js';
import type { ProviderType } from '../../kernel/shapes.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import { isSameOrganisation } from '../fields.js';
import { grantsOf, type CaseState, type Grant, type Measure, type OpenCase } from '../state.js';
import { childAge } from './age-and-place.js';
import { alreadyDone, assertLegalDate, assertOrder, fieldError, found, openCase } from './basics.js';
import { assertConsents } from './consents.js';
import { ageAt } from './people.js';

type Start = CaseCommandOf<'StartMeasure'>['data'];

export function startMeasure(
  { data, context }: CaseCommandOf<'StartMeasure'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.startedOn;
  const measure = knownMeasure(open, data.measureId);
  if (measure?.situation === 'started' || measure?.situation === 'ended') {
    throw alreadyDone(on, 'Tiltaket er allerede startet.');
  }
  if (measure?.situation === 'lapsed') throw ruleBroken('40', { on, detail: 'Tiltaket er falt bort.' });
  assertLegalDate(context, open, on, 'startedOn');
  const event: CaseEvent = { type: 'MeasureStarted', data };
  if (!isJudged(on)) return [event];
  const grant = grantFor(measure, on);
  if (ageAt(open, on) >= 25) throw childAge(on, `Barnet er ${ageAt(open, on)} år.`);
  if (data.legalBasis !== undefined && data.legalBasis !== grant.legalBasis) {
    throw ruleBroken('36b', {
      on,
      detail: `Vedtaket har § ${grant.legalBasis} som hjemmel.`,
      feil: [fieldError('/legalBasis', 'legal-basis-mismatch', 'Oppgi hjemmelen i vedtaket.')],
    });
  }
  assertCertificate(data);
  const cited = [...grant.consentIds, ...(data.consentIds ?? [])];
  assertConsents(open, { ...grant, measureId: data.measureId, on, cited });
  return [
    {
      ...event,
      data: { ...data, legalBasis: grant.legalBasis },
      flags: preparation(open, data, grant),
    },
  ];
}

/** A measure that nothing in the case speaks of is unknown; one that is only chosen or consented to is known. */
function knownMeasure(state: OpenCase, measureId: string): Measure | undefined {
  const isConsentedTo = Object.values(state.consents).some((c) => c.subjectIds.includes(measureId));
  if (isConsentedTo) return state.measures[measureId];
  return found(state.measures[measureId], 'Tiltaket finnes ikke i saken.');
}

/** Rule 33, HARD: the decision that the start rests on, the last one made by then. */
function grantFor(measure: Measure | undefined, on: LocalDate): Grant {
  const grants = grantsOf(measure);
  const made = grants.filter(({ decidedOn }) => decidedOn <= on).at(-1);
  const [first] = grants;
  if (made === undefined && first !== undefined) {
    assertOrder(first.decidedOn, on, 'startedOn', 'vedtaket ble truffet');
  }
  if (made === undefined || made.decisionType === 'OPPHORT') {
    throw ruleBroken('33', { on, detail: 'Det finnes ikke noe vedtak som tiltaket kan starte på.' });
  }
  return made;
}

/** Employees of the municipality and Bufetat showed theirs when they were hired; other services are not asked. */
const MUST_SHOW: readonly ProviderType[] = ['PRIVATPERSON', 'PRIVAT_VIRKSOMHET', 'FRIVILLIG'];

/** Rule 34: seen before the start. */
function assertCertificate({ provider, policeCertificateSeenOn: seenOn, startedOn: on }: Start): void {
  if (!MUST_SHOW.includes(provider.type) || (seenOn !== undefined && seenOn <= on)) return;
  throw ruleBroken('34', {
    on,
    detail: 'Politiattest er ikke sett før tiltaket startet.',
    feil: [fieldError('/policeCertificateSeenOn', 'required', 'Oppgi når politiattesten ble sett.')],
  });
}

/** Rule 33, SOFT: the decision is notified and a plan holds the measure by the start. */
function preparation(
  { decisions, plans }: OpenCase,
  { measureId, startedOn }: Start,
  { decisionId }: Grant,
): readonly Flag[] {
  const notices = decisions[decisionId]?.notices ?? [];
  const isNotified = notices.some(({ notifiedOn }) => notifiedOn <= startedOn);
  const isPlanned = Object.values(plans).some(({ versions }) =>
    versions.some(({ from, measureIds }) => from <= startedOn && measureIds.includes(measureId)),
  );
  return [
    ...(isNotified ? [] : [ruleFlag('33', 'not-notified')]),
    ...(isPlanned ? [] : [ruleFlag('33', 'no-plan')]),
  ];
}

export function recordFollowUpStatus(
  { data, context }: CaseCommandOf<'RecordFollowUpStatus'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const { measureId, planId, on } = data;
  const measure = measureId === undefined ? undefined : open.measures[measureId];
  if (context.by.role === 'LEVERANDOR' && !isProvidedBy(measure, context.by.orgNumber)) {
    throw new RuleBroken({
      slug: 'forbidden',
      detail: 'En leverandør skriver status bare om tiltak den selv utfører.',
      losning: 'Oppgi et tiltak der leverandøren er organisasjonen i tilgangsbeviset.',
    });
  }
  assertLegalDate(context, open, on, 'on');
  if (measureId !== undefined) assertRunning(measure, on);
  if (planId !== undefined && open.plans[planId] === undefined) {
    throw ruleBroken('36', { on, detail: 'Planen finnes ikke i saken.' });
  }
  return [{ type: 'FollowUpStatusRecorded', data }];
}

/** The organisation that carries the measure out, or is decided to. */
function isProvidedBy(measure: Measure | undefined, orgNumber: string): boolean {
  const org =
    measure?.situation === 'started' || measure?.situation === 'ended'
      ? measure.providerOrg
      : grantsOf(measure).at(-1)?.providerOrg;
  return org !== undefined && isSameOrganisation(org, orgNumber);
}

/** A status belongs to the time that the measure runs. */
function assertRunning(measure: Measure | undefined, on: LocalDate): void {
  if (measure === undefined || measure.situation === 'proposed') {
    throw ruleBroken('33', { on, detail: 'Det finnes ikke noe vedtak om tiltaket.' });
  }
  if (measure.situation === 'decided') {
    throw ruleBroken('40', {
      on,
      slug: 'date-out-of-order',
      detail: 'Tiltaket er ikke startet.',
      losning: 'Registrer starten først.',
    });
  }
  if (measure.situation !== 'lapsed') assertOrder(measure.startedOn, on, 'on', 'tiltaket startet');
  if (measure.situation !== 'started' && measure.endedOn < on) {
    throw ruleBroken('40', { on, detail: 'Tiltaket er allerede avsluttet.' });
  }
}
