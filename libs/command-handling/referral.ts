import { caseCommands, caseStream, childCase, referralBody } from '#forlop/domain';
import type { CaseCommand, FoldedCase, Infer, Protection } from '#forlop/domain';
import type { KeyInHand } from '#forlop/privacy';
import type { DomainEvent } from './codec.js';
import { caseIdOf, mintedIdOf } from './ids.js';
import { caseFolding } from './kept/case-folding.js';
import { judged } from './kept/judged.js';
import { assumedNew, standingOf } from './kept/standing.js';
import type { Standing } from './kept/standing.js';
import { personRefsIn } from './named-ids.js';
import { commandOf } from './occasion.js';
import type { Command } from './occasion.js';
import { assertMayCommand, contextOf } from './permission.js';
import { inAdvance } from './read-ahead.js';
import { assertRegistered, loadPerson } from './register.js';
import type { RegisteredPerson } from './register.js';
import { answerOf, storedBy } from './repeat.js';
import type { Placed } from './repeat.js';
import type { Accepted, Caller, CommandRequest, Owner } from './request.js';
import { appendAt, assertRevision, untilNotOvertaken } from './stream.js';
import type { CommandDeps } from './stream.js';

export type ReferralBody = Infer<typeof referralBody>;
type ReferredChild = ReferralBody['children'][number];

/** The case of one child that a concern opened or joined. */
export interface ReferredCase {
  readonly personId: string;
  readonly caseId: string;
  readonly referralId: string;
  readonly revision: number;
}

export type ReferralAccepted = Accepted & {
  readonly concernId: string;
  readonly cases: readonly ReferredCase[];
};

/** A child's case as it is known, and the events that the referral gives it. */
interface JudgedCase {
  readonly child: ReferredChild;
  readonly protection: Protection;
  readonly key?: KeyInHand;
  readonly at: Standing<FoldedCase>;
  readonly events: readonly DomainEvent[];
}

/**
 * One concern (bekymringsmelding, søknad) about one or more children: one case each. All children are judged first,
 * then each case gets its own append with stable ids, so that a repeat of the key completes what a crash cut off.
 */
export async function receiveReferral(
  deps: CommandDeps,
  body: ReferralBody,
  request: CommandRequest,
): Promise<ReferralAccepted> {
  const command = commandOf(deps.sealer, request);
  // Asked for together with what the key stored before, which nearly always is nothing; judged after it.
  const registered = inAdvance(assertRegistered(deps, request.caller, othersIn(body)));
  const known = new Map(
    body.children.map((child) => [child, inAdvance(knownChild(deps, child, request.caller))]),
  );
  const stored = byStream(await storedBy(deps.store, command));
  const concern = { ...body, concernId: body.concernId ?? mintedIdOf(command.key, '/concernId') };
  const streamOf = ({ personId }: ReferredChild) =>
    caseStream(caseIdOf(request.caller.municipality, personId));
  const missing = concern.children.filter((child) => !stored.has(streamOf(child)));
  if (missing.length > 0) {
    assertMayCommand(caseCommands.ReceiveReferral, request);
    await registered;
    const children = await Promise.all(
      missing.map((child) => known.get(child) ?? knownChild(deps, child, request.caller)),
    );
    const judgedCases = await judgeAll(deps, concern, children, command, request);
    const placed = await Promise.all(
      judgedCases.map((one) => appendOne(deps, concern, one, command, request)),
    );
    for (const events of placed) stored.set((events[0] as Placed).streamId, events);
  }
  const cases = concern.children.map((child) =>
    referredCase(child, stored.get(streamOf(child)) ?? [], request),
  );
  return joined(concern.concernId, cases, request.idempotencyKey);
}

function byStream(events: readonly Placed[]): Map<string, readonly Placed[]> {
  const streams = new Map<string, readonly Placed[]>();
  for (const event of events) streams.set(event.streamId, [...(streams.get(event.streamId) ?? []), event]);
  return streams;
}

type Concern = ReferralBody & { readonly concernId: string };

interface KnownChild {
  readonly child: ReferredChild;
  readonly person: RegisteredPerson;
  /** The child's key, which seals the case too. */
  readonly key?: KeyInHand;
}

/** Everybody whom the concern names but the children themselves: those are read whole. */
const othersIn = (body: ReferralBody): string[] => {
  const children = new Set(body.children.map(({ personId }) => personId));
  return personRefsIn(referralBody, { ...body }).filter((personId) => !children.has(personId));
};

async function knownChild(deps: CommandDeps, child: ReferredChild, caller: Caller): Promise<KnownChild> {
  const { person, key } = await loadPerson(deps, caller, child.personId);
  return { child, person, ...(key && { key }) };
}

const judgeAll = (
  deps: CommandDeps,
  concern: Concern,
  children: readonly KnownChild[],
  command: Command,
  request: CommandRequest,
): Promise<JudgedCase[]> =>
  Promise.all(children.map((known) => judge(deps, concern, known, command, request, 'kept')));

/** Decides on a child's case as it is now: by what is kept of it, else as if it were new, which the append finds out. */
async function judge(
  deps: CommandDeps,
  { children, ...concern }: Concern,
  { child, person, key }: KnownChild,
  command: Command,
  request: CommandRequest,
  manner: 'kept' | 'fresh',
): Promise<JudgedCase> {
  const { municipality } = request.caller;
  const streamId = caseStream(caseIdOf(municipality, child.personId));
  const ifMatch = children.length === 1 ? request.ifMatch : undefined;
  const data = {
    ...concern,
    referralId: child.referralId ?? mintedIdOf(command.key, `/children/${child.personId}/referralId`),
    childRef: child.personId,
    childBirth: birthOf(person),
    stayMunicipality: child.stayMunicipality ?? municipality,
    guardians: child.guardians ?? [],
  };
  const received = { type: 'ReceiveReferral', data, context: contextOf(request) } as CaseCommand;
  const fresh = () => standingOf(deps, caseFolding, streamId, 'fresh');
  // A client that names a revision knows of a case that is there.
  const isTakenAsNew =
    manner === 'kept' && ifMatch === undefined && deps.memory?.state(streamId) === undefined;
  const { at, events } = await judged(
    isTakenAsNew ? assumedNew(caseFolding, streamId) : await standingOf(deps, caseFolding, streamId, manner),
    async (stream: Standing<FoldedCase>) => {
      assertRevision(stream, ifMatch);
      return childCase.decide(received, stream.state.state);
    },
    fresh,
  );
  return { child, protection: person.addressProtection, ...(key && { key }), at, events };
}

/** What a case copies of its child, so that `decide` can judge ages. */
const birthOf = ({ birthDate, dueDate }: RegisteredPerson) => ({
  ...(birthDate ? { date: birthDate } : {}),
  ...(dueDate ? { dueDate } : {}),
});

/** Appends what was judged; when another was faster, reads and judges that one case again. */
async function appendOne(
  deps: CommandDeps,
  concern: Concern,
  first: JudgedCase,
  command: Command,
  request: CommandRequest,
): Promise<Placed[]> {
  let current: JudgedCase | undefined = first;
  const ifMatch = concern.children.length === 1 ? request.ifMatch : undefined;
  return untilNotOvertaken(ifMatch, async () => {
    const { child, at, events, protection, key } = current ?? (await judgedAgain());
    current = undefined;
    const owner = at.belonging?.owner ?? ownerIn(request.caller);
    const subject = { subject: child.personId, ...(key && { keyInHand: key }) };
    return appendAt(deps, at, events, { ...command, owner, ...subject, protection });
  });

  async function judgedAgain(): Promise<JudgedCase> {
    const known = await knownChild(deps, first.child, request.caller);
    return judge(deps, concern, known, command, request, 'fresh');
  }
}

const ownerIn = ({ municipality, district }: Caller): Owner => ({
  municipality,
  ...(district ? { district } : {}),
});

interface AnsweredCase {
  readonly referred: ReferredCase;
  readonly accepted: Accepted;
}

function referredCase(
  child: ReferredChild,
  events: readonly Placed[],
  request: CommandRequest,
): AnsweredCase {
  const caseId = caseIdOf(request.caller.municipality, child.personId);
  const accepted = answerOf(events, request.idempotencyKey, { caseId }, caseCommands.ReceiveReferral.shape);
  const referralId = accepted.ids['referralId'] as string;
  return {
    referred: { personId: child.personId, caseId, referralId, revision: accepted.revision },
    accepted,
  };
}

/** One answer over all cases: the highest position, every event and flag in the order of the children. */
function joined(concernId: string, cases: readonly AnsweredCase[], commandId: string): ReferralAccepted {
  const accepted = cases.map((one) => one.accepted);
  return {
    commandId,
    ids: {},
    concernId,
    cases: cases.map(({ referred }) => referred),
    revision: (accepted[0] as Accepted).revision,
    position:
      accepted
        .map(({ position }) => position)
        .sort()
        .at(-1) ?? null,
    events: accepted.flatMap(({ events }) => events),
    flags: accepted.flatMap(({ flags }) => flags),
  };
}
