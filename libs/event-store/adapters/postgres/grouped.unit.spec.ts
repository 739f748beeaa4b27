import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../errors.js';
import { Grouped } from './grouped.js';

/** A database that answers when it is told to, with twice what is asked; `bad` is refused. */
class Slow {
  readonly statements: (readonly number[])[] = [];
  private readonly pending: (() => void)[] = [];

  constructor(private readonly bad?: number) {}

  readonly read = async (asked: readonly number[]): Promise<number[]> => {
    this.statements.push(asked);
    await new Promise<void>((resolve) => this.pending.push(resolve));
    if (this.bad !== undefined && asked.includes(this.bad)) throw new Error(`no ${this.bad}`);
    return asked.map((number) => number * 2);
  };

  /** Answers the oldest statement, and lets what follows from it happen. */
  async answer(): Promise<void> {
    this.pending.shift()?.();
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('grouped calls', () => {
  it('of one turn are one statement, and each has its own answer', async () => {
    const slow = new Slow();
    const grouped = new Grouped({ read: slow.read, mostRows: 100 });
    const answers = Promise.all([3, 1, 2, 1].map((number) => grouped.ask(number)));
    await turn();
    await slow.answer();

    expect(await answers).toEqual([6, 2, 4, 2]);
    expect(slow.statements).toEqual([[3, 1, 2, 1]]);
  });

  it('wait while two statements are under way, and are the next one together', async () => {
    const slow = new Slow();
    const grouped = new Grouped({ read: slow.read, mostRows: 100 });
    const answers = [];
    for (const number of [1, 2, 3, 4]) {
      answers.push(grouped.ask(number));
      await turn();
    }
    expect(slow.statements).toEqual([[1], [2]]);
    await slow.answer();
    expect(slow.statements).toEqual([[1], [2], [3, 4]]);
    await slow.answer();
    await slow.answer();
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8]);
  });

  it('are never answered by a statement that began before they were asked', async () => {
    const slow = new Slow();
    const grouped = new Grouped({ read: slow.read, mostRows: 100 });
    const first = grouped.ask(1);
    await turn();
    const second = grouped.ask(1);
    await slow.answer();
    expect(await first).toBe(2);
    expect(slow.statements).toEqual([[1], [1]]);
    await slow.answer();
    expect(await second).toBe(2);
  });

  it('are split by what they may bring home, the heavy one going alone', async () => {
    const slow = new Slow();
    const grouped = new Grouped({ read: slow.read, weigh: (number: number) => number, mostRows: 10 });
    const answers = Promise.all([4, 5, 6, 50, 1].map((number) => grouped.ask(number)));
    await turn();
    for (let count = 0; count < 4; count += 1) await slow.answer();

    expect(await answers).toEqual([8, 10, 12, 100, 2]);
    expect(slow.statements).toEqual([[4, 5], [6], [50], [1]]);
  });

  it('do not fail with the one that the database refuses', async () => {
    const slow = new Slow(2);
    const grouped = new Grouped({ read: slow.read, mostRows: 100 });
    const answers = Promise.allSettled([1, 2, 3].map((number) => grouped.ask(number)));
    await turn();
    for (let count = 0; count < 4; count += 1) await slow.answer();

    expect(
      (await answers).map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason))),
    ).toEqual([2, 'Error: no 2', 6]);
  });

  it('are not tried one by one when the database is away', async () => {
    let statements = 0;
    const away = async (): Promise<never> => {
      statements += 1;
      throw new StoreUnavailable('test');
    };
    const grouped = new Grouped<number, number>({ read: away, mostRows: 100 });
    const answers = await Promise.allSettled([1, 2, 3].map((number) => grouped.ask(number)));

    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(statements).toBe(1);
  });

  it('are all answered when the group is drained', async () => {
    const slow = new Slow();
    const grouped = new Grouped({ read: slow.read, mostRows: 1 });
    const answers = [1, 2, 3].map((number) => grouped.ask(number));
    let isDrained = false;
    const drained = grouped.drain().then(() => {
      isDrained = true;
    });
    await turn();
    await slow.answer();
    await slow.answer();
    expect(isDrained).toBe(false);
    await slow.answer();
    await drained;
    expect(await Promise.all(answers)).toEqual([2, 4, 6]);
  });
});
