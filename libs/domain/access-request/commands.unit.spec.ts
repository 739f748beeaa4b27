import { describe, expect, it } from '@jest/globals';
import { bodyOf, checkBody } from '../kernel/body.js';
import { checkShape } from '../kernel/check.js';
import type { CommandDefinition } from '../kernel/definition.js';
import { assertSealed, separate } from '../kernel/personal.js';
import { RULE_NUMBERS } from '../law/rules.js';
import { accessRequestCommands } from './commands.js';
import { accessRequestEvents } from './events.js';
import { asked, decided, IDS, play, refused, command, DANGER } from './test/request.fixture.js';

const commands: readonly CommandDefinition[] = Object.values(accessRequestCommands);

describe('the commands of a request for access', () => {
  it.each(commands.map((definition) => [definition.type, definition] as const))(
    '%s has an example that is a valid body',
    (_type, definition) => {
      expect(checkBody(definition, definition.example)).toEqual([]);
    },
  );

  it('lead to events that exist, every one of them, and cite rules that exist', () => {
    expect(commands.flatMap(({ emits }) => emits)).toEqual(Object.keys(accessRequestEvents));
    const rules: readonly string[] = RULE_NUMBERS;
    expect(commands.flatMap((c) => c.rules).filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('refuse what the service knows better', () => {
    const names = commands.flatMap((definition) => Object.keys(bodyOf(definition)));
    for (const computed of ['known', 'document', 'requesterAge', 'proposed', 'packageHash', 'dueOn'])
      expect(names).not.toContain(computed);
  });

  it('are the archivist’s; a party asks, and the leader may decide', () => {
    const roles = Object.fromEntries(commands.map((c) => [c.type, [...c.roles]]));
    expect(roles).toEqual({
      RequestInnsyn: ['ARKIVAR', 'PART'],
      AssessInnsynDocument: ['ARKIVAR'],
      DecideInnsyn: ['ARKIVAR', 'LEDER'],
      DeliverInnsyn: ['ARKIVAR'],
      DiscloseToRepresentative: ['ARKIVAR'],
    });
  });

  it('name a case once, and withhold nothing of what is seen in full', () => {
    const felt = (type: keyof typeof accessRequestCommands, changes: object) => {
      const definition = accessRequestCommands[type] as unknown as CommandDefinition;
      return checkBody(definition, { ...(definition.example as object), ...changes }).map((f) => f.felt);
    };
    expect(felt('RequestInnsyn', { caseIds: [IDS.case, IDS.case] })).toEqual(['/caseIds']);
    expect(felt('AssessInnsynDocument', { result: 'FULL', untilInvestigationEnds: true })).toEqual([
      '/exemption',
      '/redactions',
      '/untilInvestigationEnds',
    ]);
    expect(felt('DecideInnsyn', { outcome: 'FULL' })).toEqual(['/refusalBasis']);
  });
});

describe('the events of a request for access', () => {
  it('fit their shape, and are sealed where they are personal', () => {
    const events = play([
      asked(),
      refused(),
      decided('NEKTET', [DANGER]),
      command('DeliverInnsyn'),
      command('DiscloseToRepresentative'),
    ]);
    expect(events).toHaveLength(5);
    for (const { type, data } of events) {
      const { shape } = accessRequestEvents[type];
      expect({ type, errors: checkShape(shape, data, 'whole') }).toEqual({ type, errors: [] });
      const { clear } = separate(shape, data);
      expect(() => assertSealed(shape, clear)).not.toThrow();
      expect(JSON.stringify(clear)).not.toMatch(/Testine|pass ved|postkasse|Melderens/);
    }
  });
});
