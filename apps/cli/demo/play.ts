/** Plays a story step by step and notes what differs from what was expected. */
import type { Flag, LawReference } from '#forlop/domain';
import { listIn, member, textIn, type Answer, type Client, type Json, type Request } from './client.js';
import { bodyOf, pathOf } from './step.js';
import type { AcceptedEvent, Actual, PlayedStep, PlayedStory, Step, Story } from './step.js';

/** All steps in order, whatever fails: what rests on a failed step fails too, and the reader sees where it began. */
export async function play(client: Client, story: Story, municipality: string): Promise<PlayedStory> {
  const steps: PlayedStep[] = [];
  let caseId: string | null = null;
  let written: string | undefined;
  for (const step of story.steps) {
    const path = pathOf(step, steps)
      .replace('{caseId}', caseId ?? NO_CASE)
      .replace('{kommunenr}', municipality);
    const body = bodyOf(step, steps);
    const answer = await send(client, { ...step, path, ...(body && { body }) }, written);
    const played = judged(step, path, answer, steps);
    steps.push(played);
    caseId ??= openedCase(answer.body);
    if (step.method === 'POST' && played.actual.position !== null) written = played.actual.position;
  }
  return { story, caseId, steps };
}

/** Stands where a case would, when it could not be opened. */
const NO_CASE = '00000000-0000-4000-8000-000000000000';

const LISTS = /\/(?:history|audit-trail|access-log)(?:\?|$)/;

type Sent = Pick<Request, 'method' | 'path' | 'as' | 'headers' | 'body'>;

/** A read waits for what the story wrote. */
async function send(client: Client, step: Sent, written: string | undefined): Promise<Answer> {
  if (step.method === 'POST') return client.send(step);
  const { path, as, headers = {} } = step;
  const read = { path, as, headers, ...(written === undefined ? {} : { minPosition: written }) };
  return LISTS.test(path) ? client.readAll(read) : client.send({ ...read, method: 'GET' });
}

/** The case that a referral opened or joined. */
const openedCase = (body: Json): string | null => textIn(listIn(body, 'cases')[0], 'caseId');

function judged(step: Step, path: string, answer: Answer, before: readonly PlayedStep[]): PlayedStep {
  const actual = actualOf(answer);
  const flags = listIn(answer.body, 'flags') as readonly Flag[];
  const asExpected = { step, path, actual, flags, answer: answer.body, text: answer.text, differences: [] };
  const checked = answer.status === 200 && step.check ? step.check(answer.body, before, answer.text) : [];
  return { ...asExpected, differences: [...differencesOf(asExpected), ...checked] };
}

function actualOf({ status, body, position }: Answer): Actual {
  const isRead = member(body, 'commandId') === undefined;
  return {
    status,
    kode: textIn(body, 'kode'),
    lovhjemmel: listIn(body, 'lovhjemmel') as readonly LawReference[],
    events: isRead ? [] : (listIn(body, 'events') as readonly AcceptedEvent[]),
    position: isRead ? (status === 200 ? position : null) : textIn(body, 'position'),
  };
}

function differencesOf({ step: { expected, method }, actual, flags }: PlayedStep): readonly string[] {
  const compared: readonly (readonly [string, unknown, unknown])[] = [
    ['status', expected.status, actual.status],
    ['kode', expected.kode ?? null, actual.kode],
    ['hendelser', expected.events ?? [], actual.events.map(({ type }) => type)],
    ['flagg', expected.flags ?? [], method === 'POST' ? flags.map(({ slug }) => slug) : []],
  ];
  return compared
    .filter(([, wanted, found]) => JSON.stringify(wanted) !== JSON.stringify(found))
    .map(([what, wanted, found]) => `${what} ${JSON.stringify(found)}, ventet ${JSON.stringify(wanted)}`);
}
