import { StoreUnavailable } from '../../errors.js';

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupedOptions<Asked, Answer> {
  /** Reads for all of them in one statement: an answer for each, in the same order. */
  readonly read: (asked: readonly Asked[]) => Promise<readonly Answer[]>;
  /** What one call may bring home at most, in rows. Default 1. */
  readonly weigh?: (asked: Asked) => number;
  /** Rows that a statement may bring home; a call that weighs more goes alone. */
  readonly mostRows: number;
}

/** While one is read and one is parsed the next gathers. More would only make the groups smaller. */
const IN_FLIGHT = 2;

/**
 * Answers the calls that come in the same turn of the event loop, or while two statements are under way, by one
 * statement. Each is answered by a statement that starts after it was asked, so that it sees all that was
 * acknowledged before; nothing is kept after the answer.
 */
export class Grouped<Asked, Answer> {
  private waiting: Waiting<Asked, Answer>[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private isScheduled = false;

  constructor(private readonly options: GroupedOptions<Asked, Answer>) {}

  ask(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when all that were asked are answered. */
  async drain(): Promise<void> {
    while (this.waiting.length > 0 || this.inFlight.size > 0) {
      await Promise.all(this.inFlight);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private schedule(): void {
    if (this.isScheduled || this.inFlight.size === IN_FLIGHT || this.waiting.length === 0) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      const running = this.answer(this.take()).finally(() => {
        this.inFlight.delete(running);
        this.schedule();
      });
      this.inFlight.add(running);
      this.schedule();
    });
  }

  /** The first of those that wait, as many as the rows allow, at least one. */
  private take(): Waiting<Asked, Answer>[] {
    const { weigh = () => 1, mostRows } = this.options;
    let rows = 0;
    const count = this.waiting.findIndex(({ asked }) => (rows += weigh(asked)) > mostRows);
    return this.waiting.splice(0, count < 0 ? this.waiting.length : Math.max(count, 1));
  }

  /** Never rejects: each of the group is answered. */
  private async answer(group: readonly Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.options.read(group.map(({ asked }) => asked));
      if (answers.length !== group.length) throw new Error('the store answered for another number of reads');
      for (const [index, answer] of answers.entries()) group[index]?.resolve(answer);
    } catch (error) {
      await this.fail(group, error);
    }
  }

  /** One call that the database refuses must not fail the others; without the database there is no use in trying. */
  private async fail(group: readonly Waiting<Asked, Answer>[], error: unknown): Promise<void> {
    if (group.length > 1 && !(error instanceof StoreUnavailable)) {
      for (const one of group) await this.answer([one]);
    } else {
      for (const { reject } of group) reject(error);
    }
  }
}
