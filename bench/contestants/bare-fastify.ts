/** The peer of the HTTP benches: Fastify and pg, nothing else. Started as a program of its own with the database's URL. */
import fastify from 'fastify';
import { Pool } from 'pg';

/** As the service's pools have. */
const CONNECTIONS = 10;

const pool = new Pool({ connectionString: process.env['BENCH_DATABASE_URL'] ?? '', max: CONNECTIONS });
const server = fastify();

/** One row a request. */
server.post('/referrals', async (request, reply) => {
  const id = request.headers['idempotency-key'];
  await pool.query({
    name: 'insert-received',
    text: 'insert into received (id, payload) values ($1, $2)',
    values: [id, JSON.stringify(request.body)],
  });
  return reply.code(201).send({ id });
});

/** The rows of a case as they are stored. */
server.get<{ Params: { key: string } }>('/history/:key', async ({ params }) => {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'select-history',
    text: `select position, revision, event_id, type, schema_version, recorded_at, payload, metadata, hash
           from events.events where stream_key = $1 order by revision`,
    values: [params.key],
  });
  return { items: rows };
});

const url = await server.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`READY ${url}\n`);
process.once('SIGTERM', () => {
  void server.close().then(() => pool.end());
});
