import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { JsonObject } from '#forlop/domain';
import { documentsOf } from '#forlop/read-models';
import { ReadSide, scopeOf } from '../access/read-side.js';
import { Reads } from '../access/reads.js';
import { CASE_READERS } from '../access/rights.js';
import { listing } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import type { TakenRead } from '../http/reading.js';

export class ListDocuments {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(ListDocuments)
export class ListDocumentsHandler implements IQueryHandler<ListDocuments> {
  constructor(
    private readonly reads: Reads,
    private readonly readSide: ReadSide,
  ) {}

  execute({ read }: ListDocuments): Promise<Listing<JsonObject>> {
    const { source, opener } = this.readSide;
    return this.reads.ofCase(read, CASE_READERS, async (owner, caseId) =>
      listing(await documentsOf(source, opener, scopeOf(owner), caseId, read.page)),
    );
  }
}
