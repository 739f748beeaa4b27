/**
 * How an event of an earlier version is read as it would be written today. What is stored is never changed: each step is a
 * pure function from the data of one version to that of the next, and the chain of a type ends at its present version.
 *
 * A step is given the data as it is stored, where a sealed value is `null`, or opened, where it is a text or `[slettet]`. So
 * it may move, drop and rename such values and must not look into them.
 */
import type { EventDefinition } from './definition.js';
import type { JsonObject } from './personal.js';

/** One step of a chain. Stored events rest on it for ever, so its file is never edited. */
export interface Upcaster {
  readonly type: string;
  /** The version that it reads. */
  readonly from: number;
  /** The version that it gives: the next one. */
  readonly to: number;
  readonly upcast: (data: JsonObject) => JsonObject;
}

/** Present versions by type, as `allEvents` has them. */
export type Versions = Readonly<Record<string, Pick<EventDefinition, 'schemaVersion'>>>;

export interface Upcasting {
  /** What is wrong with the chains, one sentence each; empty when every version can be read. */
  readonly problems: readonly string[];
  /**
   * The data in the present version of its type; that of a type which is not known is given back as it is.
   * @throws UnknownEventVersion for a version that no chain leads from: a newer one, above all
   */
  readonly current: (type: string, version: number, data: JsonObject) => JsonObject;
}

/** An event was written by a newer program, or its chain is broken. It is refused, because it could only be misread. */
export class UnknownEventVersion extends Error {
  override readonly name = 'UnknownEventVersion';
  constructor(
    readonly type: string,
    readonly version: number,
    readonly known: number,
  ) {
    super(`${type} is stored in version ${version}, and this program reads up to version ${known}`);
  }
}

/** Chains of one set of events. Never throws: whoever starts a process asks for `problems`. */
export function upcastingOf(versions: Versions, upcasters: readonly Upcaster[]): Upcasting {
  const steps = new Map(upcasters.filter(isOneUp).map((step) => [keyOf(step.type, step.from), step]));
  return {
    problems: [...strayIn(versions, upcasters), ...gapsIn(versions, steps)],
    current: (type, version, data) => {
      const last = Object.hasOwn(versions, type) ? versions[type]?.schemaVersion : undefined;
      if (last === undefined || version === last) return data;
      if (!Number.isInteger(version) || version < 1 || version > last) {
        throw new UnknownEventVersion(type, version, last);
      }
      let read = data;
      for (let from = version; from < last; from += 1) {
        const step = steps.get(keyOf(type, from));
        if (step === undefined) throw new UnknownEventVersion(type, version, last);
        read = step.upcast(read);
      }
      return read;
    },
  };
}

const keyOf = (type: string, from: number): string => `${type}|${from}`;

const isOneUp = ({ from, to }: Upcaster): boolean => to === from + 1;

/** Steps that belong to no chain. */
function strayIn(versions: Versions, upcasters: readonly Upcaster[]): string[] {
  const seen = new Set<string>();
  return upcasters.flatMap((step) => {
    const key = keyOf(step.type, step.from);
    const wrong = seen.has(key) ? 'there are two steps from that version' : wrongWith(step, versions);
    seen.add(key);
    return wrong === undefined ? [] : [`${step.type} v${step.from} → v${step.to}: ${wrong}`];
  });
}

function wrongWith({ type, from, to }: Upcaster, versions: Versions): string | undefined {
  const last = Object.hasOwn(versions, type) ? versions[type]?.schemaVersion : undefined;
  if (last === undefined) return `no event ${type} is defined`;
  if (!Number.isInteger(from) || from < 1) return 'versions are whole numbers from 1';
  if (to <= from) return 'it leads back, so the chain is a cycle';
  if (to > from + 1) return 'it leaves versions out';
  return to > last ? `the present version is ${last}, so the chain would not end there` : undefined;
}

function gapsIn(versions: Versions, steps: ReadonlyMap<string, Upcaster>): string[] {
  return Object.entries(versions).flatMap(([type, { schemaVersion }]) =>
    Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1)
      .filter((from) => !steps.has(keyOf(type, from)))
      .map((from) => `${type} v${from} → v${from + 1}: the step is missing`),
  );
}
