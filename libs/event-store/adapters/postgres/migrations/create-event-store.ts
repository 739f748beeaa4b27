import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FILES = [
  '01-tables.sql',
  '02-immutable.sql',
  '03-append-batch.sql',
  '04-append-one.sql',
  '05-grants.sql',
] as const;

/**
 * Makes the schema `events`. Runs as the owner. The session settings `forlop.service_role` and
 * `forlop.projector_role` name the roles that are granted what they need.
 */
export class CreateEventStore1764028800000 implements MigrationInterface {
  readonly name = 'CreateEventStore1764028800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const file of FILES) {
      await queryRunner.query(await readFile(new URL(file, import.meta.url), 'utf8'));
    }
  }

  async down(): Promise<void> {
    throw new Error('The event store is never taken down: that would remove events');
  }
}
