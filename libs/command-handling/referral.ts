import { caseCommands, caseStream, childCase, referralBody } from '#forlop/domain';
import type { CaseCommand, CaseState, Infer, Protection } from '#forlop/domain';
import { continuing } from './case-command.js';
import { loadCaseStream } from './case-stream.js';
import type { DomainEvent } from './codec.js';
import { caseIdOf, mintedIdOf } from './ids.js';
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
import type { Loaded, CommandDeps } from './stream.js';

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

/** A child's case as it was read, and the events that the referral gives it. */
interface Judged {
  readonly child: ReferredChild;
  readonly protection: Protection;
  readonly loaded: Loaded<CaseState>;
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
  const registered = inAdvance(
    assertRegistered(deps.store, request.caller, personRefsIn(referralBody, { ...body })),
  );
  const stored = byStream(await storedBy(deps.store, command));
  const concern = { ...body, concernId: body.concernId ?? mintedIdOf(command.key, '/concernId') };
  const streamOf = ({ personId }: ReferredChild) =>
    caseStream(caseIdOf(request.caller.municipality, personId));
  const missing = concern.children.filter((child) => !stored.has(streamOf(child)));
  if (missing.length > 0) {
    assertMayCommand(caseCommands.ReceiveReferral, request);
    const judging = inAdvance(judgeAll(deps, concern, missing, command, request));
    await registered;
    const judged = await judging;
    const placed = await Promise.all(judged.map((one) => appendOne(deps, concern, one, command, request)));
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

async function judgeAll(
  deps: CommandDeps,
  concern: Concern,
  children: readonly ReferredChild[],
  command: Command,
  request: CommandRequest,
): Promise<Judged[]> {
  const judged = await Promise.all(
    children.map(async (child) => judge(deps, concern, child, command, request)),
  );
  if (judged.length === 1) assertRevision((judged[0] as Judged).loaded, request.ifMatch);
  return judged;
}

/** Reads the child and its case as they are now, and decides. */
async function judge(
  deps: CommandDeps,
  { children: _, ...concern }: Concern,
  child: ReferredChild,
  command: Command,
  request: CommandRequest,
): Promise<Judged> {
  const { municipality } = request.caller;
  const [{ person }, loaded] = await Promise.all([
    loadPerson(deps, request.caller, child.personId),
    loadCaseStream(deps, caseStream(caseIdOf(municipality, child.personId))),
  ]);
  const data = {
    ...concern,
    referralId: child.referralId ?? mintedIdOf(command.key, `/children/${child.personId}/referralId`),
    childRef: child.personId,
    childBirth: birthOf(person),
    stayMunicipality: child.stayMunicipality ?? municipality,
    guardians: child.guardians ?? [],
  };
  const received = { type: 'ReceiveReferral', data, context: contextOf(request) } as CaseCommand;
  return {
    child,
    protection: person.addressProtection,
    loaded,
    events: childCase.decide(received, loaded.state),
  };
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
  judged: Judged,
  command: Command,
  request: CommandRequest,
): Promise<Placed[]> {
  let current: Judged | undefined = judged;
  const ifMatch = concern.children.length === 1 ? request.ifMatch : undefined;
  return untilNotOvertaken(ifMatch, async () => {
    const { child, loaded, events, protection } =
      current ?? (await judge(deps, concern, judged.child, command, request));
    current = undefined;
    const owner = loaded.revision < 0 ? ownerIn(request.caller) : continuing(loaded).owner;
    return appendAt(deps, loaded, events, { ...command, owner, subject: child.personId, protection });
  });
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
