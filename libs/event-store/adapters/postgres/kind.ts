/** Prefix of this adapter's positions. */
export const KIND = 'pg';
