import type { LocalDate } from '#forlop/domain';
import { listIn, member, textIn, type Json } from '../client.js';
import { eventOf, lastHistory, lastRecorded } from '../found.js';
import type { Played, Step, Story } from '../step.js';
import { MON, shortDate, THU, TUE, WED } from '../story-days.js';
import { table } from '../table.js';
import { AFTER_START, measureScene, runningMeasure, type MeasureScene } from './one-measure.js';
import { HISTORY, overview, readBack } from './reading.js';
import { accepted, refused } from './steps.js';

const BEFORE = 'Saken slik den er kjent før noe rettes';

/** A date is corrected, a note in the wrong case is retracted, and the same question is asked at two instants. */
export function correctedEntry(today: LocalDate): Story {
  const scene = measureScene('Sandsvale', today, AFTER_START + 2);
  const { day } = scene;
  return {
    id: 'rettelse',
    title: 'En rettelse, og det samme spørsmålet på to tidspunkter',
    about:
      'Tiltaket begynte onsdag og ikke mandag, og en ukestatus hører til en annen sak. Ingenting slettes: svaret slik det var ' +
      'kjent før rettelsen, er det samme som før, og forskjellene kan navngis.',
    steps: [
      ...runningMeasure(scene),
      strayStatus(scene),
      { ...history(BEFORE, today, () => ''), check: () => [] },
      refused(
        { title: 'En rettelse uten begrunnelse', on: day(AFTER_START, MON) },
        'CorrectEntry',
        '/cases/{caseId}/corrections',
        (played) => ({
          targetEventId: eventOf(played, 'MeasureStarted'),
          newValues: { startedOn: day(4, WED) },
          on: day(AFTER_START, MON),
        }),
        422,
        'missing-reasons',
      ),
      ...corrections(scene),
      overview('Saken følger rettelsen', today, 'MEASURES_ACTIVE'),
      asBefore(today),
      compared(scene, today),
      ...onTuesday(scene, today),
      ...readBack(today),
    ],
  };
}

const strayStatus = ({ day, ids }: MeasureScene): Step =>
  accepted(
    { title: 'Ukestatus, uke 1 (hører til en annen sak)', on: day(4, THU), as: 'OPPFOLGING' },
    'RecordFollowUpStatus',
    '/cases/{caseId}/statuses',
    {
      measureId: ids.measure,
      on: day(4, THU),
      week: 1,
      whatWorked: 'Ludo to ganger.',
      adjust: 'Ingen endring.',
      riskFlag: false,
    },
    'FollowUpStatusRecorded',
  );

const corrections = ({ day }: MeasureScene): readonly Step[] => [
  accepted(
    { title: 'Startdagen rettes fra mandag til onsdag', on: day(AFTER_START, MON) },
    'CorrectEntry',
    '/cases/{caseId}/corrections',
    (played) => ({
      targetEventId: eventOf(played, 'MeasureStarted'),
      reason: 'Veilederen var syk mandag og begynte onsdag.',
      newValues: { startedOn: day(4, WED) },
      on: day(AFTER_START, MON),
    }),
    'EntryCorrected',
  ),
  accepted(
    { title: 'Ukestatusen trekkes tilbake', on: day(AFTER_START, MON) },
    'RetractEntry',
    '/cases/{caseId}/retractions',
    (played) => ({
      targetEventId: eventOf(played, 'FollowUpStatusRecorded'),
      reason: 'Ført i feil sak.',
      on: day(AFTER_START, MON),
    }),
    'EntryRetracted',
  ),
];

const history = (title: string, on: LocalDate, query: (played: Played) => string): Step => ({
  title,
  on,
  as: 'SAKSBEHANDLER',
  command: 'GetCaseHistory',
  method: 'GET',
  path: (played) => `${HISTORY}${query(played)}`,
  expected: { status: 200 },
});

/** When the last entry before the corrections was recorded. */
const then = (played: Played): string => lastRecorded(played.filter(({ step }) => step.title === BEFORE));

const asText = (value: Json): string => JSON.stringify(value);

/** Who had read the case is left out: that grows until the instant itself has passed. */
const asBefore = (today: LocalDate): Step => ({
  ...history('Slik saken var kjent da: det samme svaret som før', today, (played) => {
    return `?knownAt=${encodeURIComponent(then(played))}`;
  }),
  check: (answer, played) => {
    const before = played.find(({ step }) => step.title === BEFORE)?.answer;
    return ['items', 'state']
      .filter((part) => asText(member(answer, part)) !== asText(member(before, part)))
      .map((part) => `svaret har en annen ${part} enn før rettelsen`);
  },
});

const compared = ({ day }: MeasureScene, today: LocalDate): Step => ({
  ...history('Forskjellene mellom da og nå', today, (played) => {
    return `?comparedTo=${encodeURIComponent(then(played))}`;
  }),
  check: (answer) => {
    const found = listIn(answer, 'differences').map(
      (one) => `${textIn(one, 'kind') ?? ''} ${textIn(one, 'type') ?? ''}${textIn(one, 'pointer') ?? ''}`,
    );
    const start = listIn(answer, 'differences').find((one) => textIn(one, 'pointer') === '/startedOn');
    const wanted = [
      'VALUE_CHANGED MeasureStarted/startedOn',
      'ENTRY_WENT FollowUpStatusRecorded',
      'ENTRY_CAME EntryCorrected',
      'ENTRY_CAME EntryRetracted',
    ];
    return [
      ...wanted.filter((one) => !found.includes(one)).map((one) => `forskjellen ${one} mangler`),
      ...(textIn(start, 'from') === day(4, MON) && textIn(start, 'to') === day(4, WED)
        ? []
        : ['startdagen har ikke flyttet seg fra mandag til onsdag']),
    ];
  },
  show: (answer) =>
    table(
      [{ head: 'Forskjell' }, { head: 'Oppføring' }, { head: 'Felt' }, { head: 'Fra' }, { head: 'Til' }],
      listIn(answer, 'differences').map((one) => [
        textIn(one, 'kind') ?? '',
        textIn(one, 'type') ?? '',
        textIn(one, 'pointer') ?? '',
        textIn(one, 'from') ?? '',
        textIn(one, 'to') ?? '',
      ]),
    ),
});

/** One day, told by both instants: did the measure run on the Tuesday? */
const onTuesday = ({ day, ids }: MeasureScene, today: LocalDate): readonly Step[] => {
  const tuesday = day(4, TUE);
  const asked = (title: string, state: string, knownAt: (played: Played) => string): Step => ({
    ...history(
      title,
      today,
      (played) => `?knownAt=${encodeURIComponent(knownAt(played))}&validAt=${tuesday}`,
    ),
    check: (answer) => {
      const found = measureIn(answer, ids.measure);
      return found === state ? [] : [`tiltaket står i ${found ?? 'ingen tilstand'}, ventet ${state}`];
    },
    show: (answer) => [`Tirsdag ${shortDate(tuesday)}: tiltaket er ${measureIn(answer, ids.measure) ?? '–'}`],
  });
  return [
    asked('Var tiltaket i gang tirsdag? Slik det var kjent da', 'STARTED', then),
    asked('Var tiltaket i gang tirsdag? Slik det er kjent nå', 'DECIDED', (played) => {
      const now = lastHistory(played.filter(({ step }) => step.title === 'Forskjellene mellom da og nå'));
      return lastRecorded(now === undefined ? [] : [now]);
    }),
  ];
};

const measureIn = (answer: Json, measureId: string): string | null =>
  textIn(
    listIn(member(answer, 'state'), 'measures').find((one) => textIn(one, 'measureId') === measureId),
    'state',
  );
