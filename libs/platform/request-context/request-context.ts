import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs to the request that is being answered, for logs and event envelopes. */
export interface RequestContext {
  readonly correlationId: string;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** Runs `work`, and all that it starts, as part of this request. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return contexts.run(context, work);
}

/** Undefined outside a request. */
export function correlationId(): string | undefined {
  return contexts.getStore()?.correlationId;
}
