/** The proposal of the document list: everything that a case holds, for the archivist to assess document by document. */
import { correctionEvents } from '../child-case/corrections/events.js';
import { caseEvents } from '../child-case/events.js';
import type { LocalDate } from '../kernel/dates.js';
import type { EventDefinition } from '../kernel/definition.js';
import { legalDateOf } from '../kernel/legal-date.js';
import type { Json, JsonObject } from '../kernel/personal.js';

/** An event of a case with its texts, as the caller wants it shown: as corrected, with the corrections or without. */
export interface KnownEntry {
  readonly caseId: string;
  readonly eventId: string;
  /** Of the store; string order is its order. */
  readonly position: string;
  readonly type: string;
  readonly data: JsonObject;
}

export interface ProposedDocument {
  /** What an assessment names: the document’s own id, or the id of the event for an entry. */
  readonly documentId: string;
  readonly caseId: string;
  readonly eventId: string;
  readonly position: string;
  readonly kind: 'DOCUMENT' | 'ENTRY';
  readonly type: string;
  /** Of the event, in bokmål. */
  readonly norwegian: string;
  /** Dokumentklasse. */
  readonly documentClass?: string;
  readonly legalDate: LocalDate;
  /** Organinternt (fvl §§18 a–18 d). */
  readonly internal: boolean;
  /** Not known to the child from before, so that a child under 15 may not see all of it (rule 57). */
  readonly confidential: boolean;
}

/** In the order of the store, whatever the order of the entries. Throws a `TypeError` for an event that no case holds. */
export function proposeDocuments(entries: readonly KnownEntry[]): readonly ProposedDocument[] {
  const children = new Map(
    entries.flatMap(({ caseId, data }) => {
      const child = textOf(data['childRef']);
      return child === undefined ? [] : [[caseId, child] as const];
    }),
  );
  return inOrder(entries).map((entry) => proposed(entry, children.get(entry.caseId)));
}

/** By position; events of one position do not exist, but a memory store of tests may give none. */
export const inOrder = <E extends Pick<KnownEntry, 'position' | 'eventId'>>(
  entries: readonly E[],
): readonly E[] =>
  [...entries].sort((a, b) => compare(a.position, b.position) || compare(a.eventId, b.eventId));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function proposed(entry: KnownEntry, child: string | undefined): ProposedDocument {
  const { caseId, eventId, position, type, data } = entry;
  const definition = definitionOf(type);
  const isDocument = type === 'DocumentJournaled';
  const documentClass = textOf(data['documentClass']);
  return {
    documentId: (isDocument ? textOf(data['documentId']) : undefined) ?? eventId,
    caseId,
    eventId,
    position,
    kind: isDocument ? 'DOCUMENT' : 'ENTRY',
    type,
    norwegian: definition.norwegian,
    ...(documentClass === undefined ? {} : { documentClass }),
    legalDate: legalDateOf(textOf(data[definition.legalDate]) ?? ''),
    internal: isDocument && isInternal(data),
    confidential: !isKnownToChild(type, data, child),
  };
}

/** Corrections are entries too: what was corrected, and why, is part of the file. */
const DEFINITIONS: Readonly<Record<string, EventDefinition>> = { ...caseEvents, ...correctionEvents };

function definitionOf(type: string): EventDefinition {
  const definition = DEFINITIONS[type];
  if (definition === undefined) throw new TypeError(`${type} is no event of a case`);
  return definition;
}

/** Marked internal, or registered as a note for the service’s own use (Noark journalposttype N and X). */
const isInternal = ({ internal, noark }: JsonObject): boolean =>
  internal === true || ['N', 'X'].includes(textOf(isObject(noark) ? noark['type'] : undefined) ?? '');

/** What the child itself said, and what the document was made known to the child. */
function isKnownToChild(type: string, { exposedTo }: JsonObject, child: string | undefined): boolean {
  if (type === 'ChildParticipationRecorded') return true;
  return child !== undefined && Array.isArray(exposedTo) && (exposedTo as readonly Json[]).includes(child);
}

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
