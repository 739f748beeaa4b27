import { randomUUID } from 'node:crypto';
import { HttpException } from '@nestjs/common';
import {
  AccessLogUnavailable,
  ConcurrentChange,
  IdempotencyKeyReused,
  NotFound,
  StaleRevision,
} from '#forlop/command-handling';
import { RuleBroken, UnknownEventVersion } from '#forlop/domain';
import type { FieldError, LawReference } from '#forlop/domain';
import { AppendTooLarge } from '#forlop/event-store';
import { ReportNotCaughtUp } from '#forlop/read-models';
import { Refused } from './refused.js';
import { problemKind } from './problem-table.js';
import type { ProblemSlug } from './problem-texts.js';
import { isUnavailable } from './unavailable.js';

/** Seconds a client is asked to wait after a 503. */
const RETRY_AFTER = '2';

/** RFC 9457 with the members of the contract and no other. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly kode: string;
  readonly regel?: string;
  readonly lovhjemmel?: readonly LawReference[];
  readonly kilde?: string;
  readonly losning?: string;
  readonly feil?: readonly FieldError[];
  readonly korrelasjonsid: string;
}

/** What an error is called outside. */
interface Named {
  readonly slug: ProblemSlug;
  readonly members: Partial<Pick<Problem, 'detail' | 'regel' | 'lovhjemmel' | 'kilde' | 'losning' | 'feil'>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** The problem that answers an error, and the headers that go with it. Nothing of the error's message is shown. */
export function problemOf(error: unknown, correlationId: string) {
  const { slug, members, headers } = named(error);
  const { status, title, explanation } = problemKind(slug);
  const { detail, ...others } = members;
  const problem: Problem = {
    type: `urn:forlop:problem:${slug}`,
    title,
    status,
    detail: detail ?? explanation,
    instance: `urn:uuid:${randomUUID()}`,
    kode: slug,
    ...others,
    korrelasjonsid: correlationId,
  };
  return { problem, headers: status === 503 ? { 'retry-after': RETRY_AFTER, ...headers } : headers };
}

function named(error: unknown): Named {
  if (error instanceof Refused) return ofRefused(error);
  if (error instanceof RuleBroken) return ofRule(error);
  if (error instanceof NotFound) return plain('not-found');
  if (error instanceof IdempotencyKeyReused) return plain('idempotency-key-reused');
  if (error instanceof StaleRevision) return plain('stale-revision');
  if (error instanceof ConcurrentChange) return plain('concurrent-change');
  if (error instanceof AccessLogUnavailable) return plain('access-log-unavailable');
  if (error instanceof ReportNotCaughtUp) return NOT_COUNTED;
  if (error instanceof AppendTooLarge) return plain('body-too-large');
  if (error instanceof UnknownEventVersion) return NEWER_EVENT;
  if (error instanceof HttpException) return plain(slugOfStatus(error.getStatus()));
  return plain(isUnavailable(error) ? 'store-unavailable' : 'internal-error');
}

const NOT_COUNTED: Named = {
  slug: 'not-caught-up',
  members: {
    detail: 'Tallene bygges på nytt, eller er ikke à jour. Prøv igjen etter tiden i hodet Retry-After.',
  },
  headers: {},
};

const NEWER_EVENT: Named = {
  slug: 'internal-error',
  members: {
    detail: 'En hendelse er lagret av en nyere versjon av tjenesten enn denne, og kan ikke leses her.',
    losning:
      'Driftsansvarlig oppgraderer tjenesten. Send deretter kommandoen på nytt med samme Idempotency-Key.',
  },
  headers: {},
};

const plain = (slug: ProblemSlug): Named => ({ slug, members: {}, headers: {} });

const ofRefused = ({ slug, parts: { headers = {}, ...members } }: Refused): Named => ({
  slug,
  members,
  headers,
});

/** `regel`, `lovhjemmel` and `losning` stand where a rule speaks; `kilde` where its source is no statute. */
const ofRule = ({ slug, rule, law, kilde, losning, detail, feil }: RuleBroken): Named => ({
  slug,
  headers: {},
  members: {
    detail,
    ...(rule === undefined ? {} : { regel: rule, lovhjemmel: law }),
    ...(kilde === undefined ? {} : { kilde }),
    ...(losning === '' ? {} : { losning }),
    ...(feil === undefined ? {} : { feil }),
  },
});

/** What Fastify and Nest refuse on their own: unknown routes, bodies too large or of another type, bad URLs. */
function slugOfStatus(status: number): ProblemSlug {
  if (status === 404) return 'not-found';
  if (status === 413) return 'body-too-large';
  if (status === 415) return 'unsupported-media-type';
  return status < 500 ? 'invalid-request' : 'internal-error';
}
