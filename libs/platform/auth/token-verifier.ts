import { hash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { Caller } from './caller.js';
import { readClaims } from './claims.js';
import { BoundedMap } from './bounded-map.js';
import type { Organisation } from './organisations.js';
import { IssuerUnavailable, Unauthenticated } from './unauthenticated.js';

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  /** The issuer's public keys: local, or `remoteKeys(url)`. */
  readonly keys: JWTVerifyGetKey;
  /** Where a token names no municipality, its organisation may. */
  readonly organisation: (org: string) => Promise<Organisation | undefined>;
  /** Turns an ID-porten `pid` into the person's id; the number itself is kept nowhere. */
  readonly personOf?: (pid: string, municipality: string) => Promise<string | undefined>;
  readonly now?: () => number;
}

const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'];
/** Seconds that clocks may differ. */
const CLOCK_SKEW = 30;
const REMEMBERED_TOKENS = 10_000;

interface Remembered {
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Says who calls. A token that was verified is remembered until it expires, under its hash: checking a signature takes
 * longer than everything else about a query.
 */
export class TokenVerifier {
  private readonly remembered = new BoundedMap<string, Remembered>(REMEMBERED_TOKENS);
  private readonly now: () => number;

  constructor(private readonly options: TokenVerifierOptions) {
    this.now = options.now ?? Date.now;
  }

  /**
   * @param authorization the request's header
   * @throws Unauthenticated with a reason; IssuerUnavailable when its keys cannot be fetched
   */
  async verifyHeader(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Unauthenticated(authorization === undefined ? 'missing' : 'malformed');
    return this.verify(token);
  }

  /** @throws as `verifyHeader` */
  async verify(token: string): Promise<Caller> {
    const name = hash('sha256', token, 'base64');
    const known = this.remembered.get(name);
    if (known !== undefined && known.until > this.now()) return this.place(known.caller);
    const payload = await this.payloadOf(token);
    const caller = await this.callerOf(payload);
    this.remembered.set(name, { caller, until: ((payload.exp ?? 0) + CLOCK_SKEW) * 1000 });
    return this.place(caller);
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.options.keys, {
        issuer: this.options.issuer,
        audience: this.options.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_SKEW,
        requiredClaims: ['exp'],
        currentDate: new Date(this.now()),
      });
      return payload;
    } catch (error) {
      throw refusal(error);
    }
  }

  private async callerOf(payload: JWTPayload): Promise<Caller> {
    const { pid, ...rest } = payload;
    const caller = readClaims(rest);
    if (caller.role !== 'PART' || typeof pid !== 'string' || this.options.personOf === undefined)
      return caller;
    const subjectId = await this.options.personOf(pid, (await this.place(caller)).municipality ?? '');
    if (subjectId === undefined) throw new Unauthenticated('subject');
    return { ...caller, subjectId };
  }

  /** Looked up at every use, so that an organisation added while the service runs counts at once. */
  private async place(caller: Caller): Promise<Caller> {
    if (
      caller.municipality !== undefined ||
      caller.role === 'STATSFORVALTER' ||
      caller.role === 'HELSETILSYN'
    ) {
      return caller;
    }
    const organisation = await this.options.organisation(caller.org);
    return organisation === undefined ? caller : { ...caller, ...organisation };
  }
}

/** Fetched when first needed and again, at most every 30 s, when a token names a key that is not among them. */
export function remoteKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { timeoutDuration: 5000, cooldownDuration: 30_000 });
}

function refusal(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new Unauthenticated('expired');
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return new Unauthenticated('algorithm');
  if (error instanceof errors.JOSENotSupported) return new Unauthenticated('algorithm');
  if (error instanceof errors.JWSSignatureVerificationFailed) return new Unauthenticated('signature');
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return new Unauthenticated('signature');
  }
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return new Unauthenticated('malformed');
  return new IssuerUnavailable('The keys of the token issuer cannot be fetched');
}

function claimRefusal({ claim, reason }: errors.JWTClaimValidationFailed): Unauthenticated {
  if (claim === 'iss') return new Unauthenticated('issuer');
  if (claim === 'aud') return new Unauthenticated('audience');
  if (claim === 'nbf' && reason === 'check_failed') return new Unauthenticated('not-yet-valid');
  return new Unauthenticated('claims', claim);
}
