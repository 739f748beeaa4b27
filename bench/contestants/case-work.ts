/** The case that `load-decide-append` works on: a referral and what a caseworker records on it, decided by the domain itself. */
import { randomUUID } from 'node:crypto';
import type { CaseCommand, CaseEntry, CaseFact, CaseState, Envelope } from '../../libs/domain/index.js';
import type { EventToAppend } from '../../libs/event-store/index.js';
import { loadDomain, loadPrivacy } from '../harness/service.js';

/** A stored event as both sides read it: `data` without its texts, which no decision needs. */
export interface ReadFact {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: Envelope;
}

export interface CaseWork {
  /** The fact that opens a case. */
  readonly referral: CaseFact;
  /** What the case's commands are judged by: its facts folded, as the service folds them. */
  readonly stateIn: (facts: readonly ReadFact[]) => CaseState;
  /** Judges «record the child's participation» by the state. */
  readonly decide: (state: CaseState) => CaseFact;
  /** Seals a decided fact for the stream, with a key that is at hand. */
  readonly seal: (streamId: string, fact: CaseFact) => Promise<EventToAppend>;
  /** A referral and so many participations, sealed. */
  readonly history: (streamId: string, length: number) => Promise<EventToAppend[]>;
}

const NOW = '2026-11-24T10:00:00.000Z';
const BY = { subjectId: 'ansatt-1', role: 'LEDER', orgNumber: '0192:999999999' } as const;
const MUNICIPALITY = '3403';
const MASTER_KEY_BYTES = 32;

export async function caseWork(): Promise<CaseWork> {
  const [domain, { MasterKey, MemoryKeyStore, Sealer }] = await Promise.all([loadDomain(), loadPrivacy()]);
  const sealer = new Sealer(new MemoryKeyStore(), new MasterKey(Buffer.alloc(MASTER_KEY_BYTES, 1)));
  const subject = randomUUID();
  const context = { now: NOW, today: domain.osloDate(NOW), by: BY, municipality: MUNICIPALITY };
  const command = (type: string, data: object): CaseCommand =>
    ({ type, data, context }) as unknown as CaseCommand;
  const participation = command(
    'RecordChildParticipation',
    domain.commandsOfCase.RecordChildParticipation.example as object,
  );
  const referral = command('ReceiveReferral', referralOf(domain.referralExample as object, subject));

  const decideOne = (asked: CaseCommand, state: CaseState): CaseFact => {
    const [fact] = domain.childCase.decide(asked, state);
    if (fact === undefined) throw new Error('nothing was decided');
    return fact;
  };
  const seal: CaseWork['seal'] = async (streamId, { type, data }) => {
    const definition = domain.allEvents[type];
    if (definition === undefined) throw new Error(`the domain knows no ${type}`);
    const { schemaVersion } = definition;
    const eventId = randomUUID();
    const shape = domain.shapeFor(definition, data);
    const [payload = ''] = await sealer.sealEvents([{ eventId, type, schemaVersion, subject, shape, data }]);
    const metadata = JSON.stringify(envelopeOf({ eventId, streamId, type, schemaVersion }));
    return { eventId, type, schemaVersion, payload, metadata };
  };
  const decide: CaseWork['decide'] = (state) => decideOne(participation, state);
  const received = decideOne(referral, domain.childCase.initialState);
  return {
    referral: received,
    stateIn: (facts) => domain.caseStateIn(facts.map(entryOf)),
    decide,
    seal,
    history: async (streamId, length) => {
      const metadata = envelopeOf({ eventId: randomUUID(), streamId, type: received.type, schemaVersion: 1 });
      const next = decide(domain.caseStateIn([entryOf({ ...received, metadata })]));
      return Promise.all(Array.from({ length }, (_, index) => seal(streamId, index === 0 ? received : next)));
    },
  };
}

function referralOf({ children: _, ...concern }: { children?: unknown }, childRef: string): object {
  return {
    ...concern,
    concernId: randomUUID(),
    referralId: randomUUID(),
    childRef,
    childBirth: { date: '2014-09-13' },
    stayMunicipality: MUNICIPALITY,
    guardians: [],
  };
}

const entryOf = ({ type, data, metadata }: ReadFact): CaseEntry => ({
  eventId: metadata.eventId,
  event: { type, data } as CaseFact,
  recordedAt: NOW,
  by: metadata.actor,
  municipality: metadata.municipalityNumber,
});

function envelopeOf({
  eventId,
  streamId,
  type,
  schemaVersion,
}: Pick<Envelope, 'eventId' | 'streamId' | 'type' | 'schemaVersion'>): Envelope {
  return {
    eventId,
    streamId,
    type,
    schemaVersion,
    occurredAt: '2026-01-05T09:30:00+01:00',
    actor: BY,
    municipalityNumber: MUNICIPALITY,
    legalBasis: [{ law: 'BVL2021', section: '2-1', paragraph: 1, letter: null }],
    correlationId: CORRELATION,
    causationId: CORRELATION,
    commandId: CORRELATION,
    bodyHmac: '2e75d1472483c4a3f912d9776775618c4259a18b12953dcacef44c31bee5458a',
    rulesetVersion: 'BVL2021-2026',
    protection: 'UGRADERT',
    journalRelevant: true,
    flags: [],
  };
}

const CORRELATION = '5cbbc846-cc30-4637-ac57-63848452b4cb';
