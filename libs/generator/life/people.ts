/** Who is who in a case: party status, participation, consent. */
import type { CaseCommandOf } from '#forlop/domain';
import { CHANCES } from '../assumptions.js';
import type { Guardian } from '../household.js';
import type { Weighted } from '../random.js';
import type { CaseLife } from './case-life.js';

type Participation = CaseCommandOf<'RecordChildParticipation'>['data'];
type PartyRole = CaseCommandOf<'AssessPartyStatus'>['data']['role'];

const ROLES: Readonly<Record<Guardian['relation'], readonly [care: PartyRole, other: PartyRole]>> = {
  MOR: ['PARENT_DAILY_CARE', 'PARENT_VISITATION'],
  FAR: ['PARENT_DAILY_CARE', 'PARENT_VISITATION'],
  MEDMOR: ['PARENT_DAILY_CARE', 'PARENT_VISITATION'],
  BESTEFORELDER: ['GUARDIAN', 'GUARDIAN'],
};

export function assessGuardians(life: CaseLife): void {
  for (const { personId, relation, dailyCare, foreldreansvar } of life.household.guardians) {
    const isParty = dailyCare || life.random.chance(0.3);
    life.give('AssessPartyStatus', {
      personRef: personId,
      assessedOn: life.today,
      role: ROLES[relation][dailyCare ? 0 : 1],
      isParty,
      ...(isParty ? { basis: 'FVL_2E' as const } : {}),
      hasParentalResponsibility: foreldreansvar,
    });
  }
}

/** Whether the child is party: from 15 on, and where its conduct is what the case is about (bvl §12-3). */
export function assessChild(life: CaseLife, isConduct = false): void {
  const isGrown = life.isBorn && life.birthday(15) <= life.today;
  const isParty = isGrown || (isConduct && life.age >= 8) || life.childIsParty;
  life.give('AssessPartyStatus', {
    personRef: life.child.personId,
    assessedOn: life.today,
    role: 'CHILD',
    isParty,
    ...(isParty ? { basis: isGrown ? ('AGE_15' as const) : ('ATFERD' as const) } : {}),
    understandsCase: isParty,
  });
  life.childIsParty = isParty;
  life.childAssessedOn = life.today;
}

/** The status of the child is known, also since it turned 15 or its conduct became what the case is about. */
export function childIsAssessed(life: CaseLife, isConduct: boolean): void {
  const { childAssessedOn: on } = life;
  const isOutdated =
    on === undefined ||
    (!life.childIsParty && (isConduct || (on < life.birthday(15) && life.birthday(15) <= life.today)));
  if (isOutdated) assessChild(life, isConduct);
}

const METHODS_BY_AGE: readonly (readonly [
  belowAge: number,
  Weighted<NonNullable<Participation['method']>>,
])[] = [
  [
    4,
    [
      ['OBSERVATION', 80],
      ['REPRESENTATIVE', 20],
    ],
  ],
  [
    7,
    [
      ['CONVERSATION', 55],
      ['OBSERVATION', 20],
      ['OTHER_EXPRESSION', 25],
    ],
  ],
  [
    26,
    [
      ['CONVERSATION', 93],
      ['REPRESENTATIVE', 4],
      ['OTHER_EXPRESSION', 3],
    ],
  ],
];

/** The child takes part, or the reason why not. */
export function hear(life: CaseLife, phase: Participation['phase']): void {
  const { random } = life;
  const [, methods] = METHODS_BY_AGE.find(([age]) => life.age < age) ?? [0, [] as const];
  const isHeard = life.isBorn && methods.length > 0 && !random.chance(CHANCES.notHeard);
  const none = life.age >= 7 && random.chance(0.4) ? 'DID_NOT_WISH' : 'NO_OPPORTUNITY';
  life.give('RecordChildParticipation', {
    phase,
    ...(isHeard ? { method: random.weighted(methods) } : { none }),
    heldOn: life.today,
    ...(isHeard ? { opinion: life.text('opinion', 2), weight: life.text('weight') } : {}),
    informedOfUse: isHeard,
    ...(isHeard && random.chance(0.2) ? { trustedPersonPresent: true } : {}),
  });
}

/** Who must consent to a measure today: those with daily care, and a child who is party; from 18 on that one alone. */
export function consenters(
  life: CaseLife,
): readonly { personRef: string; capacity: 'DAILY_CARE' | 'GUARDIAN' | 'CHILD_PARTY' | 'YOUTH' }[] {
  const child = life.child.personId;
  if (life.birthday(18) <= life.today) return [{ personRef: child, capacity: 'YOUTH' }];
  const isParty = life.childIsParty || (life.isBorn && life.birthday(15) <= life.today);
  return [
    ...life.household.guardians
      .filter(({ dailyCare }) => dailyCare)
      .map(({ personId, relation }) => ({
        personRef: personId,
        capacity: relation === 'BESTEFORELDER' ? ('GUARDIAN' as const) : ('DAILY_CARE' as const),
      })),
    ...(isParty ? [{ personRef: child, capacity: 'CHILD_PARTY' as const }] : []),
  ];
}

/** Everybody who must consents to the measures. @returns the ids of the consents */
export function consent(life: CaseLife, measureIds: readonly string[]): readonly string[] {
  return consenters(life).map(({ personRef, capacity }) => {
    const consentId = life.random.uuid();
    life.give('RecordConsent', {
      consentId,
      kind: 'TILTAK',
      subjectIds: measureIds,
      givenBy: personRef,
      capacity,
      form: life.random.chance(0.6) ? 'WRITTEN' : 'ELECTRONIC',
      givenOn: life.today,
      purpose: life.text('purpose'),
      informationShared: [
        { what: life.text('shared'), withWhom: 'Skolen', why: 'For å se om hjelpen virker.' },
      ],
      validFrom: life.today,
      untilMeasureEnds: true,
      informedOf: { rightToWithdraw: true, rightToComplain: true, participation: true, sharing: true },
    });
    return consentId;
  });
}
