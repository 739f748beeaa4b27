import { describe, expect, it } from '@jest/globals';
import {
  accessRequestCommands,
  bodyOf as bodyShape,
  checkShape,
  commandsOfCase,
  personCommands,
  referralBody,
  stateReportCommands,
  supervisionCommands,
} from '#forlop/domain';
import type { CommandDefinition, Shape } from '#forlop/domain';
import { bodyOf, type Step } from '../step.js';
import { STORIES } from './stories.js';

/** Days on either side of a change of code lists, of winter and of summer time, and a leap day. */
const TODAYS = ['2025-11-03', '2026-01-01', '2026-06-28', '2026-12-31', '2027-03-29', '2028-02-29'];

const definitions: Readonly<Record<string, CommandDefinition>> = {
  ...commandsOfCase,
  ...personCommands,
  ...accessRequestCommands,
  ...supervisionCommands,
  ...stateReportCommands,
};

const bodyShapeOf = (command: string): Shape =>
  command === 'ReceiveReferral' ? referralBody : bodyShape(definitions[command] as CommandDefinition);

const commandsOf = (today: string): readonly Step[] =>
  STORIES.flatMap((story) => story(today).steps).filter(({ method }) => method === 'POST');

describe('the stories of the demo', () => {
  it.each(TODAYS)('send bodies that fit their commands when told on %s', (today) => {
    const errors = commandsOf(today).flatMap((step) =>
      checkShape(bodyShapeOf(step.command), bodyOf(step, []), 'request').map((error) => ({
        title: step.title,
        ...error,
      })),
    );
    expect(errors).toEqual([]);
  });

  it.each(TODAYS)('tell of nothing that lies after %s', (today) => {
    expect(STORIES.flatMap((story) => story(today).steps).filter(({ on }) => on > today)).toEqual([]);
  });

  it('expect only events that the command may give', () => {
    for (const { command, expected } of commandsOf('2026-06-28')) {
      const { emits } = definitions[command] as CommandDefinition;
      expect(emits).toEqual(expect.arrayContaining([...(expected.events ?? [])]));
    }
  });

  it('are told by roles that may give the command', () => {
    for (const { command, as } of commandsOf('2026-06-28')) {
      expect((definitions[command] as CommandDefinition).roles).toContain(as);
    }
  });
});
