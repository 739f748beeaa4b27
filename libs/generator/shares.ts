/** What a world turned out like beside the national figures, counted while it passes. */
import type { CaseEvent } from '#forlop/domain';
import type { Piece } from './given.js';
import { NATIONAL } from './statistics.js';

export type ShareName = keyof typeof NATIONAL;

/** What there is of something, out of what. */
export interface Share {
  readonly name: ShareName;
  readonly label: string;
  readonly part: number;
  readonly whole: number;
  readonly national: number;
  readonly source: string;
}

const LABELS: Readonly<Record<ShareName, string>> = {
  dismissed: 'reviewed anew and dismissed',
  reviewedLate: 'reviewed after more than a week',
  withMeasures: 'referred with measures running',
  underInvestigation: 'referred while investigated',
  investigatedLate: 'investigated beyond the time limit',
  leadToMeasures: 'investigated and given measures',
  petitioned: 'taken to the tribunal',
  byPolice: 'referred by the police',
  advice: 'measures that are advice and guidance',
};

/** What was counted, as it can be handed from one thread to another. */
export type ShareCounts = Record<ShareName, [part: number, whole: number]>;

export class Shares {
  readonly #counts = Object.fromEntries(
    Object.keys(NATIONAL).map((name) => [name, [0, 0]]),
  ) as unknown as ShareCounts;

  /** The same pieces, counted on their way. */
  *counting(pieces: Iterable<Piece>): Generator<Piece> {
    for (const piece of pieces) {
      if (piece.streamId.startsWith('childcase-')) {
        for (const { events } of piece.commands) for (const event of events) this.#count(event as CaseEvent);
      }
      yield piece;
    }
  }

  get counts(): ShareCounts {
    return this.#counts;
  }

  /** What another counted is counted here too. */
  include(others: ShareCounts): void {
    for (const name of Object.keys(others) as ShareName[]) {
      this.#counts[name][0] += others[name][0];
      this.#counts[name][1] += others[name][1];
    }
  }

  list(): readonly Share[] {
    return (Object.keys(NATIONAL) as ShareName[]).map((name) => {
      const [part, whole] = this.#counts[name];
      const { share: national, source } = NATIONAL[name];
      return { name, label: LABELS[name], part, whole, national, source };
    });
  }

  /** A table for a person. */
  lines(): readonly string[] {
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);
    return [
      `${'share'.padEnd(40)}${'here'.padStart(8)}  ${'national'.padStart(8)}`,
      ...this.list().map(
        ({ label, part, whole, national }) =>
          `${label.padEnd(40)}${whole === 0 ? '–'.padStart(8) : percent(part / whole)}  ${percent(national)}`,
      ),
    ];
  }

  #count(event: CaseEvent): void {
    switch (event.type) {
      case 'ReferralReceived':
        return this.#add('byPolice', event.data.reporters[0]?.code === '8');
      case 'ReferralAssessed': {
        const { conclusion, deadlineBreached } = event.data;
        this.#add('withMeasures', conclusion === 'IN_ACTIVE_MEASURES');
        this.#add('underInvestigation', conclusion === 'IN_ONGOING_INVESTIGATION');
        this.#add('reviewedLate', deadlineBreached);
        if (conclusion === 'DISMISSED' || conclusion === 'INVESTIGATE') {
          this.#add('dismissed', conclusion === 'DISMISSED');
        }
        return;
      }
      case 'InvestigationConcluded': {
        const { outcome, deadlineBreached } = event.data;
        this.#add('investigatedLate', deadlineBreached);
        this.#add('leadToMeasures', outcome === 'VEDTAK_TILTAK');
        this.#add('petitioned', outcome === 'BEGJAERING');
        return;
      }
      case 'MeasureDecided':
        if (event.data.decisionType !== 'NYTT') return;
        for (const { catalogueCode } of event.data.measures) {
          this.#add('advice', catalogueCode === 'raad-veiledning');
        }
        return;
      default:
    }
  }

  #add(name: ShareName, isPart: boolean): void {
    const count = this.#counts[name];
    if (isPart) count[0] += 1;
    count[1] += 1;
  }
}
