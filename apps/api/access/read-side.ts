import type { DataSource } from 'typeorm';
import type { Owner } from '#forlop/command-handling';
import type { Opener, ReadScope } from '#forlop/read-models';

/** The read models as the service's role sees them, and what opens their sealed texts. */
export class ReadSide {
  constructor(
    readonly source: DataSource,
    readonly opener: Opener,
  ) {}
}

/** What row-level security confines a query to. */
export const scopeOf = ({ municipality, district }: Owner): ReadScope => ({
  municipalities: [municipality],
  ...(district === undefined ? {} : { district }),
});
