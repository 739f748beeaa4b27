export type UnauthenticatedReason =
  | 'missing'
  | 'malformed'
  | 'algorithm'
  | 'signature'
  | 'expired'
  | 'not-yet-valid'
  | 'issuer'
  | 'audience'
  | 'claims'
  | 'subject';

const DETAILS: Readonly<Record<UnauthenticatedReason, string>> = {
  missing: 'Forespørselen mangler et Bearer-token.',
  malformed: 'Tokenet er ikke et gyldig JWT.',
  algorithm: 'Tokenet er signert med en algoritme som ikke godtas (ES256, EdDSA og RS256 godtas).',
  signature: 'Signaturen i tokenet er ikke gyldig for utstederens nøkler.',
  expired: 'Tokenet er utløpt.',
  'not-yet-valid': 'Tokenet er ikke gyldig ennå.',
  issuer: 'Tokenet har en annen utsteder enn tjenesten godtar.',
  audience: 'Tokenet er ikke utstedt til denne tjenesten.',
  claims: 'Tokenet mangler et krav (claim) eller har en ugyldig verdi.',
  subject: 'Tokenets subjekt ligner et fødselsnummer eller kan ikke kobles til en person.',
};

/** The token is not accepted. Says why, and holds nothing of the token itself but the name of a claim. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';

  constructor(
    readonly reason: UnauthenticatedReason,
    readonly claim?: string,
  ) {
    super(`${DETAILS[reason]}${claim === undefined ? '' : ` Gjelder: ${claim}.`}`);
  }
}

/** Keys of the issuer cannot be fetched: the token can be neither accepted nor refused (503, not 401). */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}
