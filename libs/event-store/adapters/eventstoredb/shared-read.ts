/**
 * One read for all who ask in the same turn of the event loop. It begins after the last of them has asked: whoever asks
 * must see what was acknowledged before, so nobody joins a read that is on its way.
 */
export class SharedRead<T> {
  private next: Promise<T> | undefined;

  constructor(private readonly read: () => Promise<T>) {}

  ask(): Promise<T> {
    this.next ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.next = undefined;
      return this.read();
    });
    return this.next;
  }
}
