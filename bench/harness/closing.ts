/** What was opened, to be closed in the opposite order, whatever fails. */
export class Closing {
  private readonly steps: (() => Promise<unknown>)[] = [];

  /** Remembers how to close something and gives it back. */
  add<T>(opened: T, close: (opened: T) => Promise<unknown>): T {
    this.steps.push(() => close(opened));
    return opened;
  }

  /** @throws the first error, after all steps were tried */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.steps.splice(0).toReversed()) {
      await step().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  }
}
