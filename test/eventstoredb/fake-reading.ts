import type { ServerWritableStream } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import pb from '@eventstore/db-client/generated/streams_pb.js';
import type { FakeLog, LoggedEvent } from './fake-log.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  nameOf,
  notFoundResponse,
  serviceError,
} from './fake-messages.js';
import type { Faults } from './faults.js';

export type ReadCall = ServerWritableStream<pb.ReadReq, pb.ReadResp>;
type Options = pb.ReadReq.Options;

const { BACKWARDS } = pb.ReadReq.Options.ReadDirection;

/** Answers a read or a subscription. */
export class FakeReading {
  constructor(
    private readonly log: FakeLog,
    private readonly faults: Faults,
    private readonly call: ReadCall,
  ) {}

  async answer(): Promise<void> {
    const options = this.call.request.getOptions();
    if (options === undefined) return;
    if (options.hasSubscription()) return this.subscription(options);
    if (this.faults.take('deafReads')) return;
    const events = options.hasStream() ? this.streamEvents(options) : this.allEvents(options);
    if (events === undefined) return;
    for (const event of events.slice(0, Number(options.getCount()))) await this.send(eventResponse(event));
    this.call.end();
  }

  private streamEvents(options: Options): readonly LoggedEvent[] | undefined {
    const request = options.getStream();
    const streamId = nameOf(request?.getStreamIdentifier());
    const stream = this.log.stream(streamId);
    if (stream.length === 0) {
      this.call.write(notFoundResponse(streamId));
      this.call.end();
      return undefined;
    }
    const isBackwards = options.getReadDirection() === BACKWARDS;
    if (request?.hasRevision() !== true) return isBackwards ? stream.toReversed() : stream;
    const from = Number(request.getRevision());
    return isBackwards ? stream.slice(0, from + 1).toReversed() : stream.slice(from);
  }

  private allEvents(options: Options): readonly LoggedEvent[] | undefined {
    const all = options.getAll();
    const { records } = this.log;
    const passes = filterOf(options);
    if (options.getReadDirection() === BACKWARDS) return records.filter(passes).toReversed();
    const position = all?.getPosition();
    if (position === undefined) return records.filter(passes);
    const commit = BigInt(position.getCommitPosition());
    const isInside = commit < (records.at(-1)?.position ?? 0n);
    if (isInside && !records.some((record) => record.position === commit)) {
      this.call.emit('error', serviceError(status.UNKNOWN, 'Unexpected ReadAllResult: Error'));
      return undefined;
    }
    return records.filter((record) => record.position >= commit && passes(record));
  }

  /** As the server's: a checkpoint after each window that was looked through, then a word when it has caught up. */
  private async subscription(options: Options): Promise<void> {
    const after = options.getAll()?.getPosition()?.getCommitPosition();
    const passes = filterOf(options);
    const filter = options.getFilter();
    const window = (filter?.getMax() ?? 32) * (filter?.getCheckpointintervalmultiplier() ?? 1);
    await this.send(confirmationResponse());
    if (this.faults.take('deafSubscriptions')) return;
    const first = this.log.records.findIndex(
      ({ position }) => after === undefined || position > BigInt(after),
    );
    let isLive = false;
    for (let next = first < 0 ? this.log.records.length : first, looked = 0; !this.call.cancelled;) {
      const record = this.log.records[next];
      if (record === undefined) {
        if (!isLive) await this.send(caughtUpResponse());
        isLive = true;
        await this.untilMore(next);
        continue;
      }
      next += 1;
      looked += 1;
      if (passes(record)) await this.deliver(record);
      if (looked % window === 0) await this.send(checkpointResponse(record.position));
    }
  }

  private async deliver(record: LoggedEvent): Promise<void> {
    for (let times = 0; times < this.faults.deliveries; times += 1) await this.send(eventResponse(record));
    const [oldest] = this.log.records;
    if (this.faults.repeatsOldCheckpoint && oldest !== undefined)
      await this.send(checkpointResponse(oldest.position));
  }

  private async untilMore(count: number): Promise<void> {
    if (this.log.records.length > count || this.call.cancelled) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stop();
        this.call.off('cancelled', done);
        resolve();
      };
      const stop = this.log.onWrite(done);
      this.call.once('cancelled', done);
    });
  }

  private async send(response: pb.ReadResp): Promise<void> {
    const { slow } = this.faults;
    if (slow > 0) await new Promise((resolve) => setTimeout(resolve, slow));
    if (this.call.cancelled || this.call.write(response)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.call.off('drain', done);
        this.call.off('cancelled', done);
        resolve();
      };
      this.call.once('drain', done);
      this.call.once('cancelled', done);
    });
  }
}

function filterOf(options: Options): (event: LoggedEvent) => boolean {
  const filter = options.getFilter();
  const types = filter?.getEventType();
  const streams = filter?.getStreamIdentifier();
  if (types !== undefined) return passesBy(types, ({ type }) => type);
  return streams === undefined ? () => true : passesBy(streams, ({ streamId }) => streamId);
}

function passesBy(
  expression: pb.ReadReq.Options.FilterOptions.Expression,
  nameIn: (event: LoggedEvent) => string,
): (event: LoggedEvent) => boolean {
  const pattern = expression.getRegex();
  if (pattern !== '') {
    const regex = new RegExp(pattern.replaceAll(/\\([^\w\s])/g, escaped), 'u');
    return (event) => regex.test(nameIn(event));
  }
  const prefixes = expression.getPrefixList();
  return (event) => prefixes.some((prefix) => nameIn(event).startsWith(prefix));
}

/** The server's dialect lets any sign be escaped; ours only those that mean something. */
const escaped = (all: string, sign: string): string =>
  /[$()*+./?[\\\]^{|}-]/.test(sign) ? (sign === '-' ? '-' : all) : sign;
