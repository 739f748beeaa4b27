import { randomUUID } from 'node:crypto';
import type { LocalDate, Role } from '#forlop/domain';
import { itemsOf, listIn, member, textIn, type Json } from '../client.js';
import { caseOf, eventOf } from '../found.js';
import type { Played, Step, Story } from '../step.js';
import { contentOn, MON, morningOf, storyDays } from '../story-days.js';
import { syntheticPerson, type SyntheticPerson } from '../synthetic-person.js';
import { table } from '../table.js';
import { family } from './cast.js';
import { read } from './reading.js';
import { accepted, received, refused, registered } from './steps.js';

interface Scene {
  readonly today: LocalDate;
  readonly on: LocalDate;
  /** Of the report. */
  readonly path: string;
  readonly mother: SyntheticPerson;
  readonly children: readonly SyntheticPerson[];
}

const BOSS: Role = 'KOMMUNEDIREKTOR';
const AGES = [4, 6, 9, 12];
const REPORTED = 'Rapporten slik den er lagt fram';

/** The year's report: generated, approved, presented, and generated anew after a referral turned out to be told twice. */
export function yearsReport(today: LocalDate): Story {
  const on = storyDays(today, 2)(0, MON);
  const scene: Scene = {
    today,
    on,
    path: `/state-reports/{kommunenr}/${on.slice(0, 4)}`,
    mother: family('Bokfink', AGES[0] ?? 4, today).mother,
    children: AGES.map((age) => syntheticPerson('Nysgjerrig', 'Bokfink', age, today)),
  };
  return {
    id: 'tilstandsrapport',
    title: `Tilstandsrapporten for ${on.slice(0, 4)}: laget, godkjent, lagt fram og laget på nytt`,
    about:
      'Fire søsken meldes samme dag, og ett av dem to ganger ved en feil. Rapporten legges fram med feilen i seg. Den står slik ' +
      'for alltid; ved siden av står det som er kjent nå, og forskjellen. Små tall er skjult (..).',
    cast: [BOSS],
    steps: [
      ...referrals(scene),
      ...generated(scene),
      ...presented(scene),
      ...looked(scene),
      ...corrected(scene),
      ...again(scene),
    ],
  };
}

const referrals = ({ on, mother, children }: Scene): readonly Step[] => [
  registered('Mor registreres', mother, on),
  ...children.map((child) => registered('Et søsken registreres', child, on)),
  accepted(
    { title: 'Én melding om fire søsken', on },
    'ReceiveReferral',
    '/referrals',
    {
      kind: 'BEKYMRINGSMELDING',
      receivedAt: morningOf(on),
      channel: 'PORTAL',
      reporters: [{ code: '11', isPublic: true, anonymous: false }],
      contents: [contentOn(on, '2.1.03', '8')],
      description: 'Søsknene kommer uten mat og er trøtte.',
      children: children.map(({ personId }) => ({
        personId,
        referralId: randomUUID(),
        guardians: [{ personRef: mother.personId, relation: 'MOR', dailyCare: true, foreldreansvar: true }],
      })),
    },
    ...children.map(() => 'ReferralReceived'),
  ),
  received(
    { title: 'Den ene av dem føres to ganger, ved en feil', on },
    {
      referralId: randomUUID(),
      child: children[0] ?? mother,
      guardians: [{ person: mother, relation: 'MOR', dailyCare: true }],
      kind: 'BEKYMRINGSMELDING',
      reporter: { code: '11', isPublic: true, anonymous: false },
      contents: ['2.1.03', '8'],
      description: 'Søsknene kommer uten mat og er trøtte.',
    },
  ),
];

/** Whoever plays this on a service with a report that is presented already makes it anew, so a reason is given. */
const generation = (summary: string, reason?: string): object => ({
  textChapters: { '1': summary },
  ...(reason === undefined ? undefined : { reason }),
});

const SUMMARY = 'Flere meldinger enn i fjor. Alle er gjennomgått i tide.';

const generated = ({ today: on, path }: Scene): readonly Step[] => [
  refused(
    { title: 'Rapporten med et navn fra en sak i teksten', on, as: 'LEDER' },
    'GenerateStateReport',
    `${path}/generation`,
    generation('Familien Bokfink fikk hjelp.', 'Årets rapport'),
    422,
    'small-cells',
  ),
  accepted(
    { title: 'Leder lager rapporten', on, as: 'LEDER' },
    'GenerateStateReport',
    `${path}/generation`,
    generation(SUMMARY, 'Årets rapport'),
    'StateReportGenerated',
  ),
];

const presented = ({ today: on, path }: Scene): readonly Step[] => [
  accepted(
    { title: 'Kommunedirektøren godkjenner den', on, as: BOSS },
    'ApproveStateReport',
    `${path}/approval`,
    { on },
    'StateReportApproved',
  ),
  accepted(
    { title: 'Den legges fram for kommunestyret', on, as: BOSS },
    'PresentStateReport',
    `${path}/presentation`,
    { meetingDate: on, body: 'Kommunestyret' },
    'StateReportPresented',
  ),
];

const report = (
  { today, path }: Scene,
  title: string,
  query: string,
  check: NonNullable<Step['check']>,
): Step => read(title, 'GetStateReport', `${path}${query}`, today, BOSS, check);

const looked = (scene: Scene): readonly Step[] => {
  const { today, path } = scene;
  return [
    {
      ...report(scene, REPORTED, '', (answer) =>
        textIn(answer, 'status') === 'PRESENTED' ? [] : ['rapporten står ikke som lagt fram'],
      ),
      show: figures,
    },
    {
      ...report(scene, 'Rapporten som en side med søyler', '', (_answer, _played, text) =>
        text.startsWith('<!doctype html>') && text.includes('<svg')
          ? []
          : ['svaret er ingen side med søyler'],
      ),
      headers: { accept: 'text/html' },
    },
    {
      ...report(scene, 'Rapporten som CSV', '', (_answer, _played, text) =>
        text.startsWith('kommune,') ? [] : ['svaret er ingen tabell'],
      ),
      headers: { accept: 'text/csv' },
    },
    {
      title: 'Kommunedirektøren ser ingenting av en sak',
      on: today,
      as: BOSS,
      command: 'GetCase',
      method: 'GET',
      path: '/cases/{caseId}',
      expected: { status: 403, kode: 'forbidden' },
    },
    read(
      'Leder ser hendelsene bak antall meldinger',
      'GetIndicatorEvents',
      `${path}/indicators/Q1/events?limit=200`,
      today,
      'LEDER',
      (answer) => (itemsOf(answer).length > 0 ? [] : ['ingen hendelser bak tallet']),
    ),
  ];
};

const corrected = (scene: Scene): readonly Step[] => [
  accepted(
    { title: 'Den doble meldingen trekkes tilbake', on: scene.today },
    'RetractEntry',
    (played) => `/cases/${caseOf(played, 0)}/retractions`,
    (played) => ({
      targetEventId: eventOf(played, 'ReferralReceived'),
      reason: 'Meldingen var ført to ganger.',
      on: scene.today,
    }),
    'EntryRetracted',
  ),
  report(scene, 'Den framlagte rapporten er den samme', '', (answer, played) =>
    same(answer, reported(played), 'indicators') && same(answer, reported(played), 'asOf')
      ? []
      : ['den framlagte rapporten er en annen enn før'],
  ),
  {
    ...report(scene, 'Slik det er kjent nå: én melding mindre', '?view=known', (answer, played) => [
      ...oneLess(answer, reported(played)),
      ...(isHidden(answer) || differenceIn(answer, 'Q1') !== undefined
        ? []
        : ['forskjellen i Q1 er ikke navngitt']),
    ]),
    show: (answer) =>
      table(
        [
          { head: 'Indikator' },
          { head: 'Som lagt fram', align: 'right' },
          { head: 'Som kjent nå', align: 'right' },
        ],
        listIn(answer, 'differences').map((one) => [
          [textIn(one, 'id') ?? '', textIn(one, 'part') ?? ''].filter((text) => text !== '').join('.'),
          shown(member(one, 'reported')),
          shown(member(one, 'known')),
        ]),
      ),
  },
];

const again = (scene: Scene): readonly Step[] => {
  const { today: on, path } = scene;
  const told = { on, as: 'LEDER' } as const;
  return [
    refused(
      { title: 'Ny rapport uten å si hvorfor', ...told },
      'GenerateStateReport',
      `${path}/generation`,
      generation(SUMMARY),
      409,
      'already-done',
    ),
    accepted(
      { title: 'Rapporten lages på nytt, med begrunnelse', ...told },
      'GenerateStateReport',
      `${path}/generation`,
      generation(SUMMARY, 'En melding var ført to ganger.'),
      'StateReportGenerated',
    ),
    ...presented(scene),
    {
      ...report(scene, 'Den nye rapporten har én melding mindre', '', (answer, played) =>
        oneLess(answer, reported(played)),
      ),
    },
  ];
};

/** As it was first laid before the council. */
const reported = (played: Played): Json => played.find(({ step }) => step.title === REPORTED)?.answer;

const same = (one: Json, other: Json, part: string): boolean =>
  JSON.stringify(member(one, part)) === JSON.stringify(member(other, part));

const indicatorIn = (answer: Json, id: string): Json =>
  listIn(answer, 'indicators').find((one) => textIn(one, 'id') === id);
const differenceIn = (answer: Json, id: string): Json =>
  listIn(answer, 'differences').find((one) => textIn(one, 'id') === id);
const isHidden = (answer: Json): boolean => member(indicatorIn(answer, 'Q1'), 'suppressed') === true;

/** A figure that somebody's earlier report hid stays hidden, and then nothing can be compared. */
function oneLess(answer: Json, before: Json): readonly string[] {
  if (isHidden(answer) || isHidden(before)) return [];
  const [was, is] = [before, answer].map((one) => member(indicatorIn(one, 'Q1'), 'numerator'));
  return typeof was === 'number' && is === was - 1
    ? []
    : [`Q1 er ${String(is)}, ventet én mindre enn ${String(was)}`];
}

/** What has a number to show, or hides one. */
const figures = (answer: Json): readonly string[] =>
  table(
    [{ head: '' }, { head: 'Indikator', most: 60 }, { head: 'Tall', align: 'right' }],
    listIn(answer, 'indicators')
      .filter((one) => member(one, 'suppressed') === true || (member(one, 'value') ?? 0) !== 0)
      .map((one) => [textIn(one, 'id') ?? '', textIn(one, 'name') ?? '', shown(one)]),
  );

function shown(figure: Json): string {
  if (member(figure, 'suppressed') === true) return '..';
  const [numerator, denominator, value] = ['numerator', 'denominator', 'value'].map((name) =>
    member(figure, name),
  );
  if (typeof denominator === 'number') return `${String(numerator)} av ${denominator}`;
  return typeof value === 'number' ? String(value) : '–';
}
