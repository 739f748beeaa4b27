import type { StateReportKey } from '#forlop/domain';

/** Whose report and of which year, from a checked path. */
export const reportKeyIn = (path: Readonly<Record<string, string>>): StateReportKey => ({
  municipality: path['kommunenr'] ?? '',
  year: Number(path['year']),
});
