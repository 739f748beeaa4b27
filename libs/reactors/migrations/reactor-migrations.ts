import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the schema `reactors`. Runs as the owner; the session setting `forlop.service_role` names who may write it. */
export class Reactors1764100003000 implements MigrationInterface {
  readonly name = 'Reactors1764100003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(await readFile(new URL('./reactors.sql', import.meta.url), 'utf8'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema reactors cascade');
  }
}

export const reactorMigrations = [Reactors1764100003000] as const;
