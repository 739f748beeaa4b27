import { createHash, randomUUID } from 'node:crypto';
import type { LocalDate, LawReference } from '#forlop/domain';
import { itemsOf, listIn, member, textIn, type Json } from '../client.js';
import { caseOf, eventOf } from '../found.js';
import type { Played, Step, Story } from '../step.js';
import { MON, morningOf, TUE, WED } from '../story-days.js';
import { table } from '../table.js';
import { AFTER_START, measureScene, runningMeasure, type MeasureScene } from './one-measure.js';
import { read, readBack } from './reading.js';
import { accepted, refused } from './steps.js';

/** Another's health: fvl §19 second paragraph a. */
const OTHERS_HEALTH: LawReference = { law: 'FVL1967', section: '19', paragraph: 2, letter: 'a' };

/** What the package shows in place of what is withheld. */
const WITHHELD = '[unntatt]';

interface Request extends MeasureScene {
  readonly path: string;
  readonly requestId: string;
}

/** A party asks to see the file, and gets it but for what concerns another. */
export function accessToTheFile(today: LocalDate): Story {
  const requestId = randomUUID();
  const scene: Request = {
    ...measureScene('Heipiplerke', today, AFTER_START + 2),
    requestId,
    path: `/access-requests/${requestId}`,
  };
  return {
    id: 'innsyn',
    title: 'Innsyn med ett unntak, utlevert',
    about:
      'Mor er part og ber om innsyn. Beskrivelsen i meldingen sier noe om en annens helse og holdes tilbake, med bestemmelse, ' +
      'ledd og bokstav. Pakken er den samme, byte for byte, hver gang den hentes.',
    cast: ['ARKIVAR'],
    steps: [
      ...runningMeasure(scene),
      requested(scene),
      proposal(scene),
      ...assessments(scene),
      ...decisions(scene),
      packageAsJson(scene, 'Pakken hentes'),
      packageAsPage(scene),
      delivery(scene),
      sameAgain(scene),
      register(scene),
      accessLog(today),
      ...readBack(today),
    ],
  };
}

const requested = ({ day, family: { mother }, requestId }: Request): Step =>
  accepted(
    { title: 'Mor ber om innsyn', on: day(AFTER_START, MON), as: 'ARKIVAR' },
    'RequestInnsyn',
    '/access-requests',
    (played) => ({
      requestId,
      caseIds: [caseOf(played, 0)],
      requester: {
        personRef: mother.personId,
        name: { first: mother.first, last: mother.last },
        relation: 'FORELDER',
      },
      basis: 'PART_FVL18',
      scope: 'Meldingen, det barnet har sagt, og vedtaket',
      receivedAt: morningOf(day(AFTER_START, MON)),
      identityProof: 'Legitimert med pass ved oppmøte',
    }),
    'InnsynRequested',
  );

const proposal = ({ day, ids, path }: Request): Step =>
  read(
    'Forslag til dokumentliste, fra saken selv',
    'GetInnsynProposal',
    `${path}/proposal`,
    day(AFTER_START, MON),
    'ARKIVAR',
    (answer, played) => {
      const items = itemsOf(answer);
      const asked = items.filter((item) => member(item, 'mustBeAssessed') === true);
      const referral = eventOf(played, 'ReferralReceived');
      return [
        ...(asked.length === 1 && textIn(asked[0], 'documentId') === ids.document
          ? []
          : ['forslaget krever ikke at vedtaksbrevet vurderes, og bare det']),
        ...(items.some((item) => textIn(item, 'eventId') === referral)
          ? []
          : ['forslaget mangler meldingen']),
      ];
    },
  );

interface Assessed {
  readonly title: string;
  readonly documentId: (played: Played) => string;
  readonly withheld?: object;
}

const assessments = ({ day, ids, path }: Request): readonly Step[] =>
  (
    [
      {
        title: 'Meldingen: delvis, en annens helse unntas',
        documentId: (played) => eventOf(played, 'ReferralReceived'),
        withheld: {
          exemption: OTHERS_HEALTH,
          reason: 'Beskrivelsen sier også noe om en annens helse.',
          redactions: ['/description'],
        },
      },
      {
        title: 'Samtalen med barnet: innsyn',
        documentId: (played) => eventOf(played, 'ChildParticipationRecorded'),
      },
      { title: 'Vedtaket: innsyn', documentId: (played) => eventOf(played, 'MeasureDecided') },
      { title: 'Vedtaksbrevet: innsyn', documentId: () => ids.document },
    ] satisfies readonly Assessed[]
  ).map(({ title, documentId, withheld }: Assessed) =>
    accepted(
      { title, on: day(AFTER_START, TUE), as: 'ARKIVAR' },
      'AssessInnsynDocument',
      `${path}/document-assessments`,
      (played) => ({
        documentId: documentId(played),
        assessedOn: day(AFTER_START, TUE),
        result: withheld === undefined ? 'FULL' : 'DELVIS',
        ...withheld,
      }),
      'InnsynDocumentAssessed',
    ),
  );

const decisions = ({ day, path }: Request): readonly Step[] => {
  const on = day(AFTER_START, WED);
  const decision = { decidedOn: on, outcome: 'DELVIS' };
  return [
    refused(
      { title: 'Avgjørelse uten bestemmelsen', on, as: 'ARKIVAR' },
      'DecideInnsyn',
      `${path}/decision`,
      decision,
      422,
      'refusal-basis-missing',
    ),
    accepted(
      { title: 'Avgjørelse: delvis innsyn', on, as: 'ARKIVAR' },
      'DecideInnsyn',
      `${path}/decision`,
      { ...decision, refusalBasis: [OTHERS_HEALTH] },
      'InnsynDecided',
    ),
  ];
};

const entriesOf = (manifest: Json): readonly Json[] => listIn(manifest, 'entries');

/** What the party is answered about: entries that nobody assessed are listed too, and show nothing. */
const answered = (manifest: Json): readonly Json[] =>
  entriesOf(manifest).filter((entry) => textIn(entry, 'result') !== 'IKKE_AVGJORT');

const packageAsJson = ({ day, path }: Request, title: string): Step => ({
  ...read(
    title,
    'GetInnsynPackage',
    `${path}/package`,
    day(AFTER_START, WED),
    'ARKIVAR',
    (answer, played) => {
      const referral = entriesOf(answer).find(
        (entry) => textIn(entry, 'eventId') === eventOf(played, 'ReferralReceived'),
      );
      const content = member(referral, 'content');
      return [
        ...(answered(answer).length === 4 ? [] : [`${answered(answer).length} er avgjort, ventet 4`]),
        ...(entriesOf(answer).every((entry) => /^[0-9a-f]{64}$/.test(textIn(entry, 'hash') ?? ''))
          ? []
          : ['en oppføring mangler avtrykk']),
        ...(textIn(content, 'description') === WITHHELD
          ? []
          : ['beskrivelsen i meldingen er ikke holdt tilbake']),
      ];
    },
  ),
  show: (answer) =>
    table(
      [
        { head: 'Nr', align: 'right' },
        { head: 'Oppføring' },
        { head: 'Dato' },
        { head: 'Innsyn' },
        { head: 'Avtrykk (SHA-256)', most: 18 },
        { head: 'Unntatt etter' },
      ],
      answered(answer).map((entry) => [
        String(member(entry, 'number')),
        textIn(entry, 'name') ?? textIn(entry, 'type') ?? '',
        textIn(entry, 'legalDate') ?? '',
        textIn(entry, 'result') ?? '',
        textIn(entry, 'hash') ?? '',
        textIn(member(member(entry, 'withheld'), 'ground'), 'text') ?? '',
      ]),
    ),
});

const packageAsPage = ({ day, path }: Request): Step => ({
  ...read(
    'Den samme pakken som en side til å lese',
    'GetInnsynPackage',
    `${path}/package`,
    day(AFTER_START, WED),
    'ARKIVAR',
    (_answer, _played, text) => [
      ...(text.startsWith('<!doctype html>') && text.includes('lang="nb"') ? [] : ['svaret er ingen side']),
      ...(text.includes('forvaltningsloven § 19 andre ledd bokstav a')
        ? []
        : ['siden nevner ikke bestemmelsen']),
      ...(text.includes('mor sier at hun ikke får det til') ? ['siden viser det som er holdt tilbake'] : []),
    ],
  ),
  headers: { accept: 'text/html' },
});

const delivery = ({ day, path }: Request): Step =>
  accepted(
    { title: 'Pakken utleveres', on: day(AFTER_START, WED), as: 'ARKIVAR' },
    'DeliverInnsyn',
    `${path}/delivery`,
    { deliveredOn: day(AFTER_START, WED), channel: 'Digital postkasse' },
    'InnsynDelivered',
  );

const sameAgain = (scene: Request): Step => {
  const { show: _show, ...again } = packageAsJson(scene, 'Pakken hentes igjen: den samme, byte for byte');
  return {
    ...again,
    check: (_answer, played, text) => {
      const first = played.find(({ step }) => step.title === 'Pakken hentes')?.text;
      return text === first ? [] : ['pakken er ikke den samme som før utleveringen'];
    },
  };
};

const register = ({ day, path }: Request): Step =>
  read(
    'Registeret: utlevert, med pakkens avtrykk',
    'GetAccessRequest',
    path,
    day(AFTER_START, WED),
    'ARKIVAR',
    (answer, played) => {
      const delivered = played.findLast(({ step }) => step.command === 'GetInnsynPackage')?.text ?? '';
      const hash = createHash('sha256').update(delivered).digest('hex');
      return [
        ...(textIn(answer, 'state') === 'DELIVERED' ? [] : ['begjæringen står ikke som utlevert']),
        ...(textIn(answer, 'packageHash') === hash ? [] : ['avtrykket er ikke pakkens']),
      ];
    },
  );

/** The person concerned may ask for it; here the archivist answers on paper. */
const accessLog = (today: LocalDate): Step =>
  read(
    'Hvem har lest saken?',
    'GetCaseAccessLog',
    '/cases/{caseId}/access-log',
    today,
    'ARKIVAR',
    (answer) => {
      const views = itemsOf(answer).map((item) => textIn(member(item, 'what'), 'view') ?? '');
      return views.some((view) => view.endsWith('/package')) ? [] : ['loggen viser ikke at pakken er lest'];
    },
  );
