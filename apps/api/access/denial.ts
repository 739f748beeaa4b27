import { NotFound } from '#forlop/command-handling';
import { RuleBroken } from '#forlop/domain';

/** 403 and 404: an attempt at what is not the caller's, which the access log keeps. */
export const isDenial = (error: unknown): error is NotFound | RuleBroken =>
  error instanceof NotFound ||
  (error instanceof RuleBroken && (error.status === 403 || error.status === 404));
