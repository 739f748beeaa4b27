/** The three measures of the seed's «Mini-mal for tiltaksplan»: at home twice a week, COS-P on Wednesdays, a støttekontakt. */
import { randomUUID } from 'node:crypto';
import type { Day } from '../../story-days.js';
import { SAT, TUE, WED } from '../../story-days.js';
import type { Family } from '../cast.js';

export interface StoryMeasure {
  readonly measureId: string;
  readonly name: string;
  readonly catalogueCode: string;
  readonly specification?: string;
  /** Whom it is directed at. */
  readonly target: keyof Family;
  readonly what: string;
  readonly howOften: string;
  readonly who: string;
  readonly provider: { readonly type: 'KOMMUNE' | 'PRIVATPERSON' };
  /** Week and day of the story on which it starts. */
  readonly starts: readonly [week: number, weekday: number];
  readonly whyThisMeasure: string;
  readonly suitability: string;
}

export interface StoryMeasures {
  readonly home: StoryMeasure;
  readonly guidance: StoryMeasure;
  readonly companion: StoryMeasure;
}

export const storyMeasures = (): StoryMeasures => ({
  home: {
    measureId: randomUUID(),
    name: 'miljøterapeut hjemme',
    catalogueCode: 'hjemmeveiledning',
    target: 'mother',
    what: 'Miljøterapeut hjemme: kveldsrutine og frammøteplan',
    howOften: 'To ganger i uken, 60 minutter, tirsdag og torsdag kl. 17',
    who: 'Miljøterapeut i oppfølgingsteamet',
    provider: { type: 'KOMMUNE' },
    starts: [0, TUE],
    whyThisMeasure: 'Vanskene viser seg om kvelden og morgenen, og der må hjelpen være.',
    suitability: 'Familien ønsker en fast person som kommer hjem til dem.',
  },
  guidance: {
    measureId: randomUUID(),
    name: 'COS-P',
    catalogueCode: 'cos',
    specification: 'Circle of Security, foreldreveiledning (COS-P)',
    target: 'mother',
    what: 'Foreldreveiledning COS-P',
    howOften: 'Åtte ganger, onsdager kl. 19',
    who: 'Familieveileder i barnevernstjenesten',
    provider: { type: 'KOMMUNE' },
    starts: [0, WED],
    whyThisMeasure: 'Mor vil forstå hva barnet trenger når det trekker seg unna.',
    suitability: 'Mor har ettermiddagene fri og kan delta på alle åtte samlingene.',
  },
  companion: {
    measureId: randomUUID(),
    name: 'støttekontakt',
    catalogueCode: 'stottekontakt',
    target: 'child',
    what: 'Støttekontakt: tur, musikk og kiosk',
    howOften: 'Lørdag formiddag annenhver uke',
    who: 'Støttekontakt engasjert av kommunen',
    provider: { type: 'PRIVATPERSON' },
    starts: [0, SAT],
    whyThisMeasure: 'Barnet savner en voksen som har tid, og vil gjerne ut av huset i helgene.',
    suitability: 'Barnet har selv foreslått det og er trygt på den som er tenkt.',
  },
});

export const allOf = ({ home, guidance, companion }: StoryMeasures): readonly StoryMeasure[] => [
  home,
  guidance,
  companion,
];

/** How a decision names the measure. */
export const decided = (measure: StoryMeasure, { day, family }: { day: Day; family: Family }): object => ({
  measureId: measure.measureId,
  catalogueCode: measure.catalogueCode,
  ...(measure.specification === undefined ? undefined : { specification: measure.specification }),
  targetPerson: family[measure.target].personId,
  content: measure.what,
  frequency: measure.howOften,
  provider: measure.provider,
  startPlanned: day(...measure.starts),
  endPlanned: day(26, TUE),
  voluntary: true,
});
