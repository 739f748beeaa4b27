import { randomUUID } from 'node:crypto';
import {
  AccessLog,
  type AccessLogEntry,
  accessLogEntries,
  casesIn,
  type CommandDeps,
  envelopeIn,
  type Owner,
  ownerOf,
} from '#forlop/command-handling';
import { caseStream, MAX_ITEMS, osloDate } from '#forlop/domain';
import { assertServingRoles, bringUpToDate, type Config, EXIT, StartupError } from '#forlop/platform';
import { MIGRATIONS, withDatabases } from './databases.js';
import { operator, withCommandDeps } from './operator.js';
import { answer } from './output.js';

/** As given on the command line. */
export interface AccessLogOptions {
  readonly case?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly json?: boolean;
}

/** Prints the entries of the access log that were asked for. @throws StartupError 64 where nothing is */
export async function runAccessLog(config: Config, options: AccessLogOptions): Promise<void> {
  const { case: caseId, subject, actor, json } = options;
  if (caseId === undefined && subject === undefined && actor === undefined) {
    throw new StartupError(
      EXIT.usage,
      'error: say whose: --case <caseId>, --subject <personId> or --actor <id>',
    );
  }
  const search = {
    ...(caseId === undefined ? {} : { caseId }),
    ...(subject === undefined ? {} : { subject }),
    ...(actor === undefined ? {} : { actor }),
  };
  const items = await withDatabases(config, 'command', async ({ urls }) => {
    await bringUpToDate(urls, MIGRATIONS);
    await assertServingRoles(urls);
    return withCommandDeps(config, urls, 'forlop-accesslog', async (deps) => {
      const found = await accessLogEntries(deps.store, search);
      await recordRead(deps, found, caseId);
      return found;
    });
  });
  answer(json === true, { items }, () => items.map(lineOf));
}

/** Reading the log is a read: on the log of each municipality that the answer is about, before it is printed. */
async function recordRead(
  deps: CommandDeps,
  found: readonly AccessLogEntry[],
  caseId?: string,
): Promise<void> {
  const log = new AccessLog(deps);
  const now = new Date().toISOString();
  const occasion = { now, today: osloDate(now), correlationId: randomUUID() };
  for (const { owner, caseIds } of await concerned(deps, found, caseId)) {
    for (let from = 0; from === 0 || from < caseIds.length; from += MAX_ITEMS) {
      await log.record({
        caller: { actor: operator() },
        owner,
        caseIds: caseIds.slice(from, from + MAX_ITEMS),
        view: 'forlop accesslog',
        purpose: 'TJENSTLIG',
        decision: 'PERMIT',
        occasion,
      });
    }
  }
}

interface Concerned {
  readonly owner: Owner;
  readonly caseIds: readonly string[];
}

/** Of one case its owner, whatever the log says of it; else each municipality in the answer with its cases. */
async function concerned(
  { store }: CommandDeps,
  found: readonly AccessLogEntry[],
  caseId?: string,
): Promise<readonly Concerned[]> {
  if (caseId !== undefined) {
    const first = (await store.readFirst([caseStream(caseId)])).get(caseStream(caseId));
    return [
      first === undefined
        ? { owner: NOBODY, caseIds: [] }
        : { owner: ownerOf(envelopeIn(first)), caseIds: [caseId] },
    ];
  }
  const cases = new Map<string, Set<string>>();
  for (const entry of found) {
    const named = cases.get(entry.municipality) ?? new Set();
    cases.set(entry.municipality, named);
    for (const each of casesIn(entry)) named.add(each);
  }
  if (cases.size === 0) return [{ owner: NOBODY, caseIds: [] }];
  return [...cases].map(([municipality, named]) => ({ owner: { municipality }, caseIds: [...named] }));
}

const NOBODY: Owner = { municipality: '0000' };

function lineOf(entry: AccessLogEntry): string {
  const { recordedAt, municipality, actor } = entry;
  const what =
    'act' in entry
      ? `${entry.act} ${entry.target}${entry.reason === undefined ? '' : ` (${entry.reason})`}`
      : `${entry.decision} ${entry.what.view}  ${entry.purpose}  ${entry.caseIds.length} cases`;
  return `${recordedAt}  ${municipality}  ${actor.subjectId}  ${actor.role}  ${what}`;
}
