import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NotFound, Supervisions } from '#forlop/command-handling';
import type { AsOf, OwnedCase, Owner, Pin, SupervisionFile } from '#forlop/command-handling';
import { AUTHORITIES } from '#forlop/domain';
import type { DossierQuestion } from '#forlop/domain';
import { casesIn } from '#forlop/read-models';
import { Accesses } from '../access/accesses.js';
import { isDenial } from '../access/denial.js';
import { Owners } from '../access/owners.js';
import { ReadSide } from '../access/read-side.js';
import { ofMunicipalities, Reads } from '../access/reads.js';
import { forbiddenTo } from '../access/rights.js';
import type { TakenRead } from '../http/reading.js';

export class GetSupervision {
  constructor(readonly read: TakenRead) {}
}

/** A case of the dossier, as of its last event by then: the same position and day give the same answers. */
export interface SupervisedCase extends OwnedCase, Owner {
  readonly asOf: AsOf;
}

/** With the place of that event in this store, which is told only where the event was first stored here. */
type PinnedCase = SupervisedCase & Pin;

/** A supervision and its dossier: five questions of each case of the page. */
export interface SupervisionAnswer {
  readonly supervisionId: string;
  readonly authority: string;
  readonly authorityOrg: string;
  readonly basis: SupervisionFile['state']['basis'];
  readonly scope: SupervisionFile['state']['scope'];
  readonly state: 'OPEN' | 'CLOSED';
  readonly openedOn: string;
  readonly closedOn?: string;
  readonly replays: SupervisionFile['replays'];
  /** The day that the answers are judged on. */
  readonly judgedOn: string;
  /** None where the supervision is closed: the right to replay ended with it. */
  readonly cases: readonly SupervisedCase[];
  readonly questions: readonly (DossierQuestion & { readonly caseId: string })[];
  /** To ask for the next cases with, where the scope is whole municipalities. */
  readonly next?: string;
}

@QueryHandler(GetSupervision)
export class GetSupervisionHandler implements IQueryHandler<GetSupervision> {
  constructor(
    private readonly supervisions: Supervisions,
    private readonly accesses: Accesses,
    private readonly owners: Owners,
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  async execute({ read }: GetSupervision): Promise<SupervisionAnswer> {
    const file = await this.own(read).catch(async (error: unknown) => {
      if (isDenial(error)) await this.accesses.record(read, undefined, 'DENY', []);
      throw error;
    });
    await this.reads.catchUp(read);
    await this.reads.touch(read, ofMunicipalities(file.state.scope.municipalities));
    const { cases, next } = await this.casesOf(read, file);
    const answer = await this.answered(read, file, cases);
    await this.record(read, cases);
    return { ...answer, ...(next === undefined ? {} : { next }) };
  }

  /** The own supervision; an unknown one and another authority's are the same `NotFound`. */
  private async own(read: TakenRead): Promise<SupervisionFile> {
    const { actor } = read.caller;
    if (!AUTHORITIES.some((role) => role === actor.role)) throw forbiddenTo(actor.role, AUTHORITIES);
    const file = await this.supervisions.own(idIn(read), read.caller);
    if (file === undefined) throw new NotFound();
    return file;
  }

  /** Named cases as far as they are in the municipalities of the scope, or those of the municipalities, page by page. */
  private async casesOf(read: TakenRead, { state }: SupervisionFile) {
    if (state.situation === 'closed') return { cases: [] };
    const { municipalities, caseIds } = state.scope;
    if (caseIds !== undefined) {
      const owned = await this.owners.ofCases(caseIds);
      const inside = owned.filter(({ owner }) => municipalities.includes(owner.municipality));
      return {
        cases: await this.pinned(
          read,
          inside.map(({ caseId, owner }) => ({ caseId, ...owner })),
        ),
      };
    }
    const page = await casesIn(this.readSide.source, { municipalities }, read.page);
    return { cases: await this.pinned(read, page.items), ...(page.next && { next: page.next }) };
  }

  /** Each as of the position asked for, or as of now; a case that began later is left out. */
  private async pinned(
    { query }: TakenRead,
    cases: readonly (OwnedCase & Owner)[],
  ): Promise<readonly PinnedCase[]> {
    const until = query['asOf'];
    const found = await Promise.all(
      cases.map(async ({ caseId, municipality, district }) => {
        const pin = await this.supervisions.pinOf(caseId, until);
        return pin === undefined ? [] : [{ caseId, municipality, ...(district && { district }), ...pin }];
      }),
    );
    return found.flat();
  }

  private async answered(
    read: TakenRead,
    { state, replays }: SupervisionFile,
    cases: readonly PinnedCase[],
  ): Promise<SupervisionAnswer> {
    const judgedOn = read.query['judgedOn'] ?? read.state.today;
    const questions = await Promise.all(
      cases.map(async ({ caseId, position }) => {
        const dossier = await this.supervisions.dossier(caseId, position, judgedOn);
        return dossier.map((question) => ({ caseId, ...question }));
      }),
    );
    const { authority, authorityOrg, basis, scope, openedOn } = state;
    return {
      supervisionId: idIn(read),
      authority,
      authorityOrg,
      basis,
      scope,
      state: state.situation === 'open' ? 'OPEN' : 'CLOSED',
      openedOn,
      ...(state.situation === 'closed' ? { closedOn: state.closedOn } : {}),
      replays,
      judgedOn,
      cases: cases.map(({ position: _, ...told }) => told),
      questions: questions.flat(),
    };
  }

  /** A dossier is a replay of each of its cases, and an access in the log of each of their municipalities. */
  private async record(read: TakenRead, cases: readonly PinnedCase[]): Promise<void> {
    const [first] = cases;
    if (first === undefined) {
      await this.accesses.record(read, undefined, 'PERMIT', []);
      return;
    }
    const last = cases.reduce((a, b) => (b.position > a.position ? b : a), first);
    await this.supervisions.recordReplay(
      {
        supervisionId: idIn(read),
        cases: cases.map(({ caseId, municipality }) => ({ caseId, municipality })),
        asOf: last.asOf,
      },
      { ...read.state, caller: read.caller },
    );
    for (const [owner, caseIds] of byOwner(cases)) await this.accesses.record(read, owner, 'PERMIT', caseIds);
  }
}

const idIn = ({ path }: TakenRead): string => path['supervisionId'] ?? '';

/** A log is a municipality’s, and there a district’s: none is told of another’s cases. */
function byOwner(cases: readonly PinnedCase[]): readonly (readonly [Owner, readonly string[]])[] {
  const owners = new Map<string, { readonly owner: Owner; readonly caseIds: string[] }>();
  for (const { caseId, municipality, district } of cases) {
    const key = `${municipality} ${district ?? ''}`;
    const known = owners.get(key) ?? {
      owner: { municipality, ...(district === undefined ? {} : { district }) },
      caseIds: [],
    };
    known.caseIds.push(caseId);
    owners.set(key, known);
  }
  return [...owners.values()].map(({ owner, caseIds }) => [owner, caseIds] as const);
}
