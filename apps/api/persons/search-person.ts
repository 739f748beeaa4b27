import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { CommandHandling } from '#forlop/command-handling';
import type { FoundPerson, Identifier } from '#forlop/command-handling';
import { CASE_READERS, callerInMunicipality } from '../access/rights.js';
import { Reads } from '../access/reads.js';
import type { TakenCommand } from '../http/intake.js';

export class SearchPerson {
  constructor(readonly taken: TakenCommand) {}
}

@QueryHandler(SearchPerson)
export class SearchPersonHandler implements IQueryHandler<SearchPerson> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly reads: Reads,
  ) {}

  execute({ taken }: SearchPerson): Promise<{ items: readonly FoundPerson[] }> {
    const { identifier } = taken.body as unknown as { identifier: Identifier };
    return this.reads.ofMunicipality(taken, CASE_READERS, async () => {
      const caller = callerInMunicipality(taken.caller, CASE_READERS);
      const items = await this.commands.searchPerson(identifier, caller);
      return { answer: { items }, caseIds: [] };
    });
  }
}
