import type { Sealer } from '#forlop/privacy';

/** Opens what a read model keeps sealed, all of an answer in one statement to the key store. */
export type Opener = Pick<Sealer, 'openPayloads'>;
