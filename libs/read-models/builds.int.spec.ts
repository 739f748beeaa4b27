import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Pool } from 'pg';
import { MemoryEventStore } from '#forlop/event-store';
import { rebuildAll } from '#forlop/projections';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import { projections } from './index.js';

/** All that a table is beside its rows, with its own name taken out of every text. */
const SHAPE = `
  select jsonb_build_object(
    'columns', (select jsonb_agg(jsonb_build_array(attname, format_type(atttypid, atttypmod), attnotnull, attcollation,
        pg_get_expr(d.adbin, d.adrelid)) order by attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where attrelid = c.oid and attnum > 0 and not attisdropped),
    'constraints', (select jsonb_agg(pg_get_constraintdef(oid) order by pg_get_constraintdef(oid))
      from pg_constraint where conrelid = c.oid),
    'indexes', (select jsonb_agg(indexdef order by indexname) from pg_indexes
      where schemaname = 'read' and tablename = c.relname),
    'policies', (select jsonb_agg(to_jsonb(p) - 'tablename' order by policyname) from pg_policies p
      where schemaname = 'read' and tablename = c.relname),
    'grants', (select jsonb_agg(jsonb_build_array(grantee, privilege_type) order by grantee, privilege_type)
      from information_schema.role_table_grants where table_schema = 'read' and table_name = c.relname),
    'settings', reloptions, 'security', relrowsecurity, 'forced', relforcerowsecurity, 'owner', relowner::regrole
  )::text as shape
  from pg_class c where oid = to_regclass('read.' || $1)`;

describe('a build of a read model', () => {
  let database: TestDatabase;
  let owner: Client;
  let service: Client;
  let projector: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    service = new Client({ connectionString: database.serviceUrl });
    projector = new Pool({ connectionString: database.projectorUrl, max: 3 });
    await Promise.all([owner.connect(), service.connect()]);
    const { failed } = await rebuildAll({ projections, store: new MemoryEventStore(), pool: projector });
    expect([...failed]).toEqual([]);
  });

  afterAll(async () => {
    await Promise.all([owner.end(), service.end(), projector.end()]);
    await database.drop();
  });

  const shapeOf = async (table: string): Promise<unknown> => {
    const { rows } = await owner.query<{ shape: string }>(SHAPE, [table]);
    return JSON.parse((rows[0]?.shape ?? 'null').replaceAll(table, 'TABLE'));
  };

  const tables = projections.flatMap(({ version, tables: declared }) =>
    declared.map(({ name }) => {
      const first = name.slice('read.'.length);
      return { first, second: `${first.replace(/_v\d+$/, '')}_v${version}_b2` };
    }),
  );

  it.each(tables)(
    'has the columns, keys, indexes, policies and grants of the first: $second',
    async (names) => {
      const first = await shapeOf(names.first);
      expect(first).toMatchObject({ security: true, forced: true });
      expect(await shapeOf(names.second)).toEqual(first);
    },
  );

  it.each(tables)('is what the view of the stable name leads to: $second', async ({ second }) => {
    const { rows } = await owner.query<{ leads: string; options: string[] }>(
      `select pg_get_viewdef(oid) as leads, reloptions as options from pg_class where oid = to_regclass($1)`,
      [`read.${second.replace(/_v\d+_b\d+$/, '')}`],
    );
    expect(rows[0]?.leads).toContain(` read.${second};`);
    expect(rows[0]?.options).toEqual(['security_invoker=true']);
  });

  const makers = [
    `select read.create_build('case_history_v1', 'case_history_v1_b9')`,
    `select read.key_build('case_history_v1', 'case_history_v1_b2')`,
    `select read.complete_build('case_history_v1', 'case_history_v1_b2')`,
    `select read.switch_view('case_history_v1')`,
    `select read.drop_build('case_history_v1_b2')`,
  ];

  it.each(makers)('is not for the service to touch: %s', async (statement) => {
    await expect(service.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    `select read.create_build('case_history_v1', 'projection_checkpoint')`,
    `select read.create_build('case_history_v1', 'audit_trail_v1_b9')`,
    `select read.create_build('case_history_v1', 'case_history_v1_b9; drop table x')`,
    `select read.switch_view('projection_checkpoint')`,
    `select read.drop_build('case_history_v1')`,
    `select read.drop_build('projection_checkpoint')`,
    // A view leads to it.
    `select read.drop_build('case_history_v1_b2')`,
    `drop table read.case_history_v1_b2`,
    `create table read.mine (a integer)`,
  ])('is all that the projector may make or drop: %s', async (statement) => {
    await expect(projector.query(statement)).rejects.toMatchObject({
      code: expect.stringMatching(/^(P0001|42501|2BP01)$/),
    });
  });
});
