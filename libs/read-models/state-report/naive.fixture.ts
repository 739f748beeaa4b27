/** The figures again, event by event in plain TypeScript: what the statement is held against. */
import type { Counted, LocalDate } from '#forlop/domain';
import {
  accessDeadline,
  addMonths,
  daysBetween,
  effectiveEntries,
  extendedInvestigationDeadline,
  firstEvaluationDeadline,
  investigationDeadline,
  legalDateOf,
  reviewDeadline,
} from '#forlop/domain';

/** An event as it stands in the store, its personal fields null. */
export interface Occurrence {
  readonly eventId: string;
  readonly streamId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Recorded = Parameters<typeof effectiveEntries>[0][number];

/** Counts what happened, in the order of the store. */
export function naiveFigures(
  happened: readonly Occurrence[],
  year: number,
  until: LocalDate = `${year}-12-31`,
): Map<string, Counted> {
  return new Naive(counting(happened, until), `${year}-01-01`, until).figures();
}

/** What counts, as corrected. The type is hidden from the domain, which would derive fields that these events may lack. */
function counting(happened: readonly Occurrence[], until: LocalDate): readonly Occurrence[] {
  const isCorrection = ({ type }: Occurrence) => type === 'EntryCorrected' || type === 'EntryRetracted';
  const entries = happened.map((one) => ({
    eventId: one.eventId,
    event: { type: isCorrection(one) ? one.type : 'StartMeetingHeld', data: one.data },
    one,
  }));
  return effectiveEntries(entries as unknown as (Recorded & { one: Occurrence })[], until).flatMap(
    ({ recorded: { one }, event, retractedBy }) =>
      isCorrection(one) || retractedBy !== undefined ? [] : [{ ...one, data: event.data }],
  );
}

const text = (data: Occurrence['data'], field: string): string => String(data[field]);
const records = (value: unknown): readonly Occurrence['data'][] =>
  Array.isArray(value) ? (value as readonly Occurrence['data'][]) : [];

class Naive {
  private readonly counts = new Map<string, { numerator: number; denominator: number; days: number[] }>();

  constructor(
    private readonly events: readonly Occurrence[],
    private readonly from: LocalDate,
    private readonly until: LocalDate,
  ) {}

  figures(): Map<string, Counted> {
    this.referrals();
    this.investigations();
    this.measures();
    this.plans();
    this.participation();
    this.requests();
    return new Map(
      [...this.counts].map(([key, { numerator, denominator, days }]) => [
        key,
        { numerator, denominator, ...(days.length === 0 ? {} : { median: median(days) }) },
      ]),
    );
  }

  private of(type: string, streamId?: string): readonly Occurrence[] {
    return this.events.filter(
      (event) => event.type === type && (streamId === undefined || event.streamId === streamId),
    );
  }

  private within(on: unknown): boolean {
    return typeof on === 'string' && on >= this.from && on <= this.until;
  }

  private add(key: string, hit: boolean, base = true, days?: number): void {
    const count = this.counts.get(key) ?? { numerator: 0, denominator: 0, days: [] };
    this.counts.set(key, count);
    if (hit) count.numerator += 1;
    if (base) count.denominator += 1;
    if (days !== undefined) count.days.push(days);
  }

  private receivedOn(streamId: string, referralId: unknown): LocalDate | undefined {
    const referral = this.of('ReferralReceived', streamId).find(
      ({ data }) => data['referralId'] === referralId,
    );
    return referral === undefined ? undefined : legalDateOf(text(referral.data, 'receivedAt'));
  }

  private referrals(): void {
    for (const { data } of this.of('ReferralReceived')) {
      if (data['kind'] !== 'OVERFORT_FRA_KOMMUNE' && this.within(legalDateOf(text(data, 'receivedAt'))))
        this.add('Q1', true);
    }
    for (const { data, streamId } of this.of('ReferralAssessed')) {
      if (!this.within(data['assessedOn'])) continue;
      this.add('Q2', data['conclusion'] === 'DISMISSED');
      const received = this.receivedOn(streamId, data['referralId']);
      this.add('Q3', received !== undefined && text(data, 'assessedOn') > reviewDeadline(received).dueOn);
    }
  }

  private investigations(): void {
    for (const { data, streamId } of this.of('InvestigationConcluded')) {
      if (!this.within(data['concludedOn'])) continue;
      const isOwn = (one: Occurrence) => one.data['investigationId'] === data['investigationId'];
      const opened = this.of('InvestigationOpened', streamId).find(isOwn);
      const more = this.of('InvestigationExtended', streamId).some(
        (one) => isOwn(one) && one.data['granted'] === '1',
      );
      const dueOn = opened === undefined ? undefined : this.dueOn(opened, more);
      this.add('Q4', true);
      this.add('Q5', dueOn !== undefined && text(data, 'concludedOn') > dueOn);
      this.add('Q6', data['outcome'] === 'VEDTAK_TILTAK' || data['outcome'] === 'BEGJAERING');
    }
  }

  private dueOn({ data, streamId }: Occurrence, more: boolean): LocalDate {
    const ids = (data['referralIds'] ?? []) as readonly string[];
    const [first = text(data, 'startedOn')] = ids.flatMap((id) => this.receivedOn(streamId, id) ?? []).sort();
    return (more ? extendedInvestigationDeadline : investigationDeadline)(first).dueOn;
  }

  private person(streamId: string): string {
    // The child is known from every referral, those that were retracted too; in these histories it never changes.
    return streamId;
  }

  private started() {
    return this.of('MeasureStarted').map(({ data, streamId }) => {
      const isOwn = (one: Occurrence['data']) => one['measureId'] === data['measureId'];
      const decisions = [...this.of('MeasureDecided', streamId)]
        .flatMap((one) =>
          records(one.data['measures'])
            .filter(isOwn)
            .map((own) => ({ ...own, on: text(one.data, 'decidedOn') })),
        )
        .sort((a, b) => a.on.localeCompare(b.on)) as (Occurrence['data'] & { on: string })[];
      const end = this.of('MeasureEnded', streamId).find((one) => isOwn(one.data));
      const category = decisions.flatMap((one) => (one['ssbCategory'] ?? []) as string | []).at(-1);
      return {
        person: this.person(streamId),
        streamId,
        id: text(data, 'measureId'),
        startedOn: text(data, 'startedOn'),
        endedOn: end === undefined ? undefined : text(end.data, 'endedOn'),
        decidedOn: decisions[0]?.on,
        voluntary: decisions.at(-1)?.['voluntary'] === true,
        group: category === undefined ? 'UKJENT' : (category.split('.')[0] ?? ''),
      };
    });
  }

  private measures(): void {
    const begun = this.started().filter(({ startedOn }) => startedOn <= this.until);
    const ran = begun.filter(({ endedOn }) => endedOn === undefined || endedOn >= this.from);
    const runs = begun.filter(({ endedOn }) => endedOn === undefined || endedOn > this.until);
    for (const person of new Set(ran.map((one) => one.person))) {
      const own = ran.filter((one) => one.person === person);
      this.add('Q7', true);
      this.add('Q8', !own.some(({ group }) => group === '1' || group === '2'));
    }
    for (const person of new Set(runs.map((one) => one.person))) {
      this.add('Q7.VED_SLUTTEN', true);
      this.add(
        'Q9',
        this.plansInForce().some((plan) => plan.person === person),
      );
    }
    for (const { startedOn, decidedOn } of begun) {
      if (startedOn >= this.from && decidedOn !== undefined)
        this.add('Q16', true, true, daysBetween(decidedOn, startedOn));
    }
    for (const { startedOn, endedOn, group } of begun) {
      if (endedOn === undefined || !this.within(endedOn)) continue;
      this.add('Q17', true, true, daysBetween(startedOn, endedOn));
      this.add(`Q17.${group}`, true, true, daysBetween(startedOn, endedOn));
    }
    for (const { group } of runs) {
      this.add('Q18', true);
      this.add(`Q18.${group}`, true);
    }
    for (const { data } of this.of('MeasureEnded')) {
      if (!this.within(data['endedOn'])) continue;
      this.add('Q14', data['reason'] === 'MAL_NADD');
      this.add('Q14.INGEN_EFFEKT', data['reason'] === 'INGEN_EFFEKT');
      this.add('Q15', true);
      this.add(`Q15.${text(data, 'reason')}`, true);
    }
    for (const { voluntary } of ran) if (voluntary) this.add('Q20', false);
    for (const { data, streamId } of this.of('ConsentWithdrawn')) {
      const given = this.of('ConsentGiven', streamId).find(
        (one) => one.data['consentId'] === data['consentId'],
      );
      if (given?.data['kind'] === 'TILTAK' && this.within(data['on'])) this.add('Q20', true, false);
    }
  }

  private allPlans() {
    return this.of('PlanEstablished')
      .filter(({ data }) => !['7', '8'].includes(text(data, 'planType')))
      .map(({ data, streamId }) => {
        const revisions = this.of('PlanRevised', streamId).filter(
          (one) => one.data['planId'] === data['planId'],
        );
        const versions = [
          { data, madeOn: text(data, 'establishedOn') },
          ...revisions.map((one) => ({ data: one.data, madeOn: text(one.data, 'revisedOn') })),
        ].sort((a, b) => a.madeOn.localeCompare(b.madeOn));
        return {
          person: this.person(streamId),
          streamId,
          id: text(data, 'planId'),
          establishedOn: text(data, 'establishedOn'),
          lastsUntil: versions.filter(({ madeOn }) => madeOn <= this.until).at(-1)?.data['durationUntil'],
          measures: new Set(
            versions.flatMap((one) => records(one.data['measures']).map((m) => m['measureId'])),
          ),
          evaluations: this.of('EvaluationRecorded', streamId).filter(
            (one) => one.data['planId'] === data['planId'],
          ),
        };
      });
  }

  private plansInForce() {
    return this.allPlans().filter(
      ({ establishedOn, lastsUntil }) =>
        establishedOn <= this.until && typeof lastsUntil === 'string' && lastsUntil >= this.until,
    );
  }

  private plans(): void {
    const long = this.plansInForce().filter(({ establishedOn }) => addMonths(establishedOn, 3) <= this.until);
    for (const person of new Set(long.map((plan) => plan.person))) {
      const dates = long
        .filter((plan) => plan.person === person)
        .flatMap(({ evaluations }) => evaluations.map(({ data }) => text(data, 'evaluatedOn')));
      this.add(
        'Q10',
        dates.some((on) => on > addMonths(this.until, -6) && on <= this.until),
      );
    }
    for (const plan of this.allPlans()) {
      const [first] = this.of('MeasureStarted', plan.streamId)
        .filter(({ data }) => plan.measures.has(data['measureId']))
        .map(({ data }) => text(data, 'startedOn'))
        .sort();
      if (first === undefined) continue;
      const { dueOn } = firstEvaluationDeadline(first);
      const dates = plan.evaluations.map(({ data }) => text(data, 'evaluatedOn'));
      if (this.within(dueOn))
        this.add(
          'Q11',
          dates.some((on) => on >= first && on <= dueOn),
        );
    }
    const evaluations = this.of('EvaluationRecorded');
    evaluations.forEach(({ data, streamId }, index) => {
      if (!this.within(data['nextDueOn'])) return;
      const on = text(data, 'evaluatedOn');
      this.add(
        'Q12',
        evaluations.some((next, place) => {
          const nextOn = text(next.data, 'evaluatedOn');
          const isOwn = next.streamId === streamId && next.data['planId'] === data['planId'];
          const isLater = nextOn > on || (nextOn === on && place > index);
          return isOwn && isLater && nextOn <= text(data, 'nextDueOn');
        }),
      );
    });
  }

  private participation(): void {
    const heard = (streamId: string, phases: readonly string[], by: LocalDate, own: boolean) => {
      if (!this.within(by)) return;
      const before = this.of('ChildParticipationRecorded', streamId).filter(
        ({ data }) => phases.includes(text(data, 'phase')) && text(data, 'heldOn') <= by,
      );
      const tookPart = own || before.some(({ data }) => data['method'] !== undefined);
      this.add('Q13', tookPart);
      this.add(
        'Q13.INGEN_MULIGHET',
        !tookPart && before.some(({ data }) => data['none'] === 'NO_OPPORTUNITY'),
      );
    };
    for (const { data, streamId } of this.of('MeasureDecided')) {
      heard(streamId, ['VEDTAK', 'TILTAKSVALG'], text(data, 'decidedOn'), false);
    }
    for (const { data, streamId } of this.of('EvaluationRecorded')) {
      const own = data['childView'] !== undefined || data['participation'] !== undefined;
      heard(streamId, ['EVALUERING'], text(data, 'evaluatedOn'), own);
      if (!this.within(data['evaluatedOn'])) continue;
      for (const { result } of records(data['goals'])) {
        this.add('Q14.FREMGANG', result === 'NADD' || result === 'FREMGANG');
      }
    }
  }

  private requests(): void {
    for (const { data, streamId } of this.of('InnsynRequested')) {
      const receivedOn = legalDateOf(text(data, 'receivedAt'));
      if (!this.within(receivedOn)) continue;
      const decided = this.of('InnsynDecided', streamId).find(
        (one) => text(one.data, 'decidedOn') <= this.until,
      );
      this.add('Q22', true);
      this.add(
        'Q22.INNEN_FRIST',
        decided !== undefined && text(decided.data, 'decidedOn') <= accessDeadline(receivedOn).dueOn,
      );
      const outcome = decided?.data['outcome'];
      if (outcome === 'DELVIS' || outcome === 'NEKTET') this.add(`Q22.${outcome}`, true);
      const keys = records(decided?.data['refusalBasis']).map((ground) =>
        ['law', 'section', 'paragraph', 'letter']
          .filter((field) => ground[field] !== undefined)
          .map((field) => text(ground, field))
          .join('-'),
      );
      for (const key of new Set(keys)) this.add(`Q22.${key}`, true);
    }
  }
}

function median(days: readonly number[]): number {
  const sorted = [...days].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? 0;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}
