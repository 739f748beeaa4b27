/** Events as command handling stores them, sealed and in their envelope, for the tests of the read models. */
import { randomBytes } from 'node:crypto';
import type { Actor, EventDefinition, Flag, JsonObject } from '#forlop/domain';
import { allEvents, legalBasisOf, osloDate, rulesetAt, shapeFor, startOfDayOslo } from '#forlop/domain';
import { MemoryEventStore } from '#forlop/event-store';
import { MasterKey, MemoryKeyStore, Sealer } from '#forlop/privacy';
import type { ProjectedEvent } from '#forlop/projections';
import { openerOf } from './opener.js';

export const uuid = (n: number): string => `5a3f0c1e-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const caseworker: Actor = {
  subjectId: 'ansatt-17',
  role: 'SAKSBEHANDLER',
  orgNumber: '0192:999999999',
};

export interface Owner {
  readonly municipality: string;
  readonly district?: string;
}

export interface Happening {
  readonly streamId: string;
  /** Whose key seals it. */
  readonly subject?: string;
  readonly type: string;
  readonly data: object;
  readonly flags?: readonly Flag[];
  readonly actor?: Actor;
  /** When it is recorded; when it happened, at noon, if not given. */
  readonly recordedAt?: string;
}

const definitionOf = (type: string): EventDefinition => {
  const definition = allEvents[type];
  if (definition === undefined) throw new Error(`no event ${type}`);
  return definition;
};

function occurredAt(type: string, data: object): string {
  const date = (data as Record<string, unknown>)[definitionOf(type).legalDate] as string;
  return date.length === 10 ? startOfDayOslo(date) : date;
}

export function envelopeFor({ municipality, district }: Owner, happening: Happening, eventId: string) {
  const { streamId, type, data, flags = [], actor = caseworker } = happening;
  const definition = definitionOf(type);
  const at = occurredAt(type, data);
  return {
    eventId,
    streamId,
    type,
    schemaVersion: definition.schemaVersion,
    occurredAt: at,
    actor,
    municipalityNumber: municipality,
    ...(district === undefined ? {} : { districtNumber: district }),
    legalBasis: legalBasisOf(definition, data, osloDate(at)),
    correlationId: uuid(1),
    causationId: uuid(2),
    commandId: uuid(3),
    rulesetVersion: rulesetAt(osloDate(at)),
    protection: 'UGRADERT',
    journalRelevant: definition.journalRelevant,
    flags,
  } as const;
}

/** An event as a projection is given it, for tests without a store; what would be sealed is left as it is. */
export function projected(
  owner: Owner,
  happening: Happening,
  over: Partial<ProjectedEvent> = {},
): ProjectedEvent {
  const eventId = over.eventId ?? uuid(900);
  return {
    position: 'mem:00000000000000000007',
    revision: 6,
    streamId: happening.streamId,
    eventId,
    type: happening.type,
    schemaVersion: 1,
    recordedAt: happening.recordedAt ?? noonAfter(happening),
    envelope: envelopeFor(owner, happening, eventId) as unknown as JsonObject,
    data: happening.data as JsonObject,
    payload: JSON.stringify({ data: happening.data, sealed: [] }),
    ...over,
  };
}

const noonAfter = ({ type, data }: Happening): string => `${osloDate(occurredAt(type, data))}T11:00:00.000Z`;

/** A store whose clock stands where the last event was recorded, and the keys that its texts are sealed with. */
export class World {
  readonly keys = new MemoryKeyStore();
  readonly sealer = new Sealer(this.keys, new MasterKey(randomBytes(32)));
  readonly opener = openerOf(this.sealer);
  private now = '2020-01-01T00:00:00.000Z';
  readonly store = new MemoryEventStore(() => new Date(this.now));
  private count = 0;

  /** Stores what happened, one event after another; gives the position of the last. */
  async happens(owner: Owner, ...happenings: readonly Happening[]): Promise<string> {
    let position = '';
    for (const happening of happenings) position = await this.append(owner, happening);
    return position;
  }

  private async append(owner: Owner, happening: Happening): Promise<string> {
    const { streamId, subject, type, data } = happening;
    const eventId = uuid(100_000 + (this.count += 1));
    const { schemaVersion } = definitionOf(type);
    const [payload = ''] = await this.sealer.sealEvents([
      {
        eventId,
        type,
        schemaVersion,
        shape: shapeFor(definitionOf(type), data),
        data,
        ...(subject === undefined ? {} : { subject }),
      },
    ]);
    const metadata = JSON.stringify(envelopeFor(owner, happening, eventId));
    this.now = happening.recordedAt ?? noonAfter(happening);
    const appended = await this.store.append(
      streamId,
      [{ eventId, type, schemaVersion, payload, metadata }],
      'any',
    );
    return appended.position;
  }
}
