import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the registry of builds and what the projector may do to their tables. */
export class ProjectionBuilds1764000008000 implements MigrationInterface {
  readonly name = 'ProjectionBuilds1764000008000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(await readFile(new URL('./projection-builds.sql', import.meta.url), 'utf8'));
  }

  /** Views that lead to a later build keep its tables: they are pruned, or the schema dropped, before. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop function read.create_build(text, text), read.complete_build(text, text), read.key_build(text, text),
        read.switch_view(text), read.drop_build(text), read.stable_name(text);
      drop table read.projection_build;
      alter table read.projection_checkpoint drop column build, drop column event_id`);
  }
}
