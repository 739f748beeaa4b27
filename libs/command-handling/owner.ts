import type { Envelope } from '#forlop/domain';
import type { Owner } from './request.js';

/** Municipality and district that a stream was opened for, from the envelope of its first event. */
export const ownerOf = ({
  municipalityNumber,
  districtNumber,
}: Pick<Envelope, 'municipalityNumber' | 'districtNumber'>): Owner => ({
  municipality: municipalityNumber,
  ...(districtNumber ? { district: districtNumber } : {}),
});
