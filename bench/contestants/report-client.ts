import { randomUUID } from 'node:crypto';
import type { OpenContestant } from '../harness/contestant.js';
import { median } from '../harness/results.js';

export interface ReportSettings {
  readonly url: string;
  readonly token: string;
  readonly municipality: string;
  readonly year: number;
}

export interface ReportWork {
  /** Reports that are generated and read, one after the other. */
  readonly times: number;
}

/** Generates a report of a year and reads it. `value` is the median of the milliseconds that both took together. */
export const open: OpenContestant<ReportSettings, ReportWork> = async ({
  url,
  token,
  municipality,
  year,
}) => {
  const path = `${url}/api/v1/state-reports/${municipality}/${year}`;
  const authorization = `Bearer ${token}`;
  const generate = async (): Promise<string> => {
    const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const answer = await fetch(`${path}/generation`, { method: 'POST', headers, body: '{}' });
    await expectStatus(answer, 201);
    return answer.headers.get('position') ?? '';
  };
  const read = async (position: string): Promise<void> => {
    const answer = await fetch(path, { headers: { authorization, 'min-position': position } });
    await expectStatus(answer, 200);
  };
  return {
    turn: async ({ times }) => {
      const latencies: number[] = [];
      for (let time = 0; time < times; time += 1) {
        const begin = performance.now();
        await read(await generate());
        latencies.push(performance.now() - begin);
      }
      return { value: median(latencies), latencies };
    },
    close: async () => undefined,
  };
};

async function expectStatus(answer: Response, status: number): Promise<void> {
  const text = await answer.text();
  if (answer.status !== status)
    throw new Error(`${status} was expected, not ${answer.status}: ${text.slice(0, 500)}`);
}
