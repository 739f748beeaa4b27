import { randomUUID } from 'node:crypto';
import type { LocalDate, Role } from '#forlop/domain';
import { itemsOf, listIn, member, textIn, type Json } from '../client.js';
import { caseOf } from '../found.js';
import type { Played, Step, Story } from '../step.js';
import { MON } from '../story-days.js';
import { table, wrapped } from '../table.js';
import { family } from './cast.js';
import { AFTER_START, measureScene, runningMeasure, type MeasureScene } from './one-measure.js';
import { AUDIT_TRAIL, HISTORY, overview, read, readBack } from './reading.js';
import { accepted, received, registered } from './steps.js';

const SUPERVISOR: Role = 'STATSFORVALTER';

/** A supervisor replays the case that the supervision is about, and no other. */
export function supervisedCase(today: LocalDate): Story {
  const scene = measureScene('Steinskvett', today, AFTER_START + 2);
  const supervisionId = randomUUID();
  const path = `/supervisions/${supervisionId}`;
  const inside = { 'supervision-id': supervisionId };
  return {
    id: 'tilsyn',
    title: 'Et tilsyn: gjennomgang innenfor og utenfor det som er åpnet',
    about:
      'Statsforvalteren åpner tilsyn med én sak etter barnevernsloven § 17-3. Gjennomgangen av den er registrert i tilsynet og i ' +
      'kommunens logg. En annen sak i samme kommune slipper tilsynet ikke inn i, og forsøket står i den sakens spor.',
    cast: [SUPERVISOR],
    steps: [
      ...runningMeasure(scene),
      ...otherCase(scene, today),
      overview('Leder ser på saken tilsynet gjelder', today, 'MEASURES_ACTIVE', 'LEDER'),
      opened(supervisionId, today),
      replay('Saken gjennomgås i tilsynet', today, HISTORY, inside, 200),
      replay('En annen sak: utenfor tilsynet', today, otherHistory, inside, 403),
      replay('Saken uten å vise til et tilsyn', today, HISTORY, { 'access-purpose': 'TILSYN' }, 400),
      dossier(path, today),
      attempt(today),
      accepted(
        { title: 'Tilsynet avsluttes', on: today, as: SUPERVISOR },
        'CloseSupervision',
        `${path}/close`,
        { on: today },
        'SupervisionClosed',
      ),
      replay('Etter at tilsynet er avsluttet', today, HISTORY, inside, 403),
      ...readBack(today),
    ],
  };
}

/** A sibling case that nobody supervises. */
const otherCase = ({ day }: MeasureScene, today: LocalDate): readonly Step[] => {
  const { child, mother } = family('Buskskvett', 7, today);
  const on = day(AFTER_START, MON);
  return [
    registered('Et annet barn registreres', child, on),
    registered('Det andre barnets mor registreres', mother, on),
    received(
      { title: 'En melding om det andre barnet', on },
      {
        referralId: randomUUID(),
        child,
        guardians: [{ person: mother, relation: 'MOR', dailyCare: true }],
        kind: 'BEKYMRINGSMELDING',
        reporter: { code: '23', isPublic: false, anonymous: true },
        contents: ['1.4.01', '8'],
        description: 'Barnet går alene hjem om kvelden.',
      },
    ),
  ];
};

const otherHistory = (played: Played): string => `/cases/${caseOf(played, 1)}/history`;

const opened = (supervisionId: string, on: LocalDate): Step =>
  accepted(
    { title: 'Statsforvalteren åpner tilsyn med den ene saken', on, as: SUPERVISOR },
    'OpenSupervision',
    '/supervisions',
    (played) => ({
      supervisionId,
      basis: { law: 'BVL2021', section: '17-3' },
      scope: { municipalities: [municipalityIn(played)], caseIds: [caseOf(played, 0)] },
      on,
    }),
    'SupervisionOpened',
  );

const municipalityIn = (played: Played): string =>
  textIn(played.findLast(({ step }) => step.command === 'GetCase')?.answer, 'municipality') ?? '3401';

const replay = (
  title: string,
  on: LocalDate,
  path: Step['path'],
  headers: Readonly<Record<string, string>>,
  status: 200 | 400 | 403,
): Step => ({
  title,
  on,
  as: SUPERVISOR,
  command: 'GetCaseHistory',
  method: 'GET',
  path,
  headers,
  expected: {
    200: { status },
    400: { status, kode: 'invalid-request' as const },
    403: { status, kode: 'outside-supervision-scope' as const },
  }[status],
  check: (answer) => (itemsOf(answer).length > 0 ? [] : ['gjennomgangen er tom']),
});

const questionsOf = (answer: Json): readonly Json[] => listIn(answer, 'questions');
const CERTAIN = ['Ble barnet hørt?', 'Forelå det samtykke?', 'Var vedtaket begrunnet?'];

const dossier = (path: string, on: LocalDate): Step => ({
  ...read('Saken som fem spørsmål', 'GetSupervision', path, on, SUPERVISOR, (answer) => {
    const questions = questionsOf(answer);
    const answerTo = (asked: string) =>
      textIn(
        questions.find((one) => textIn(one, 'question') === asked),
        'answer',
      );
    return [
      ...(questions.length === 5 ? [] : [`mappen har ${questions.length} spørsmål, ventet 5`]),
      ...CERTAIN.filter((asked) => answerTo(asked) !== 'JA').map(
        (asked) => `«${asked}» er besvart ${answerTo(asked) ?? 'ikke'}, ventet JA`,
      ),
      ...(listIn(answer, 'replays').length > 0 ? [] : ['gjennomgangen er ikke registrert i tilsynet']),
      ...(questions.every((one) => listIn(one, 'evidence').length > 0) ? [] : ['et svar viser ikke til noe']),
    ];
  }),
  show: (answer) =>
    questionsOf(answer).flatMap((one) => [
      `${textIn(one, 'question') ?? ''} ${textIn(one, 'answer') ?? ''} · ${listIn(one, 'evidence').length} oppføringer`,
      ...wrapped(textIn(one, 'explanation') ?? '', 90).map((line) => `    ${line}`),
    ]),
});

/** The attempt is on record with the municipality that owns the case. */
const attempt = (on: LocalDate): Step => ({
  ...read(
    'Forsøket står i den andre sakens spor',
    'GetCaseAuditTrail',
    (played) => AUDIT_TRAIL.replace('{caseId}', caseOf(played, 1)),
    on,
    'LEDER',
    (answer) =>
      denials(answer).length === 1 ? [] : [`sporet har ${denials(answer).length} avslag, ventet 1`],
  ),
  show: (answer) =>
    table(
      [{ head: 'Rolle' }, { head: 'Hva' }, { head: 'Formål' }, { head: 'Utfall' }],
      denials(answer).map((item) => [
        (textIn(member(item, 'actor'), 'role') ?? '').toLowerCase(),
        textIn(member(item, 'what'), 'view') ?? '',
        (textIn(item, 'purpose') ?? '').toLowerCase(),
        'nektet',
      ]),
    ),
});

const denials = (answer: Json): readonly Json[] =>
  itemsOf(answer).filter(
    (item) => textIn(item, 'decision') === 'DENY' && textIn(item, 'purpose') === 'TILSYN',
  );
