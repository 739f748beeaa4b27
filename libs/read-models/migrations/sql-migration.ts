import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that runs one SQL file. Read models are derived from the events: one step back is to drop and rebuild. */
export abstract class SqlMigration implements MigrationInterface {
  protected abstract readonly file: URL;
  /** Statement that takes back what the file made. */
  protected abstract readonly undo: string;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(await readFile(this.file, 'utf8'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(this.undo);
  }
}
