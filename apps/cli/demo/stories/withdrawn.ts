import { addVirkedager, type LocalDate } from '#forlop/domain';
import { listIn, member, textIn, type Json } from '../client.js';
import { eventOf } from '../found.js';
import type { Step, Story } from '../step.js';
import { MON, shortDate, WED } from '../story-days.js';
import { AFTER_START, measureScene, runningMeasure, type MeasureScene } from './one-measure.js';
import { overview, readBack } from './reading.js';
import { accepted } from './steps.js';

const VIRKEDAGER = 5;

/** A consent is withdrawn: the measure must end, or be decided anew, within five virkedager (rule 16). */
export function withdrawnConsent(today: LocalDate): Story {
  const scene = measureScene('Vintererle', today, AFTER_START + 2);
  const { day } = scene;
  return {
    id: 'samtykke-trekkes',
    title: 'Et samtykke trekkes, og det som følger av det',
    about:
      'Familieveilederen har vært der en uke når mor ombestemmer seg. Tiltaket er frivillig: det avsluttes, eller det treffes ' +
      'nytt vedtak eller sendes begjæring, innen fem virkedager. Oppgaven står på saken til det er gjort.',
    steps: [
      ...runningMeasure(scene),
      withdrawal(scene, day(AFTER_START, MON)),
      asked(scene, day(AFTER_START, MON)),
      accepted(
        { title: 'Tiltaket avsluttes: samtykket er trukket', on: day(AFTER_START, WED) },
        'EndMeasure',
        `/cases/{caseId}/measures/${scene.ids.measure}/end`,
        {
          endedOn: day(AFTER_START, WED),
          reason: 'SAMTYKKE_TRUKKET',
          dialogueWith: ['Mor'],
          transitionNote: 'Mor vet hvem hun ringer om hun vil ha hjelp igjen.',
        },
        'MeasureEnded',
      ),
      done(scene, day(AFTER_START, WED)),
      overview('Oversikten viser at tiltakene er avsluttet', today, 'MEASURES_ENDED'),
      ...readBack(today),
    ],
  };
}

const withdrawal = ({ ids, family: { mother } }: MeasureScene, on: LocalDate): Step =>
  accepted(
    { title: 'Mor trekker samtykket', on },
    'WithdrawConsent',
    `/cases/{caseId}/consents/${ids.consent}/withdrawal`,
    { by: mother.personId, on, reason: 'Det ble for mye med en til i huset.' },
    'ConsentWithdrawn',
  );

const tasksOf = (answer: Json): readonly Json[] =>
  listIn(answer, 'tasks').filter((task) => textIn(task, 'rule') === '16');

const isInForce = (answer: Json, consentId: string): boolean =>
  listIn(answer, 'consents').some(
    (consent) => textIn(consent, 'consentId') === consentId && member(consent, 'effective') === true,
  );

const asked = ({ ids }: MeasureScene, on: LocalDate): Step => {
  const dueOn = addVirkedager(on, VIRKEDAGER);
  return {
    ...overview('Saken har fått en oppgave med frist', on, 'MEASURES_ACTIVE'),
    check: (answer, played) => {
      const [task, ...more] = tasksOf(answer);
      const wanted = { measureId: ids.measure, dueOn, causedBy: eventOf(played, 'ConsentWithdrawn') };
      const wrong = Object.entries(wanted).filter(([name, value]) => textIn(task, name) !== value);
      return [
        ...wrong.map(([name]) => `oppgaven har feil ${name}`),
        ...(more.length === 0 ? [] : [`saken har ${1 + more.length} oppgaver etter regel 16, ventet 1`]),
        ...(isInForce(answer, ids.consent) ? ['samtykket er fortsatt virksomt'] : []),
      ];
    },
    show: (answer) =>
      tasksOf(answer).map(
        (task) =>
          `regel ${textIn(task, 'rule') ?? ''} · ${textIn(task, 'kind') ?? ''} · frist ` +
          `${shortDate(textIn(task, 'dueOn') ?? '')} (fem virkedager)`,
      ),
  };
};

const done = ({ ids }: MeasureScene, on: LocalDate): Step => ({
  ...overview('Oppgaven er borte med tiltaket', on, 'MEASURES_ENDED'),
  check: (answer) => {
    const measure = listIn(answer, 'measures').find((one) => textIn(one, 'measureId') === ids.measure);
    return [
      ...(tasksOf(answer).length === 0 ? [] : ['oppgaven står fortsatt']),
      ...(textIn(measure, 'endedOn') === on ? [] : ['tiltaket er ikke avsluttet på dagen']),
    ];
  },
});
