/** A map that forgets what was used least recently when it holds too many entries or too many bytes. */
export class Bounded<V> {
  private readonly entries = new Map<string, { readonly value: V; readonly size: number }>();
  private bytes = 0;

  constructor(
    private readonly limits: { readonly entries: number; readonly bytes: number },
    private readonly sizeOf: (value: V, key: string) => number,
  ) {}

  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: V): void {
    this.delete(key);
    const size = this.sizeOf(value, key);
    this.entries.set(key, { value, size });
    this.bytes += size;
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.limits.entries && this.bytes <= this.limits.bytes) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.bytes -= entry.size;
  }

  get size(): number {
    return this.entries.size;
  }
}
