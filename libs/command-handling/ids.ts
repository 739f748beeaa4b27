import { caseIdName, commandIdName, eventIdName, mintedIdName } from '#forlop/domain';
import { v5 as uuidV5 } from 'uuid';

/** UUIDv5 in the URL namespace of RFC 9562: the same name gives the same id everywhere and for ever. */
const named = (name: string): string => uuidV5(name, uuidV5.URL);

/** One case per child and municipality, so that two clerks cannot open two. */
export const caseIdOf = (municipality: string, personId: string): string =>
  named(caseIdName(municipality, personId));

/** Whose key the chapters of a report are sealed with: a name of no person. */
export const stateReportSubjectOf = (streamId: string): string => named(`urn:forlop:${streamId}`);

/** A command by its key, which is known only within its municipality. */
export interface CommandKey {
  readonly municipality: string;
  readonly idempotencyKey: string;
}

/** The command's id across the whole store. */
export const commandIdOf = ({ municipality, idempotencyKey }: CommandKey): string =>
  named(commandIdName(municipality, idempotencyKey.toLowerCase()));

/** Stable id of the n-th event that a command gives a stream, so that a retry is the same event. */
export const eventIdOf = (key: CommandKey, streamId: string, index: number): string =>
  named(eventIdName(key.municipality, key.idempotencyKey, streamId, index));

/** Id of something that a command names without one; `pointer` says which, e.g. `/measures/0/measureId`. */
export const mintedIdOf = (key: CommandKey, pointer: string): string =>
  named(mintedIdName(key.municipality, key.idempotencyKey, pointer));
