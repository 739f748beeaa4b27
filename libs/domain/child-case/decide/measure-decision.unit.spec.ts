import { describe, it } from '@jest/globals';
import {
  born,
  childIsParty,
  command,
  decided,
  IDS,
  prepared,
  received,
  running,
  TEXTS,
} from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';
import { caseCommands, type CaseCommand } from '../commands.js';

const decide = (changes = {}, by = {}) => command('DecideMeasure', changes, by);
const without = (type: CaseCommand['type'], commands = prepared()) =>
  commands.filter((step) => step.type !== type);

describe('a decision on measures', () => {
  it('is made, and its plan is due the same day', () => {
    given(prepared())
      .when(decide())
      .then({ type: 'MeasureDecided', data: { planDueOn: '2026-02-27' }, flags: [] });
  });

  it('gets the usual category of the catalogue when it gives none', () => {
    given(prepared())
      .when(decided({ ssbCategory: undefined }))
      .then({ type: 'MeasureDecided', data: { measures: [{ ssbCategory: '3.10' }] } });
  });

  it('needs no investigation that is concluded, nor one at all', () => {
    const direct = prepared().filter(({ type }) => !type.includes('Investigation'));
    given(direct).when(decide()).then({ type: 'MeasureDecided' });
  });

  it('is made by the leader, or by delegation (19)', () => {
    const bySaksbehandler = { role: 'SAKSBEHANDLER' } as const;
    const broken = {
      slug: 'not-authorised-to-decide',
      rule: '19',
      felt: ['/decidedBy/delegation'],
    } as const;
    given(prepared()).when(decide({}, bySaksbehandler)).then({ type: 'MeasureDecided' });
    given(prepared())
      .when(decide({ decidedBy: undefined }))
      .then({ type: 'MeasureDecided' });
    given(prepared())
      .when(decide({ decidedBy: undefined }, bySaksbehandler))
      .thenBroken(broken);
    given(prepared())
      .when(decide({ decidedBy: { personRef: IDS.other } }, bySaksbehandler))
      .thenBroken(broken);
  });

  it('has all the parts that §12-5 asks for, and lists what is missing (18)', () => {
    given(prepared())
      .when(decide(Object.fromEntries(Object.keys(TEXTS).map((text) => [text, undefined]))))
      .thenBroken({
        slug: 'decision-incomplete',
        rule: '18',
        felt: Object.keys(TEXTS).map((text) => `/${text}`),
      });
    given(prepared())
      .when(decide({ familyTies: '' }))
      .thenBroken({ slug: 'decision-incomplete', rule: '18', felt: ['/familyTies'] });
  });

  it('says why precisely this measure (12)', () => {
    given(prepared())
      .when(decide({ whyThisMeasure: ' ' }))
      .thenBroken({ slug: 'no-justification', rule: '12' });
  });

  it('has its document in the journal (52)', () => {
    const broken = { slug: 'decision-not-journaled', rule: '52', felt: ['/documentId'] } as const;
    given(without('JournalDocument')).when(decide()).thenBroken(broken);
    given(prepared())
      .when(decide({ documentId: undefined }))
      .thenBroken(broken);
    given(prepared())
      .when(decide({ documentId: IDS.measure }))
      .thenBroken(broken);
  });

  it('rests on what the child said, by that day (10)', () => {
    const broken = { slug: 'participation-missing', rule: '10' } as const;
    const unheard = without('RecordChildParticipation');
    const heard = (phase: string, heldOn = '2026-02-27') =>
      command('RecordChildParticipation', { phase, heldOn });
    given([...unheard, heard('UNDERSOKELSE')])
      .when(decide())
      .thenBroken(broken);
    given([...unheard, heard('VEDTAK', '2026-02-28')])
      .when(decide())
      .thenBroken(broken);
    given([...unheard, heard('TILTAKSVALG')])
      .when(decide())
      .then({ type: 'MeasureDecided' });
    given([...unheard, command('RecordChildParticipation', { method: undefined, none: 'DID_NOT_WISH' })])
      .when(decide())
      .then({ type: 'MeasureDecided' });
  });

  it('names each thing once', () => {
    given([...prepared(), decide()])
      .when(decide())
      .thenBroken({ slug: 'id-in-use' });
    given([...prepared(), decide()])
      .when(decide({ decisionId: IDS.other }))
      .thenBroken({ slug: 'id-in-use' });
    given(prepared())
      .when(decided({ measureId: IDS.consent }))
      .thenBroken({ slug: 'id-in-use' });
  });

  it('names no measure twice', () => {
    const { measures } = caseCommands.DecideMeasure.example as { measures: readonly object[] };
    given(prepared())
      .when(decide({ measures: [...measures, ...measures] }))
      .thenBroken({ slug: 'id-in-use' });
  });

  it('plans no end before the start', () => {
    given(prepared())
      .when(decided({ endPlanned: '2026-03-01' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/measures/0/endPlanned'] });
  });
});

describe('the catalogue (22)', () => {
  it('holds every measure that is decided', () => {
    given(prepared())
      .when(decided({ catalogueCode: 'ridekurs' }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/measures/0/catalogueCode'] });
  });

  it('goes by the category and the grounds of the date', () => {
    const broken = { slug: 'code-not-valid', rule: '22' } as const;
    given(prepared())
      .when(decided({ ssbCategory: '8.2' }))
      .thenBroken({ ...broken, felt: ['/measures/0/ssbCategory'] });
    given(prepared())
      .when(decide({ grounds: [{ code: '8' }] }))
      .thenBroken({ ...broken, felt: ['/grounds/0/code'] });
    given(prepared())
      .when(decide({ status: '7' }))
      .thenBroken({ ...broken, felt: ['/status'] });
  });

  it('asks for a specification of 3.7 and every .99', () => {
    const broken = {
      slug: 'specification-missing',
      rule: '22',
      felt: ['/measures/0/specification'],
    } as const;
    given(prepared())
      .when(decided({ ssbCategory: '3.7' }))
      .thenBroken(broken);
    given(prepared())
      .when(decided({ catalogueCode: 'cos', ssbCategory: '3.99' }))
      .thenBroken(broken);
    given(prepared())
      .when(decided({ catalogueCode: 'cos', ssbCategory: '3.99', specification: 'COS-P' }))
      .then({ type: 'MeasureDecided' });
  });

  it('advises on age and bars nobody', () => {
    given(prepared(born('2014-05-01')))
      .when(decided({ catalogueCode: 'barnehage', ssbCategory: '4.1' }))
      .then({ type: 'MeasureDecided', flags: [{ rule: '22', slug: 'age-advice' }] });
    given(prepared(born('2021-05-01')))
      .when(decided({ catalogueCode: 'barnehage', ssbCategory: '4.1' }))
      .then({ type: 'MeasureDecided', flags: [] });
  });
});

describe('age and place', () => {
  it('from 18 on only §3-6 reaches the youth, and from 25 on nothing does (01)', () => {
    const again = (birth: string) => [
      ...prepared(born('2010-05-01')),
      received({
        concernId: IDS.other,
        referralId: IDS.another,
        receivedAt: '2026-02-26T10:00:00+01:00',
        childBirth: { date: birth },
      }),
      childIsParty(),
    ];
    given(again('2008-02-27')).when(decide()).thenBroken({ slug: 'child-age', rule: '01' });
    given(again('2001-02-27'))
      .when(decide({ legalBasis: '3-6' }))
      .thenBroken({ slug: 'child-age', rule: '01' });
    given(again('2001-02-28'))
      .when(decide({ legalBasis: '3-6' }))
      .thenBroken({ slug: 'not-yet-supported' });
  });

  it('a child who stays elsewhere is decided on elsewhere (02)', () => {
    given([
      ...prepared(),
      received({
        concernId: IDS.other,
        referralId: IDS.another,
        receivedAt: '2026-02-20T10:00:00+01:00',
        stayMunicipality: '0301',
      }),
    ])
      .when(decide())
      .thenBroken({ slug: 'wrong-municipality', rule: '02' });
  });
});

describe('a decision that ends a measure', () => {
  const ends = (changes = {}, by = {}) =>
    decided(
      { voluntary: false },
      {
        decisionId: IDS.endDecision,
        decisionType: 'OPPHORT',
        decidedOn: '2026-08-30',
        consentIds: undefined,
        whyThisMeasure: undefined,
        ...changes,
      },
      by,
    );

  it('needs no consent', () => {
    given(running()).when(ends()).then({ type: 'MeasureDecided', flags: [] });
  });

  it('is made also when the child has moved (02)', () => {
    const moved = received({
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2026-08-20T10:00:00+02:00',
      stayMunicipality: '0301',
    });
    given([...running(), moved])
      .when(ends())
      .then({ type: 'MeasureDecided' });
  });

  it('that is entered late finds the measure as it was then', () => {
    given([...running(), command('EndMeasure')])
      .when(decided({}, { decisionId: IDS.third, decisionType: 'VIDEREFORT', decidedOn: '2026-06-01' }))
      .then({ type: 'MeasureDecided' });
  });

  it('finds a measure that was decided and has not ended', () => {
    given(prepared()).when(ends()).thenBroken({ slug: 'no-decision', rule: '33' });
    given([...running(), command('EndMeasure', { endedOn: '2026-08-29' })])
      .when(ends())
      .thenBroken({ slug: 'measure-already-ended', rule: '40' });
  });

  it('is a decision like any other (18)', () => {
    given(running())
      .when(ends({ bestInterests: undefined }))
      .thenBroken({ slug: 'decision-incomplete', rule: '18' });
  });
});

describe('a decision from before 2023', () => {
  it('is recorded under the old act, and nothing of it is judged', () => {
    given([received({ receivedAt: '2022-01-05T10:00:00+01:00', stayMunicipality: '0301' })])
      .when(
        decided(
          { voluntary: false, ssbCategory: '3.7' },
          {
            decidedOn: '2022-12-31',
            legalBasis: '4-4',
            consentIds: undefined,
            documentId: undefined,
            facts: undefined,
            grounds: [{ code: '2.1.03' }],
          },
          { role: 'SAKSBEHANDLER' },
        ),
      )
      .then({ type: 'MeasureDecided', flags: [] });
  });

  it('is judged from 1 January 2023 on', () => {
    given([received({ receivedAt: '2022-01-05T10:00:00+01:00' })])
      .when(decide({ decidedOn: '2023-01-01', grounds: [{ code: '8' }], facts: undefined }))
      .thenBroken({ slug: 'decision-incomplete', rule: '18' });
  });
});
