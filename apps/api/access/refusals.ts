import type { AccessLog } from '#forlop/command-handling';
import { NotFound } from '#forlop/command-handling';
import type { Concerned } from './accesses.js';
import type { TakenCommand } from '../http/intake.js';
import { isDenial } from './denial.js';
import type { Owners } from './owners.js';

/** Keeps refused commands in the access log, in that of the owner of what they were aimed at. */
export class Refusals {
  constructor(
    private readonly accessLog: AccessLog,
    private readonly owners: Owners,
  ) {}

  /** Runs the command; a 403 or 404 is recorded as DENY before it is answered. */
  async recorded<T>(command: TakenCommand, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isDenial(error)) await this.record(command, error);
      throw error;
    }
  }

  private async record({ caller, view, path, state }: TakenCommand, error: unknown): Promise<void> {
    const about =
      error instanceof NotFound
        ? error.owner && { owner: error.owner, caseIds: error.caseIds }
        : await this.aimedAt(path);
    await this.accessLog.record({
      caller,
      ...(about ? { owner: about.owner } : {}),
      caseIds: about?.caseIds ?? [],
      view,
      purpose: 'TJENSTLIG',
      decision: 'DENY',
      occasion: state,
    });
  }

  private async aimedAt({ caseId, requestId }: TakenCommand['path']): Promise<Concerned | undefined> {
    if (requestId !== undefined) return this.owners.ofRequest(requestId);
    const owner = caseId === undefined ? undefined : await this.owners.ofCase(caseId);
    return owner && caseId !== undefined ? { owner, caseIds: [caseId] } : undefined;
  }
}
