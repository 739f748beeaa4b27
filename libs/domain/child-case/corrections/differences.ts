/** What two answers about a case tell differently, by name. */
import { isRecord } from '../../kernel/check.js';
import { sameJson } from '../../kernel/same-json.js';
import type { CaseAsKnown, EntryAsKnown } from './as-known.js';
import type { Standing } from './standing.js';

export const DIFFERENCES = [
  'ENTRY_CAME',
  'ENTRY_WENT',
  'VALUE_CHANGED',
  'FLAGS_CHANGED',
  'STATE_CHANGED',
] as const;

export interface Difference {
  readonly kind: (typeof DIFFERENCES)[number];
  /** The entry; absent for a state. */
  readonly eventId?: string;
  readonly type?: string;
  /** JSON pointer (RFC 6901) into the data of the entry, or into the state with its things by id. */
  readonly pointer?: string;
  /** `null` where there was nothing. */
  readonly from?: unknown;
  readonly to?: unknown;
}

/** From one answer to another: entries in the order of the later, then states. */
export const differencesBetween = (earlier: CaseAsKnown, later: CaseAsKnown): readonly Difference[] => [
  ...entryDifferences(counting(earlier), counting(later)),
  ...leaves(byId(earlier.state), byId(later.state), '').map(
    (leaf) => ({ kind: 'STATE_CHANGED', ...leaf }) as const,
  ),
];

type Counting = ReadonlyMap<string, EntryAsKnown>;

/** What is retracted is still shown, but no longer there. */
const counting = ({ entries }: CaseAsKnown): Counting =>
  new Map(
    entries
      .filter(({ retractedBy }) => retractedBy === undefined)
      .map((entry) => [entry.recorded.eventId, entry]),
  );

function entryDifferences(earlier: Counting, later: Counting): readonly Difference[] {
  const named = ({ recorded }: EntryAsKnown) => ({ eventId: recorded.eventId, type: recorded.event.type });
  const went = [...earlier].flatMap(([id, entry]) =>
    later.has(id) ? [] : [{ kind: 'ENTRY_WENT', ...named(entry) } as const],
  );
  const rest = [...later].flatMap(([id, entry]): readonly Difference[] => {
    const before = earlier.get(id);
    if (before === undefined) return [{ kind: 'ENTRY_CAME', ...named(entry) }];
    return [
      ...leaves(before.event.data, entry.event.data, '').map(
        (leaf) => ({ kind: 'VALUE_CHANGED', ...named(entry), ...leaf }) as const,
      ),
      ...(sameJson(before.flagsNow, entry.flagsNow)
        ? []
        : [{ kind: 'FLAGS_CHANGED', ...named(entry), from: before.flagsNow, to: entry.flagsNow } as const]),
    ];
  });
  return [...went, ...rest];
}

interface Leaf {
  readonly pointer: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The deepest places where two JSON values differ. */
function leaves(from: unknown, to: unknown, pointer: string): readonly Leaf[] {
  if (sameJson(from, to)) return [];
  if (!isContainer(from) || !isContainer(to) || Array.isArray(from) !== Array.isArray(to)) {
    return [{ pointer, from: from ?? null, to: to ?? null }];
  }
  const [a, b] = [new Map(Object.entries(from)), new Map(Object.entries(to))];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) =>
    leaves(a.get(key), b.get(key), `${pointer}/${key}`),
  );
}

const isContainer = (value: unknown): value is object => isRecord(value) || Array.isArray(value);

/** The state with its things under their ids, so that one that comes moves no other. */
const byId = (state: Standing | null): object => {
  if (state === null) return {};
  const { caseStatus, measures, consents, plans } = state;
  return {
    caseStatus,
    measures: Object.fromEntries(measures.map(({ measureId, ...rest }) => [measureId, rest])),
    consents: Object.fromEntries(consents.map(({ consentId, ...rest }) => [consentId, rest])),
    plans: Object.fromEntries(plans.map(({ planId, ...rest }) => [planId, rest])),
  };
};
