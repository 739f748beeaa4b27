import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { caseStream, RuleBroken } from '#forlop/domain';
import type { StoredEvent } from '#forlop/event-store';
import type { CaseCommandType } from '../case-command.js';
import type { CommandHandling } from '../command-handling.js';
import { caseIdOf } from '../ids.js';
import type { CommandRequest } from '../request.js';
import { exampleOf, HAMAR, personBody, referral, request } from '../world.fixture.js';
import { MemorySnapshots, Shared, WatchedStore } from './processes.fixture.js';

/** The ids that the domain's examples tell their one story with. */
const id = (n: number): string => `a3b1c0de-0001-4000-8000-00000000000${n.toString(16)}`;
const PEOPLE = [1, 2, 3].map((n) => `6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d0${n}`);
const CHILD = PEOPLE[0] ?? '';
const CASE = caseIdOf(HAMAR, CHILD);

type Told = readonly [CaseCommandType, Record<string, unknown>?];

/** From a referral to a measure that runs, as the examples have it. */
const STORY: readonly Told[] = [
  ['AssessReferral', { referralId: id(2) }],
  ['OpenInvestigation', { investigationId: id(3), referralIds: [id(2)] }],
  ['AssessPartyStatus'],
  [
    'AssessPartyStatus',
    { personRef: PEOPLE[2], role: 'PARENT_VISITATION', isParty: false, basis: undefined },
  ],
  ['RecordChildParticipation', { phase: 'UNDERSOKELSE', heldOn: '2026-02-01' }],
  ['SummariseFindings'],
  ['ProposeMeasure'],
  ['ClarifyRoles'],
  ['RecordChildParticipation'],
  ['RecordConsent'],
  ['JournalDocument'],
  ['DecideMeasure'],
  ['ConcludeInvestigation', { investigationId: id(3) }],
  ['NotifyDecision', { decisionId: id(6) }],
  ['RecordChildParticipation', { phase: 'PLAN', heldOn: '2026-02-27' }],
  ['EstablishPlan'],
  ['HoldStartMeeting'],
  ['StartMeasure', { measureId: id(4) }],
];
const MORE: readonly Told[] = [
  ...STORY,
  ['ExtendInvestigation', { investigationId: id(3) }],
  ['WithdrawConsent', { consentId: id(5) }],
  ['RevisePlan', { planId: id(8) }],
  ['AcknowledgePlan', { planId: id(8) }],
  ['AcknowledgePlan', { planId: id(8) }],
  ['RecordFollowUpStatus', { measureId: id(4) }],
  ['RecordEvaluation', { planId: id(8) }],
  ['EndMeasure', { measureId: id(4) }],
];

/** Values that a correction of such an entry may have. */
const VALUES: Readonly<Record<string, object>> = {
  ReferralReceived: { receivedAt: '2026-01-07T09:00:00+01:00' },
  ReferralAssessed: { assessedOn: '2026-01-20' },
  InvestigationOpened: { startedOn: '2026-01-21' },
  ChildParticipationRecorded: { heldOn: '2026-02-21' },
  MeasureDecided: { decidedOn: '2026-02-27' },
  MeasureStarted: { startedOn: '2026-03-03' },
};

interface Step {
  readonly what: { readonly kind: 'command' | 'correct' | 'retract' | 'refer'; readonly n: number };
  /** Which process is asked. */
  readonly by: number;
  readonly ifMatch: number | undefined;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.record({
      kind: fc.constantFrom('command', 'command', 'command', 'correct', 'retract', 'refer'),
      n: fc.nat(200),
    }),
    by: fc.nat(2),
    ifMatch: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(24) }),
  }),
  { minLength: 8, maxLength: 25 },
);

/** What a client is told, in words that can be compared. */
const outcome = (answer: Promise<unknown>): Promise<unknown> =>
  answer.catch((error: unknown) =>
    error instanceof RuleBroken
      ? { rule: error.rule, slug: error.slug, detail: error.detail }
      : String(error),
  );

async function begin(handling: CommandHandling, keyOf: () => string): Promise<void> {
  for (const personId of PEOPLE) {
    const body = { ...personBody(), identifier: { kind: 'NONE' as const }, personId };
    await handling.registerPerson(body, request({ idempotencyKey: keyOf() }));
  }
  const first = { ...referral([CHILD]), concernId: id(1) };
  const children = [{ personId: CHILD, referralId: id(2) }] as unknown as typeof first.children;
  await handling.receiveReferral({ ...first, children }, request({ idempotencyKey: keyOf() }));
}

function ask(
  handling: CommandHandling,
  { what: { kind, n } }: Step,
  events: readonly StoredEvent[],
  asked: Partial<CommandRequest>,
): Promise<unknown> {
  if (kind === 'refer') return handling.receiveReferral(referral([CHILD]), request(asked));
  if (kind === 'command') {
    const [type, path = {}] = MORE[n % MORE.length] ?? ['SummariseFindings'];
    return handling.execute(type, CASE, { ...exampleOf(type), ...path }, request(asked));
  }
  const entry = events[n % events.length];
  const target = { targetEventId: entry?.eventId, reason: 'Feil i notatet.', on: '2026-03-05' };
  const archivist = request({ role: 'ARKIVAR', ...asked });
  return kind === 'retract'
    ? handling.execute('RetractEntry', CASE, target, archivist)
    : handling.execute(
        'CorrectEntry',
        CASE,
        { ...target, newValues: VALUES[entry?.type ?? ''] ?? {} },
        archivist,
      );
}

describe('whatever is asked of a case, and of whichever process', () => {
  it('is answered from what is kept, and from snapshots, as it is from the whole stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(STORY.length), fc.constant(STORY.length)),
        steps,
        async (told, more) => {
          const [kept, whole] = [new Shared(new WatchedStore()), new Shared(new WatchedStore())];
          const snapshots = new MemorySnapshots();
          const options = { snapshots, snapshotEvery: 4 };
          // The second forgets what it did a moment ago, so that it lives by snapshots.
          const processes = [
            kept.process(options),
            kept.process({ ...options, states: { entries: 0, bytes: 0 } }),
            kept.process(),
          ];
          const alone = whole.forgetful();
          let count = 0;
          const key = (n: number): string => `5a3f0c1e-0000-4000-8000-${String(n).padStart(12, '0')}`;
          await begin(kept.process().handling, () => key((count += 1)));
          count = 0;
          await begin(alone, () => key((count += 1)));
          const story = STORY.slice(0, told).map((_, n): Step => ({
            what: { kind: 'command', n },
            by: n,
            ifMatch: undefined,
          }));
          for (const step of [...story, ...more]) {
            const events = await whole.store.readStream(caseStream(CASE));
            const asked = {
              idempotencyKey: key((count += 1)),
              ...(step.ifMatch === undefined ? {} : { ifMatch: step.ifMatch }),
            };
            const process = processes[step.by % processes.length] ?? processes[0];
            const answers = await Promise.all([
              outcome(ask(process?.handling ?? alone, step, events, asked)),
              outcome(ask(alone, step, events, asked)),
            ]);
            expect(answers[0]).toEqual(answers[1]);
            await process?.memory.idle();
          }
          const facts = async ({ store }: typeof kept) =>
            (await store.readStream(caseStream(CASE))).map(({ type, eventId }) => [type, eventId]);
          expect(await facts(kept)).toEqual(await facts(whole));
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
