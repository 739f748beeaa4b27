export type Environment = Readonly<Record<string, string | undefined>>;

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Reads variables and collects everything that is wrong, so that an operator mends all of it at once. */
export class Reader {
  readonly problems: string[] = [];
  private readonly wrongNames = new Set<string>();

  constructor(private readonly env: Environment) {}

  /** A variable that is set; an empty one counts as unset. */
  text(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  }

  wholeNumber(name: string, from: number, to: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= from && number <= to) return number;
    this.wrong(name, `is "${value}", and must be a whole number from ${from} to ${to}`, '3000');
    return undefined;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return undefined;
    const found = allowed.find((one) => one === value);
    if (found === undefined)
      this.wrong(name, `is "${value}", and must be one of ${allowed.join(', ')}`, allowed[2]);
    return found;
  }

  /** The value is never shown: it holds a password. */
  postgresUrl(name: string, example: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) {
      this.wrong(name, 'is no postgres:// URL', example);
    } else if (url.username === '') {
      this.wrong(name, 'names no role', example);
    } else if (url.pathname.length < 2) {
      this.wrong(name, 'names no database', example);
    } else {
      return value;
    }
    return undefined;
  }

  /** Keys fetched without TLS could be anybody's; only on this machine is plain HTTP accepted. */
  secureUrl(name: string, example: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return value;
    this.wrong(name, 'is no https:// URL (http:// is accepted on loopback)', example);
    return undefined;
  }

  isWrong(name: string): boolean {
    return this.wrongNames.has(name);
  }

  wrong(name: string, what: string, example?: string): void {
    this.wrongNames.add(name);
    this.problems.push(`${name} ${what}${example === undefined ? '' : `. Example: ${name}=${example}`}`);
  }
}
