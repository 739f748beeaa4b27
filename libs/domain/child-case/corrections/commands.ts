/** Correct and retract an entry of a case. */
import type { Command } from '../../kernel/decider.js';
import { defineCommand } from '../../kernel/definition.js';
import { caseCommands } from '../commands.js';
import { CASEWORK } from '../commands/common.js';
import { correction, retraction } from './events.js';

const ENTRY = 'a3b1c0de-0001-4000-8000-0000000000e1';

export const CorrectEntry = defineCommand({
  type: 'CorrectEntry',
  norwegian: 'Rette en oppføring',
  emits: ['EntryCorrected'],
  path: [],
  shape: correction,
  roles: [...CASEWORK, 'ARKIVAR'],
  rules: ['53'],
  example: {
    targetEventId: ENTRY,
    reason: 'Datoen for samtalen var skrevet feil.',
    newValues: { heldOn: '2026-02-19' },
    on: '2026-03-02',
  },
});

export const RetractEntry = defineCommand({
  type: 'RetractEntry',
  norwegian: 'Trekke tilbake en oppføring',
  emits: ['EntryRetracted'],
  path: [],
  shape: retraction,
  roles: [...CASEWORK, 'ARKIVAR'],
  rules: ['53'],
  example: { targetEventId: ENTRY, reason: 'Oppføringen gjaldt et annet barn.', on: '2026-03-02' },
});

export const correctionCommands = { CorrectEntry, RetractEntry } as const;
export type CorrectionCommandType = keyof typeof correctionCommands;
export type CorrectionCommandOf<T extends CorrectionCommandType> = Command<(typeof correctionCommands)[T]>;
export type CorrectionCommand = {
  [T in CorrectionCommandType]: CorrectionCommandOf<T>;
}[CorrectionCommandType];

/** Every command to an existing case. */
export const commandsOfCase = { ...caseCommands, ...correctionCommands } as const;
