/** A party asks to see the case (fvl §18): asked for, assessed document by document, decided. */
import {
  accessRequest,
  type AccessRequestCommand,
  accessRequestStream,
  fold,
  type JsonObject,
  knownOfRequester,
  proposeDocuments,
  type ProposedDocument,
} from '#forlop/domain';
import { timeOf } from '../calendar.js';
import type { GivenCommand } from '../given.js';
import type { Act, CaseLife } from './case-life.js';
import { entriesOf } from './mending.js';

/** Forhold som av særlige grunner ikke bør meddeles videre. */
const GROUND = { law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' } as const;
const WITHHELD = 0.12;

/** A parent who is party asks today; it is answered within days. */
export const askForAccess: Act = (life) => {
  const { random, today, state } = life;
  const asker = life.household.guardians.find(({ dailyCare }) => dailyCare);
  if (asker === undefined || state.situation !== 'open') return;
  const caseId = life.streamId.replace('childcase-', '');
  const requestId = random.uuid();
  const request = new Request(life, requestId);
  const known = knownOfRequester(caseId, state, asker.personId, today);
  if (!known.isParty) return;
  request.give('RequestInnsyn', {
    requestId,
    caseIds: [caseId],
    requester: {
      personRef: asker.personId,
      name: { first: asker.first, last: asker.last },
      relation: asker.relation === 'BESTEFORELDER' ? 'VERGE' : 'FORELDER',
    },
    basis: 'PART_FVL18',
    receivedAt: timeOf(today, random.between(8, 15), random.between(0, 59)),
    identityProof: random.chance(0.5) ? 'Legitimert med pass ved oppmøte' : 'Innlogget med ID-porten',
    known: [known],
  });
  life.extraStreams.push(request);
  life.in(random.chance(0.85) ? random.between(1, 2) : random.between(4, 20), (now) =>
    answer(now, request, caseId),
  );
};

function answer(life: CaseLife, request: Request, caseId: string): void {
  const { requestId } = request;
  const documents = documentsOf(life, caseId).filter(({ kind }) => kind === 'DOCUMENT');
  if (documents.length === 0) return;
  const results = documents.map(({ documentId, confidential }) => {
    const isWithheld = life.random.chance(WITHHELD);
    request.give('AssessInnsynDocument', {
      requestId,
      documentId,
      assessedOn: life.today,
      result: isWithheld ? 'NEKTET' : 'FULL',
      ...(isWithheld ? { exemption: GROUND, reason: 'Opplysningen gjelder en annen.' } : {}),
      document: { caseId, confidential, corrections: [] },
    });
    return isWithheld;
  });
  const outcome = results.every((isWithheld) => isWithheld)
    ? 'NEKTET'
    : results.includes(true)
      ? 'DELVIS'
      : 'FULL';
  request.give('DecideInnsyn', {
    requestId,
    decidedOn: life.today,
    outcome,
    ...(outcome === 'FULL' ? {} : { refusalBasis: [GROUND] }),
    proposed: documents.map(({ documentId }) => documentId),
    outdated: [],
  });
}

const documentsOf = (life: CaseLife, caseId: string): readonly ProposedDocument[] =>
  proposeDocuments(
    entriesOf(life).map(({ eventId, event }, index) => ({
      caseId,
      eventId,
      position: String(index).padStart(8, '0'),
      type: event.type,
      data: event.data as unknown as JsonObject,
    })),
  );

type DataOf<T extends AccessRequestCommand['type']> = Extract<AccessRequestCommand, { type: T }>['data'];

/** The stream of one request. */
export class Request {
  readonly streamId: string;
  readonly commands: GivenCommand[] = [];

  constructor(
    private readonly life: CaseLife,
    readonly requestId: string,
  ) {
    this.streamId = accessRequestStream(requestId);
  }

  give<T extends AccessRequestCommand['type']>(type: T, data: DataOf<T>): void {
    const { life } = this;
    const by = life.colleague('ARKIVAR');
    const state = fold(
      accessRequest,
      this.commands.flatMap(({ events }) => events as Parameters<typeof accessRequest.evolve>[1][]),
    );
    const command = { type, data, context: life.context(by) } as unknown as AccessRequestCommand;
    const events = life.decided(type, () => accessRequest.decide(command, state));
    if (events.length > 0) {
      this.commands.push({ type, on: life.today, key: life.random.uuid(), by, data, events });
    }
  }
}
