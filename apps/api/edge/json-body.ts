import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused, invalidRequest } from './refused.js';

/** Bytes that a request's body may have. */
export const BODY_LIMIT = 1024 * 1024;
/** No shape of ours is deeper; deeper values would only exhaust the stack of whoever walks them. */
const MAX_DEPTH = 24;
/** Names that every object has: copied, they would change what an object is or be passed over unseen. */
const POISON = new Set(Object.getOwnPropertyNames(Object.prototype).concat('prototype'));

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Only `application/json` in UTF-8 is read; every other type is 415. */
export function readJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
      try {
        assertUtf8(request.headers['content-type'] ?? '');
        done(null, parseBody(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function assertUtf8(contentType: string): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new Refused('unsupported-media-type');
}

/** `undefined` for an empty body. Throws `Refused` (`malformed-json`, or `invalid-request` for what is nested too deep). */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch {
    throw new Refused('malformed-json');
  }
  assertHarmless(value, 0);
  return value;
}

function assertHarmless(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) {
    throw invalidRequest([{ felt: '', regel: 'depth', melding: 'Innholdet er nøstet for dypt.' }]);
  }
  for (const [name, member] of Object.entries(value)) {
    if (POISON.has(name)) {
      throw invalidRequest([{ felt: '', regel: 'unknown', melding: 'Et feltnavn er ikke tillatt.' }]);
    }
    assertHarmless(member, depth + 1);
  }
}
