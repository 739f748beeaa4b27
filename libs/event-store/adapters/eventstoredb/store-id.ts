import { randomUUID } from 'node:crypto';
import { StoreUnavailable } from '../../errors.js';
import { collect } from './collect.js';
import { WireFailure } from './failure.js';
import type { Wire } from './wire.js';

/** Holds one event. Its type begins with a dollar sign, so that the server leaves it out where it leaves out its own. */
export const STORE_STREAM = 'forlop_store';
const TYPE = '$forlop-store';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The id that the store got when it was first opened; the first time it gets one. Of several who open it at once, one
 * gives the id and all read the same.
 * @throws StoreUnavailable
 */
export async function storeIdOf(wire: Wire, timeout: number): Promise<string> {
  const known = await read(wire, timeout);
  if (known !== undefined) return known;
  const id = randomUUID();
  const data = Buffer.from(JSON.stringify({ storeId: id }));
  const event = { id: randomUUID(), type: TYPE, isJson: true, data, metadata: Buffer.from('{}') };
  try {
    await wire.append({ streamId: STORE_STREAM, events: [event], expected: 'noStream' }, timeout);
    return id;
  } catch (error) {
    if (!(error instanceof WireFailure)) throw error;
    if (error.kind !== 'wrong-revision') throw new StoreUnavailable('open', error);
  }
  const given = await read(wire, timeout);
  if (given === undefined) throw new StoreUnavailable('open');
  return given;
}

async function read(wire: Wire, timeout: number): Promise<string | undefined> {
  const request = {
    kind: 'stream',
    streamId: STORE_STREAM,
    direction: 'forwards',
    limit: 1,
    from: 'start',
  } as const;
  const [event] = await collect(wire, request, { operation: 'open', timeout });
  if (event === undefined) return undefined;
  const { storeId } = JSON.parse(Buffer.from(event.data).toString('utf8')) as { storeId?: unknown };
  if (typeof storeId !== 'string' || !UUID.test(storeId))
    throw new Error(`${STORE_STREAM} holds no id of a store`);
  return storeId;
}
