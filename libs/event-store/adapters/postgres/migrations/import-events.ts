import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a store copy writes by. Runs as the owner, with the session settings of `CreateEventStore`. */
export class ImportEvents1764118800000 implements MigrationInterface {
  readonly name = 'ImportEvents1764118800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(await readFile(new URL('06-import.sql', import.meta.url), 'utf8'));
  }

  async down(): Promise<void> {
    throw new Error('The event store is never taken down: that would remove where events came from');
  }
}
