import { isNativeError } from 'node:util/types';
import { configurationError } from '#forlop/platform';

/**
 * To catch with: tells that the data folder can be neither used nor made, and passes on everything else.
 * @throws StartupError 78
 */
export const unusableFolder =
  (dataDir: string) =>
  (error: unknown): never => {
    if (isNativeError(error) && 'syscall' in error && error.syscall === 'mkdir') {
      const code = 'code' in error ? String(error.code) : '';
      throw configurationError(
        `FORLOP_DATA_DIR is ${dataDir}, and ${REASONS[code] ?? `cannot be made (${code})`}. Example: FORLOP_DATA_DIR=.forlop`,
      );
    }
    throw error;
  };

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'that is a file',
  ENOTDIR: 'a part of that path is a file',
  EACCES: 'this account may not make that folder',
  EPERM: 'this account may not make that folder',
  EROFS: 'that file system is read-only',
};
