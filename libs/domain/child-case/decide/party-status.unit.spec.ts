import { describe, it } from '@jest/globals';
import type { CaseCommand } from '../commands.js';
import { born, childIsParty, command, IDS, partyStatuses, prepared, received } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const decide = (changes = {}) => command('DecideMeasure', changes);
const without = (type: CaseCommand['type'], commands = prepared()) =>
  commands.filter((step) => step.type !== type);

describe('party status before a decision (11)', () => {
  const broken = { slug: 'party-status-missing', rule: '11' } as const;

  it('is assessed for each registered parent', () => {
    const [mother] = partyStatuses();
    given(without('AssessPartyStatus')).when(decide()).thenBroken(broken);
    given([...without('AssessPartyStatus'), ...(mother ? [mother] : [])])
      .when(decide())
      .thenBroken(broken);
  });

  it('is assessed by the day of the decision', () => {
    given([
      ...without('AssessPartyStatus'),
      ...partyStatuses().map((step) =>
        command('AssessPartyStatus', { ...step.data, assessedOn: '2026-02-28' }),
      ),
    ])
      .when(decide())
      .thenBroken(broken);
  });

  it('is not asked of a parent whom nobody knows', () => {
    const onlyMother = received({
      guardians: [{ personRef: IDS.mother, relation: 'MOR', dailyCare: true, foreldreansvar: true }],
    });
    given([...without('AssessPartyStatus', prepared(onlyMother)), command('AssessPartyStatus')])
      .when(decide())
      .then({ type: 'MeasureDecided' });
  });

  it('is assessed for a child of 15, after it turned 15', () => {
    given(prepared(born('2011-02-27')))
      .when(decide())
      .thenBroken(broken);
    given(prepared(born('2011-02-28')))
      .when(decide())
      .then({ type: 'MeasureDecided' });
    const noParty = (assessedOn: string) =>
      command('AssessPartyStatus', {
        personRef: IDS.child,
        role: 'CHILD',
        isParty: false,
        understandsCase: false,
        assessedOn,
      });
    given([...prepared(born('2011-02-20')), noParty('2026-02-19')])
      .when(decide())
      .thenBroken(broken);
    given([...prepared(born('2011-02-20')), noParty('2026-02-20')])
      .when(decide())
      .then({ type: 'MeasureDecided' });
  });

  it('of a child who was found to be party before 15 stands', () => {
    given([...prepared(born('2011-02-20')), childIsParty('2026-02-19')])
      .when(decide())
      .then({ type: 'MeasureDecided' });
  });

  it('is assessed for every child whose conduct the case is about', () => {
    const conduct = { grounds: [{ code: '1.3.08' }] };
    given(prepared()).when(decide(conduct)).thenBroken(broken);
    given([...prepared(), childIsParty()])
      .when(decide(conduct))
      .then({ type: 'MeasureDecided' });
  });
});
