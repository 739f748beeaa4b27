import { RuleBroken, correctCase, correctedEntry, effectiveEntries, shapeOfEntry } from '#forlop/domain';
import type { CaseEntry, CorrectableType, CorrectionCommand, CorrectionEvent } from '#forlop/domain';
import { personRefsIn } from './named-ids.js';
import { assertRegistered } from './register.js';
import type { CommandRequest } from './request.js';
import type { CommandDeps } from './stream.js';

/**
 * What a correction leads to. Which persons its values name is known only from the entry that it is about, so they are
 * looked for here: after what is no valid request, before what a rule forbids.
 */
export async function corrected(
  deps: Pick<CommandDeps, 'store' | 'memory'>,
  command: CorrectionCommand,
  entries: readonly CaseEntry[],
  { caller }: CommandRequest,
): Promise<readonly CorrectionEvent[]> {
  const outcome = outcomeOf(command, entries);
  if (outcome instanceof RuleBroken && outcome.status === 400) throw outcome;
  await assertRegistered(deps, caller, personsNamed(command, entries));
  if (outcome instanceof RuleBroken) throw outcome;
  return outcome;
}

function outcomeOf(
  command: CorrectionCommand,
  entries: readonly CaseEntry[],
): readonly CorrectionEvent[] | RuleBroken {
  try {
    return correctCase(command, entries);
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
}

function personsNamed(command: CorrectionCommand, entries: readonly CaseEntry[]): string[] {
  if (command.type !== 'CorrectEntry') return [];
  const { targetEventId, newValues } = command.data;
  const entry = correctedEntry(entries, effectiveEntries(entries), targetEventId);
  return entry ? personRefsIn(shapeOfEntry(entry.event.type as CorrectableType), newValues) : [];
}
