import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the schema `snapshots`. Runs as the owner; the session setting `forlop.service_role` names who may write it. */
export class StreamSnapshots1764100002000 implements MigrationInterface {
  readonly name = 'StreamSnapshots1764100002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(await readFile(new URL('stream-snapshots.sql', import.meta.url), 'utf8'));
  }

  /** Nothing is lost: every snapshot can be made again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema snapshots cascade');
  }
}

/** Makes the schema `access_spool`. Runs as the owner, with the same session setting. */
export class AccessSpool1764120000000 implements MigrationInterface {
  readonly name = 'AccessSpool1764120000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(await readFile(new URL('access-spool.sql', import.meta.url), 'utf8'));
  }

  async down(): Promise<void> {
    throw new Error('What waits in the spool is in no access log yet: nobody may take it away');
  }
}

/** What the service keeps beside the events and the read models. */
export const snapshotMigrations = [StreamSnapshots1764100002000, AccessSpool1764120000000];
