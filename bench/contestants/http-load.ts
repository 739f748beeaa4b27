/** The load generator, a program of its own: sends prepared requests over so many connections with autocannon. */
import type { OpenContestant } from '../harness/contestant.js';
import type { Measured } from '../harness/results.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpLoad {
  /** Each is sent once; a whole number of them for every connection. */
  readonly requests: readonly HttpRequest[];
  readonly connections: number;
  /** What every answer must have, else the turn fails. */
  readonly status: number;
}

interface Client {
  setRequests(requests: readonly HttpRequest[]): void;
}

interface Run extends PromiseLike<{ readonly errors: number; readonly timeouts: number }> {
  on(event: 'response', listener: (client: Client, status: number, bytes: number, ms: number) => void): void;
}

type Autocannon = (options: {
  readonly url: string;
  readonly connections: number;
  readonly amount: number;
  readonly excludeErrorStats: boolean;
  readonly setupClient: (client: Client) => void;
}) => Run;

const PACKAGE = 'autocannon';

export const open: OpenContestant<{ url: string }, HttpLoad> = async ({ url }) => {
  const { default: autocannon } = (await import(PACKAGE)) as { default: Autocannon };
  return {
    turn: (load) => send(autocannon, url, load),
    close: async () => undefined,
  };
};

/** Requests are built before the first is sent: a client gets its share, and the clock runs from the first to the last answer. */
async function send(
  autocannon: Autocannon,
  url: string,
  { requests, connections, status }: HttpLoad,
): Promise<Measured> {
  const shares = sharesOf(requests, connections);
  const latencies: number[] = [];
  const others = new Map<number, number>();
  let last = 0;
  const run = autocannon({
    url,
    connections,
    amount: requests.length,
    excludeErrorStats: true,
    setupClient: (client) => client.setRequests(shares.pop() ?? []),
  });
  const begin = performance.now();
  run.on('response', (_client, answered, _bytes, ms) => {
    last = performance.now();
    latencies.push(ms);
    if (answered !== status) others.set(answered, (others.get(answered) ?? 0) + 1);
  });
  const { errors, timeouts } = await run;
  const wrong = [...others].map(([code, count]) => `${count} × ${code}`);
  if (wrong.length > 0 || errors > 0 || timeouts > 0 || latencies.length !== requests.length) {
    throw new Error(
      `${requests.length} requests should be answered ${status}: ${latencies.length} answers, ` +
        `${[...wrong, `${errors} errors`, `${timeouts} time-outs`].join(', ')}`,
    );
  }
  return { value: (latencies.length * 1000) / (last - begin), latencies };
}

function sharesOf(requests: readonly HttpRequest[], connections: number): HttpRequest[][] {
  if (requests.length % connections !== 0) throw new RangeError('not the same number for each connection');
  const size = requests.length / connections;
  return Array.from({ length: connections }, (_, index) => requests.slice(index * size, (index + 1) * size));
}
