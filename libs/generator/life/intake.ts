/** A referral comes in and is reviewed (bvl §2-1), the first time and again. */
import type { CaseCommandOf, LocalDate } from '#forlop/domain';
import { CHANCES, LATE_REVIEW_DAYS, REVIEW_DAYS } from '../assumptions.js';
import { timeOf } from '../calendar.js';
import type { Random, Weighted } from '../random.js';
import { ageGroup, DISMISSED, REVIEWED_LATE } from '../statistics.js';
import type { Act, CaseLife } from './case-life.js';
import { contents, reporters } from './codes.js';
import { openInvestigation } from './investigation.js';

type Referral = CaseCommandOf<'ReceiveReferral'>['data'];
/** What a concern says of every child that it is about, and the key that it came with. */
export interface Concern {
  readonly key: string;
  readonly data: Pick<
    Referral,
    'concernId' | 'kind' | 'receivedAt' | 'channel' | 'reporters' | 'contents' | 'description'
  >;
}

const KINDS: Weighted<Referral['kind']> = [
  ['BEKYMRINGSMELDING', 92],
  ['SOKNAD_FRA_FAMILIE', 7],
  ['OVERFORT_FRA_KOMMUNE', 1],
];
const CHANNELS: Weighted<NonNullable<Referral['channel']>> = [
  ['PORTAL', 45],
  ['FIKS', 25],
  ['PHONE', 15],
  ['LETTER', 7],
  ['BARNEVERNVAKT', 8],
];

export function concernOn(random: Random, on: LocalDate, description: string): Concern {
  const kind = random.weighted(KINDS);
  return {
    key: random.uuid(),
    data: {
      concernId: random.uuid(),
      kind,
      receivedAt: timeOf(on, random.between(7, 18), random.between(0, 59)),
      channel: random.weighted(CHANNELS),
      reporters:
        kind === 'SOKNAD_FRA_FAMILIE'
          ? [{ code: '2', isPublic: false, anonymous: false }]
          : kind === 'OVERFORT_FRA_KOMMUNE'
            ? [{ code: '5', isPublic: true, anonymous: false }]
            : reporters(random, on),
      contents: contents(random, on),
      description,
    },
  };
}

/** A further referral of the same child, some time in the days to come. */
export const referredAgain: Act = (life) => {
  if (life.age >= 17) return;
  receive(concernOn(life.random, life.today, life.text('concern', life.random.between(1, 3))))(life);
};

export const receive =
  ({ key, data }: Concern): Act =>
  (life) => {
    const { child, household, random } = life;
    const referralId = random.uuid();
    life.give(
      'ReceiveReferral',
      {
        ...data,
        referralId,
        childRef: child.personId,
        childBirth: life.isBorn ? { date: child.birth } : { dueDate: child.birth },
        stayMunicipality: life.place.municipality,
        guardians: household.guardians.map(({ personId, relation, dailyCare, foreldreansvar }) => ({
          personRef: personId,
          relation,
          dailyCare,
          foreldreansvar,
        })),
      },
      life.caseworker,
      key,
    );
    // Easter and Christmas make some late whom nobody meant to be.
    const isLate = random.chance(REVIEWED_LATE / 2);
    life.in(random.days(isLate ? LATE_REVIEW_DAYS : REVIEW_DAYS), review(referralId, data));
  };

const review =
  (referralId: string, concern: Concern['data']): Act =>
  (life) => {
    const conclusion = conclusionOf(life, concern);
    const isUnfounded = conclusion === 'DISMISSED' && life.random.chance(0.1);
    life.give('AssessReferral', {
      referralId,
      assessedOn: life.today,
      conclusion,
      immediateActionNeeded: conclusion === 'INVESTIGATE' && life.random.chance(0.04),
      ...(isUnfounded
        ? { manifestlyUnfounded: true }
        : { professionalAssessment: life.text('review', life.random.between(1, 3)) }),
    });
    if (conclusion === 'INVESTIGATE') {
      life.in(life.random.between(0, 3), openInvestigation(referralId));
    } else if (conclusion === 'DISMISSED') {
      life.perhapsReferredAgain(CHANCES.reopened, [30, 500]);
    }
  };

function conclusionOf(life: CaseLife, { kind, reporters: [reporter] }: Concern['data']) {
  if (life.investigationId !== undefined) return 'IN_ONGOING_INVESTIGATION';
  if (life.measures.some(({ hasEnded }) => !hasEnded)) return 'IN_ACTIVE_MEASURES';
  if (life.age >= 17 && life.today >= life.birthday(18)) return 'DISMISSED';
  if (life.random.chance(0.004)) return 'TRANSFERRED';
  // An application is answered by a decision, and never put aside (fvl §2); nor is a case that another service handed over.
  if (kind !== 'BEKYMRINGSMELDING') return 'INVESTIGATE';
  // What the police refer is dismissed twice as often as the rest (SSB 2016: 34 %).
  const share = DISMISSED[ageGroup(life.age)] * (reporter?.code === '8' ? 1.95 : 0.98);
  return life.random.chance(share) ? 'DISMISSED' : 'INVESTIGATE';
}
