import { describe, expect, it } from '@jest/globals';
import { bodyOf } from '../kernel/body.js';
import { checkShape } from '../kernel/check.js';
import type { CommandDefinition, EventDefinition } from '../kernel/definition.js';
import { RULE_NUMBERS } from '../law/rules.js';
import { caseCommands, referralBody, referralExample, refineReferral } from './commands.js';
import { caseEvents } from './events.js';

const commands: readonly CommandDefinition[] = Object.values(caseCommands);
const events: readonly EventDefinition[] = Object.values(caseEvents);
const record = (value: unknown) => value as Readonly<Record<string, unknown>>;

describe('the commands of a case', () => {
  it('stand under their own type', () => {
    expect(Object.entries(caseCommands).filter(([key, { type }]) => key !== type)).toEqual([]);
    expect(Object.entries(caseEvents).filter(([key, { type }]) => key !== type)).toEqual([]);
  });

  it('have an example that is a valid body', () => {
    for (const definition of commands) {
      expect({
        type: definition.type,
        errors: [
          ...checkShape(bodyOf(definition), definition.example),
          ...(definition.refine?.(record(definition.example)) ?? []),
        ],
      }).toEqual({ type: definition.type, errors: [] });
    }
    expect(checkShape(referralBody, referralExample)).toEqual([]);
    expect(refineReferral(record(referralExample))).toEqual([]);
  });

  it('lead to events that exist, every one of them, and cite rules that exist', () => {
    expect(new Set(commands.flatMap(({ emits }) => emits))).toEqual(new Set(Object.keys(caseEvents)));
    const rules: readonly string[] = RULE_NUMBERS;
    expect(commands.flatMap((c) => c.rules).filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('take path ids that they hold', () => {
    expect(commands.flatMap(({ path, shape }) => path.filter((name) => !(name in shape)))).toEqual([]);
  });

  it('are given by the roles of the contract', () => {
    const roles = (type: keyof typeof caseCommands) => [...caseCommands[type].roles].sort();
    expect(roles('DecideMeasure')).toEqual(['LEDER', 'SAKSBEHANDLER']);
    expect(roles('StartMeasure')).toEqual(['LEDER', 'OPPFOLGING', 'SAKSBEHANDLER']);
    expect(roles('JournalDocument')).toEqual(['ARKIVAR', 'LEDER', 'SAKSBEHANDLER']);
    expect(roles('RecordFollowUpStatus')).toEqual(['LEDER', 'LEVERANDOR', 'OPPFOLGING', 'SAKSBEHANDLER']);
    expect(
      commands.filter(({ roles: [...r] }) => r.includes('PART') || r.includes('KOMMUNEDIREKTOR')),
    ).toEqual([]);
  });
});

describe('the events of a case', () => {
  it('have a legal date among their fields, in both languages a name', () => {
    for (const { legalDate, shape, norwegian, summary } of events) {
      expect(['date', 'instant']).toContain(shape[legalDate]?.kind);
      expect(norwegian).not.toBe('');
      expect(summary).toMatch(/\.$/);
    }
  });

  it('name no lack of resources as a reason (rule 20)', () => {
    const words = JSON.stringify(events.map(({ shape }) => shape));
    expect(words).not.toMatch(/RESSURS|KAPASITET|OKONOMI|BUDSJETT|BEMANNING/i);
  });
});

describe('field errors that two fields make together', () => {
  const refine = (type: keyof typeof caseCommands, changes: object) => {
    const definition = caseCommands[type] as unknown as CommandDefinition;
    const body = record({ ...(definition.example as object), ...changes });
    return (definition.refine?.(body) ?? []).map(({ felt }) => felt);
  };

  it('ask for a method of participation or the reason why not, never both', () => {
    expect(refine('RecordChildParticipation', { method: undefined })).toEqual(['/method']);
    expect(refine('RecordChildParticipation', { none: 'DID_NOT_WISH' })).toEqual(['/method']);
    expect(refine('RecordChildParticipation', { method: undefined, none: 'DID_NOT_WISH' })).toEqual([]);
  });

  it('ask what the status of a party rests on', () => {
    expect(refine('AssessPartyStatus', { basis: undefined })).toEqual(['/basis']);
    expect(refine('AssessPartyStatus', { basis: undefined, isParty: false })).toEqual([]);
  });

  it('ask what a status is about', () => {
    expect(refine('RecordFollowUpStatus', { measureId: undefined })).toEqual(['/measureId']);
  });

  it('ask when the next evaluation is due, but for the last', () => {
    expect(refine('RecordEvaluation', { nextDueOn: undefined })).toEqual(['/nextDueOn']);
    expect(refine('RecordEvaluation', { nextDueOn: undefined, kind: 'AVSLUTTENDE' })).toEqual([]);
  });

  it('refuse the same child twice in one concern, and bear with nonsense', () => {
    const child = { personId: '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01' };
    expect(refineReferral({ children: [child, child] }).map(({ felt }) => felt)).toEqual([
      '/children/1/personId',
    ]);
    expect(refineReferral({ children: [null, 7, {}] })).toEqual([]);
    expect(refineReferral({})).toEqual([]);
  });
});

describe('what the service computes', () => {
  it('is refused in a request', () => {
    const errorsOf = (type: keyof typeof caseCommands, field: string) =>
      checkShape(bodyOf(caseCommands[type]), {
        ...(caseCommands[type].example as object),
        [field]: '2026-01-01',
      }).map(({ felt }) => felt);
    expect(errorsOf('AssessReferral', 'deadlineBreached')).toEqual(['/deadlineBreached']);
    expect(errorsOf('OpenInvestigation', 'dueOn')).toEqual(['/dueOn']);
    expect(errorsOf('DecideMeasure', 'planDueOn')).toEqual(['/planDueOn']);
    expect(errorsOf('NotifyDecision', 'complaintDueOn')).toEqual(['/complaintDueOn']);
    expect(errorsOf('EstablishPlan', 'version')).toEqual(['/version']);
    expect(errorsOf('ReceiveReferral', 'childBirth')).toEqual(['/childBirth']);
  });
});
