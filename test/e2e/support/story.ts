import { addDays, osloDate } from '#forlop/domain';
import type { Client, Json } from './client.js';

export const today = (): string => osloDate(new Date().toISOString());
/** A day relative to today. */
export const day = (offset: number): string => addDays(today(), offset);

/** A child of ten, both parents registered; no numbers, so that any count of them may live in one municipality. */
export async function registerFamily(clerk: Client) {
  const [child, mother, father] = await Promise.all([
    person(clerk, 'Synne', addDays(today(), -10 * 365)),
    person(clerk, 'Mona', '1988-04-02'),
    person(clerk, 'Frode', '1986-11-20'),
  ]);
  return { child, mother, father };
}

async function person(clerk: Client, first: string, birthDate: string): Promise<string> {
  const { personId } = await clerk.accepted('/persons', {
    identifier: { kind: 'NONE' },
    name: { first, last: 'Prøvesen' },
    birthDate,
    address: { lines: ['Eksempelveien 1'], postalCode: '2317', city: 'Hamar' },
    addressProtection: 'UGRADERT',
    relations: [],
    on: today(),
  });
  return personId as string;
}

export const referralOf = (child: string, mother: string, father: string): Json => ({
  kind: 'BEKYMRINGSMELDING',
  receivedAt: `${day(-80)}T09:30:00+01:00`,
  channel: 'PORTAL',
  reporters: [{ code: '11', isPublic: true, anonymous: false }],
  contents: [{ code: '1.2.03' }],
  description: 'Barnet kommer ofte for sent til skolen.',
  children: [
    {
      personId: child,
      guardians: [
        { personRef: mother, relation: 'MOR', dailyCare: true, foreldreansvar: true },
        { personRef: father, relation: 'FAR', dailyCare: true, foreldreansvar: true },
      ],
    },
  ],
});

export interface OpenCase {
  readonly caseId: string;
  readonly referralId: string;
  readonly child: string;
  readonly mother: string;
  readonly father: string;
  readonly position: string;
}

/** A family and a referral that opened a case. */
export async function openCase(clerk: Client): Promise<OpenCase> {
  const { child, mother, father } = await registerFamily(clerk);
  const answer = await clerk.accepted('/referrals', referralOf(child, mother, father));
  const [opened] = answer['cases'] as { caseId: string; referralId: string }[];
  if (!opened) throw new Error('The referral opened no case.');
  return { ...opened, child, mother, father, position: answer['position'] as string };
}
