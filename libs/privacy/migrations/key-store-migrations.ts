import { readFileSync } from 'node:fs';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the key store, in its own database, owned by the user that KEYSTORE_URL names. May be run again. */
export class KeyStore1764028800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(readFileSync(new URL('./key-store-1764028800000.sql', import.meta.url), 'utf8'));
  }

  /** Dropping the keys would erase every person; that is no step back. */
  async down(): Promise<void> {
    throw new Error('The key store is never migrated down: every sealed text would be lost.');
  }
}

export const keyStoreMigrations = [KeyStore1764028800000] as const;
