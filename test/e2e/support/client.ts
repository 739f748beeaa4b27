import { randomUUID } from 'node:crypto';
import request from 'supertest';

export type Json = Record<string, unknown>;
export type Headers = Readonly<Record<string, string>>;

/** What came back; `body` is the parsed JSON, `{}` of anything else. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  readonly text: string;
}

/** One caller of the API, with a token or without. */
export class Client {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  get(path: string, headers: Headers = {}): Promise<Answer> {
    return this.send('get', path, undefined, headers);
  }

  /** A command under a key of its own unless the headers name one. */
  post(path: string, body: unknown, headers: Headers = {}): Promise<Answer> {
    return this.send('post', path, body, { 'idempotency-key': randomUUID(), ...headers });
  }

  /** A command that must be accepted: its answer. */
  async accepted(path: string, body: unknown, headers: Headers = {}): Promise<Json> {
    const answer = await this.post(path, body, headers);
    if (answer.status !== 200 && answer.status !== 201) {
      throw new Error(`POST ${path} → ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  /** A read that sees at least the position. */
  async seen(path: string, position: unknown): Promise<Answer> {
    return this.get(path, { 'min-position': String(position) });
  }

  async send(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body: unknown,
    headers: Headers,
  ): Promise<Answer> {
    const prefix = path.startsWith('/api') || path.startsWith('//') || ROOT.test(path) ? '' : '/api/v1';
    const sent = request(this.url)[method](`${prefix}${path}`).set(headers);
    if (this.token !== undefined) void sent.set('authorization', `Bearer ${this.token}`);
    if (body === undefined) return sent;
    return typeof body === 'string' ? sent.send(body) : sent.type('json').send(JSON.stringify(body));
  }
}

const ROOT = /^\/(docs|health|metrics|$)/;
