import { randomUUID } from 'node:crypto';
import type { Role } from '#forlop/domain';

/** What `JSON.parse` gives; members are looked at one by one, nothing is taken for granted. */
export type Json = unknown;

export interface Answer {
  readonly status: number;
  /** Parsed JSON; `null` for what is none, such as a page. */
  readonly body: Json;
  /** As it came. */
  readonly text: string;
  /** The header: where the store or the read models stood. */
  readonly position: string | null;
}

/** Bearer tokens by role. */
export type Tokens = ReadonlyMap<Role, string>;

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as: Role;
  /** Wait until the read models have come so far. */
  readonly minPosition?: string;
}

/** Speaks with a running service as its client applications do, and as nothing else. */
export class Client {
  constructor(
    readonly url: string,
    private readonly tokens: Tokens,
  ) {}

  /** Every request has a key of its own, so the demo can be played again and again on one service. */
  async send({ method, path, body, headers, as, minPosition }: Request): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.tokens.get(as) ?? ''}`,
        ...(method === 'POST'
          ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
          : undefined),
        ...(minPosition === undefined ? undefined : { 'min-position': minPosition }),
        ...headers,
      },
      ...(body === undefined ? undefined : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: parsed(text),
      text,
      position: response.headers.get('position'),
    };
  }

  /** Follows `next` to the end of a list; the answer is that of the first page with all items. */
  async readAll(request: Omit<Request, 'method'>): Promise<Answer> {
    const whole = `${request.path}${request.path.includes('?') ? '&' : '?'}limit=200`;
    const first = await this.send({ ...request, method: 'GET', path: whole });
    const items = [...itemsOf(first.body)];
    let next = member(first.body, 'next');
    while (typeof next === 'string') {
      const page = await this.send({
        ...request,
        method: 'GET',
        path: `${whole}&after=${encodeURIComponent(next)}`,
      });
      if (page.status !== 200) return page;
      items.push(...itemsOf(page.body));
      next = member(page.body, 'next');
    }
    if (first.status !== 200) return first;
    const { next: _next, ...rest } = first.body as Record<string, unknown>;
    return { ...first, body: { ...rest, items } };
  }

  /** The id of the store behind the service, as its readiness page tells. */
  async storeId(): Promise<string | null> {
    const response = await fetch(`${this.url}/health/ready`);
    const storeId = member(parsed(await response.text()), 'storeId');
    return typeof storeId === 'string' ? storeId : null;
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const member = (value: Json, name: string): Json =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

export const textIn = (value: Json, name: string): string | null => {
  const found = member(value, name);
  return typeof found === 'string' ? found : null;
};

export const listIn = (value: Json, name: string): readonly Json[] => {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
};

export const itemsOf = (page: Json): readonly Json[] => listIn(page, 'items');
