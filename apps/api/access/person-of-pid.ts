import type { BlindIndex, Sealer } from '#forlop/privacy';
import { checkIdentifier } from '#forlop/privacy';

/**
 * Turns an ID-porten `pid` into the person's id by the blind index; the number is kept nowhere. `undefined` for somebody
 * whom the municipality does not know.
 */
export const personOfPid =
  (sealer: Pick<Sealer, 'identifierHmac'>, blindIndex: Pick<BlindIndex, 'find'>) =>
  async (pid: string, municipality: string): Promise<string | undefined> => {
    for (const kind of ['FNR', 'DNR'] as const) {
      const checked = checkIdentifier(kind, pid);
      if (!checked.ok || checked.value === undefined) continue;
      return blindIndex.find(municipality, sealer.identifierHmac(municipality, kind, checked.value));
    }
    return undefined;
  };
