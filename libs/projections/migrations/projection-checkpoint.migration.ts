import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes schema `read` and the checkpoints of the projections. */
export class ProjectionCheckpoint1764000000000 implements MigrationInterface {
  readonly name = 'ProjectionCheckpoint1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(await readFile(new URL('./projection-checkpoint.sql', import.meta.url), 'utf8'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table read.projection_checkpoint');
  }
}
