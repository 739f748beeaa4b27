import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the table of what projections could not apply. */
export class ProjectionFailures1764100000000 implements MigrationInterface {
  readonly name = 'ProjectionFailures1764100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(await readFile(new URL('./projection-failures.sql', import.meta.url), 'utf8'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table read.projection_failures');
  }
}
