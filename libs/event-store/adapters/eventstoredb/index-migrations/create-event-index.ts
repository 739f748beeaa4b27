import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FILES = ['01-event-index.sql', '02-advance.sql', '03-grants.sql'] as const;

/** Makes the schema `event_index`. Runs as the owner, with the session settings of `CreateEventStore`. */
export class CreateEventIndex1764115200000 implements MigrationInterface {
  readonly name = 'CreateEventIndex1764115200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const file of FILES) {
      await queryRunner.query(await readFile(new URL(file, import.meta.url), 'utf8'));
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop schema event_index cascade');
  }
}
