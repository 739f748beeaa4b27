/**
 * Ids and the names that ids are derived from. The domain makes no id: what is stable is a UUIDv5, computed outside in the
 * URL namespace from one of the names below, so that a retry and a second clerk arrive at the same id.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PersonId = Branded<'PersonId'>;
export type CaseId = Branded<'CaseId'>;
export type CommandId = Branded<'CommandId'>;
export type EventId = Branded<'EventId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in its one stored spelling: lower case, with hyphens. Two spellings of one id would be two ids. */
export const isUuid = (value: string): boolean => UUID.test(value);

/** Name of the one case that a child has in a municipality: two clerks cannot open two. */
export const caseIdName = (municipality: string, personId: string): string =>
  `urn:forlop:case:${municipality}:${personId}`;

/** Name of a command: the client's Idempotency-Key is known only within its municipality. */
export const commandIdName = (municipality: string, idempotencyKey: string): string =>
  `urn:forlop:command:${municipality}:${idempotencyKey}`;

/** Name of an event: the index is its place among the events of the command in that stream. */
export const eventIdName = (
  municipality: string,
  commandId: string,
  streamId: string,
  index: number,
): string => `urn:forlop:event:${municipality}:${commandId}:${streamId}:${index}`;

/** Name of an id that the client left out: `pointer` is the JSON pointer of the field in the command's body. */
export const mintedIdName = (municipality: string, commandId: string, pointer: string): string =>
  `urn:forlop:id:${municipality}:${commandId}:${pointer}`;

export const caseStream = (caseId: string): string => `childcase-${caseId}`;
export const accessRequestStream = (requestId: string): string => `accessrequest-${requestId}`;
export const supervisionStream = (supervisionId: string): string => `supervision-${supervisionId}`;
export const personStream = (personId: string): string => `person-${personId}`;

/** One access log per municipality and Oslo day; `0000` holds what no municipality owns (supervisors, unknown ids). */
export const accessLogStream = (municipality: string | undefined, onDate: string): string =>
  `accesslog-${municipality ?? '0000'}-${onDate}`;

/** Beside the case or the request whose id it is: what becomes of its deadlines. */
export const deadlineStream = (id: string): string => `deadline-${id}`;

/** Name of a deadline: `slot` is which of the deadlines of its subject, whatever day it is due on. */
export const deadlineIdName = (streamId: string, slot: string, subject: string): string =>
  `urn:forlop:${streamId}:${slot}:${subject}`;

/** Name of a fact about a deadline: `place` is its place among the facts about it, from 0. */
export const deadlineEventIdName = (
  municipality: string,
  deadlineId: string,
  kind: string,
  place: number,
): string => `urn:forlop:deadline-event:${municipality}:${deadlineId}:${kind}:${place}`;
