import { QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Innsyn } from '#forlop/command-handling';
import type { InnsynPackage } from '#forlop/command-handling';
import { Reads } from '../access/reads.js';
import { ACCESS_REQUEST_READERS } from '../access/rights.js';
import type { TakenRead } from '../http/reading.js';

export class GetInnsynPackage {
  constructor(readonly read: TakenRead) {}
}

@QueryHandler(GetInnsynPackage)
export class GetInnsynPackageHandler implements IQueryHandler<GetInnsynPackage> {
  constructor(
    private readonly reads: Reads,
    private readonly innsyn: Innsyn,
  ) {}

  execute({ read }: GetInnsynPackage): Promise<InnsynPackage> {
    return this.reads.ofRequest(read, ACCESS_REQUEST_READERS, (_requested, requestId) =>
      this.innsyn.package(requestId),
    );
  }
}
