import { caseIdName, commandIdName, eventIdName, mintedIdName } from '#forlop/domain';
import { hash } from 'node:crypto';

/** The namespace, and room for any name that we make after it. */
const named16 = Buffer.alloc(16 + 1024);
Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex').copy(named16);

/**
 * UUIDv5 in the URL namespace of RFC 9562: the same name gives the same id everywhere and for ever. By Node's own hash, as every
 * event asks for some.
 */
function named(name: string): string {
  const end = 16 + named16.write(name, 16, 'utf8');
  // A name that does not fit would be cut off, and be another's.
  const bytes =
    end > 1000
      ? Buffer.concat([named16.subarray(0, 16), Buffer.from(name, 'utf8')])
      : named16.subarray(0, end);
  const digest = hash('sha1', bytes, 'hex');
  const variant = VARIANTS[Number.parseInt(digest.charAt(16), 16) & 3] as string;
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

const VARIANTS = ['8', '9', 'a', 'b'];

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
