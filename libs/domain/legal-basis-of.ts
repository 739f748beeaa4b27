/** What a recorded fact rests on: the envelope says it, and the audit trail shows it. */
import type { LocalDate } from './kernel/dates.js';
import type { EventDefinition } from './kernel/definition.js';
import { provision, type LawReference } from './kernel/law-reference.js';
import { actAt } from './law/rulesets.js';

/**
 * The provisions of an event's definition that were law on its legal date; where the event names its own § of barnevernsloven
 * (a decision under §4-1, or under the act of 1992), that one instead of the first.
 */
export function legalBasisOf(
  { law, lawField }: Pick<EventDefinition, 'law' | 'lawField'>,
  data: object,
  legalDate: LocalDate,
): readonly LawReference[] {
  const act = actAt(legalDate);
  const section: unknown =
    lawField === undefined ? undefined : (data as Readonly<Record<string, unknown>>)[lawField];
  const [first, ...others] = law;
  const isNamed = typeof section === 'string' && section !== first?.section;
  const references = isNamed ? [provision(act, section), ...others] : law;
  return references.filter(({ law: code }) => code !== 'BVL2021' || act === 'BVL2021');
}
