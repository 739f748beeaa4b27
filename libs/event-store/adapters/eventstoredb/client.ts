/**
 * The one file that knows `@eventstore/db-client`. The client makes the connection: discovery, leader, TLS, credentials,
 * a new channel when one breaks. The calls on it are made here, because the client's own (6.2.1) mix up the appends of all
 * clients of a process, tell a checkpoint before the events in front of it, never give up an append, and parse JSON that
 * must stay as it is. ADR 0024 has the list.
 */
import { randomUUID } from 'node:crypto';
import esdb from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import pb from '@eventstore/db-client/generated/streams_pb.js';
import { failureOf, WireFailure } from './failure.js';
import type { LogPosition } from './kind.js';
import { Pending, within } from './pending.js';
import type { ConnectionSettings } from './settings.js';
import type {
  AppendReply,
  Appending,
  Call,
  ReadRequest,
  Wire,
  WireEvent,
  WireEventToAppend,
  WireFilter,
  WireMessage,
} from './wire.js';

/** Events that the server looks through between two checkpoints of a subscription. */
const SEARCH_WINDOW = 1_000;
const FORWARDS = 0;
const BACKWARDS = 1;

type Streams = InstanceType<typeof grpc.StreamsClient>;

/** Opens a connection; nothing is sent before the first call. */
export function connect(settings: ConnectionSettings): Wire {
  return new Connection(settings);
}

class Connection extends esdb.EventStoreDBClient implements Wire {
  private readonly calls = new Set<{ cancel(): void }>();
  private appends: AppendStream | undefined;
  private opening: Promise<AppendStream> | undefined;
  private isUsed = false;

  constructor(private readonly settings: ConnectionSettings) {
    const { cluster, credentials } = settings;
    super(...([cluster, credentials] as unknown as ConstructorParameters<typeof esdb.EventStoreDBClient>));
    // The client does not wait for its own handler: what that throws would end the process.
    const handle = this.handleError;
    this.handleError = (client, error) => handle(client, error).catch(() => undefined);
  }

  async append(appending: Appending, timeout: number): Promise<AppendReply> {
    return (await within(timeout, this.appendStream())).append(appending, timeout);
  }

  async open(request: ReadRequest, on: (message: WireMessage) => void): Promise<Call> {
    const client = await this.streams();
    const call = client.read(readRequest(request), ...this.arguments());
    this.calls.add(call);
    const ended = new Promise<void>((resolve, reject) => {
      call.on('data', (response: pb.ReadResp) => {
        const message = messageOf(response);
        if (message !== undefined) on(message);
      });
      call.on('end', resolve);
      call.on('error', (error: Error) => {
        void this.handleError(client, error);
        reject(failureOf(error));
      });
    }).finally(() => this.calls.delete(call));
    ended.catch(() => undefined);
    return { ended, cancel: () => call.cancel(), pause: () => call.pause(), resume: () => call.resume() };
  }

  async close(): Promise<void> {
    this.appends?.close();
    for (const call of this.calls) call.cancel();
    if (this.isUsed) (await this.getChannel().catch(() => undefined))?.close();
  }

  private async streams(): Promise<Streams> {
    this.isUsed = true;
    try {
      return await this.execute(grpc.StreamsClient, 'streams', async (client) => client);
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** A follower may not have what its leader has acknowledged. A deadline would be the server's, by its own clock. */
  private arguments() {
    const { user } = this.settings;
    const options = user === undefined ? {} : { credentials: user };
    return this.callArguments({ requiresLeader: true, ...options }, { deadline: Infinity });
  }

  private async appendStream(): Promise<AppendStream> {
    if (this.appends?.isOpen === true) return this.appends;
    this.opening ??= this.openAppendStream().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async openAppendStream(): Promise<AppendStream> {
    const client = await this.streams();
    const broken = (error: Error): void => void this.handleError(client, error);
    this.appends = new AppendStream(client.batchAppend(...this.arguments()), broken);
    return this.appends;
  }
}

/** One batch-append stream: many appends on their way at once, each with a verdict and a timer of its own. */
class AppendStream {
  isOpen = true;
  private readonly pending = new Pending<AppendReply>();

  constructor(
    private readonly call: ReturnType<Streams['batchAppend']>,
    broken: (error: Error) => void,
  ) {
    call.on('data', (response: pb.BatchAppendResp) => this.take(response));
    call.on('end', () => this.end(new WireFailure('unavailable')));
    call.on('error', (error: Error) => {
      this.end(failureOf(error));
      broken(error);
    });
  }

  async append(appending: Appending, timeout: number): Promise<AppendReply> {
    const id = randomUUID();
    const answered = this.pending.wait(id, timeout);
    this.call.write(appendRequest(id, appending));
    try {
      return await answered;
    } catch (error) {
      // A stream that did not answer may be deaf: the next append gets another one.
      if (error instanceof WireFailure && error.kind === 'timeout') this.isOpen = false;
      throw error;
    } finally {
      if (!this.isOpen && this.pending.size === 0) this.call.cancel();
    }
  }

  close(): void {
    this.call.cancel();
    this.end(new WireFailure('unavailable'));
  }

  private take(response: pb.BatchAppendResp): void {
    const waiter = this.pending.take(uuidOf(response.getCorrelationId()));
    const success = response.getSuccess();
    if (success === undefined) waiter?.reject(verdictOf(response));
    else {
      const position = success.getPosition();
      if (position === undefined) waiter?.reject(new WireFailure('unavailable'));
      else
        waiter?.resolve({ revision: Number(success.getCurrentRevision()), position: logPosition(position) });
    }
  }

  private end(failure: WireFailure): void {
    this.isOpen = false;
    this.pending.rejectAll(failure);
  }
}

/** Why the server refused, by the type of the details: its message is empty, and the client does not know all types. */
function verdictOf(response: pb.BatchAppendResp): WireFailure {
  const details = response.getError()?.getDetails();
  switch (details?.getTypeName().split('.').at(-1)) {
    case 'WrongExpectedVersion': {
      const read = (bytes: Uint8Array) => shared.WrongExpectedVersion.deserializeBinary(bytes);
      const wrong = details.unpack(read, details.getTypeName());
      const isThere = wrong?.hasCurrentStreamRevision() === true;
      return new WireFailure(
        'wrong-revision',
        isThere ? Number(wrong.getCurrentStreamRevision()) : 'noStream',
      );
    }
    case 'StreamDeleted':
      return new WireFailure('stream-deleted');
    case 'AccessDenied':
      return new WireFailure('access-denied');
    case 'MaximumAppendSizeExceeded':
    case 'MaximumAppendEventSizeExceeded':
      return new WireFailure('too-large');
    default:
      return new WireFailure('unavailable');
  }
}

function appendRequest(id: string, { streamId, events, expected }: Appending): pb.BatchAppendReq {
  const options = new pb.BatchAppendReq.Options().setStreamIdentifier(streamIdentifier(streamId));
  if (expected === 'any') options.setAny(new shared.Empty());
  else if (expected === 'noStream') options.setNoStream(new shared.Empty());
  else if (expected === 'streamExists') options.setStreamExists(new shared.Empty());
  else options.setStreamPosition(String(expected));
  return new pb.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(id))
    .setOptions(options)
    .setProposedMessagesList(events.map(proposedMessage))
    .setIsFinal(true);
}

function proposedMessage(event: WireEventToAppend): pb.BatchAppendReq.ProposedMessage {
  const message = new pb.BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(event.id))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  const contentType = event.isJson ? 'application/json' : 'application/octet-stream';
  message.getMetadataMap().set('type', event.type).set('content-type', contentType);
  return message;
}

function readRequest(request: ReadRequest): pb.ReadReq {
  const none = new shared.Empty();
  const options = new pb.ReadReq.Options().setUuidOption(new pb.ReadReq.Options.UUIDOption().setString(none));
  if (request.kind === 'stream')
    options.setStream(streamOptions(request.streamId, request.from)).setNoFilter(none);
  else {
    options.setAll(allOptions(request.kind === 'all' ? request.from : request.after));
    options.setFilter(filterOptions(request.filter));
  }
  if (request.kind === 'subscription') options.setSubscription(new pb.ReadReq.Options.SubscriptionOptions());
  else {
    options
      .setCount(String(request.limit))
      .setReadDirection(request.direction === 'forwards' ? FORWARDS : BACKWARDS);
  }
  return new pb.ReadReq().setOptions(options);
}

function streamOptions(streamId: string, from: number | 'start' | 'end'): pb.ReadReq.Options.StreamOptions {
  const options = new pb.ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(streamId));
  if (from === 'start') return options.setStart(new shared.Empty());
  return from === 'end' ? options.setEnd(new shared.Empty()) : options.setRevision(String(from));
}

function allOptions(from: LogPosition | 'start' | 'end'): pb.ReadReq.Options.AllOptions {
  const options = new pb.ReadReq.Options.AllOptions();
  if (from === 'start') return options.setStart(new shared.Empty());
  if (from === 'end') return options.setEnd(new shared.Empty());
  const position = new pb.ReadReq.Options.Position();
  return options.setPosition(position.setCommitPosition(from.commit).setPreparePosition(from.prepare));
}

function filterOptions(filter: WireFilter): pb.ReadReq.Options.FilterOptions {
  const expression = new pb.ReadReq.Options.FilterOptions.Expression();
  const options = new pb.ReadReq.Options.FilterOptions()
    .setMax(SEARCH_WINDOW)
    .setCheckpointintervalmultiplier(1);
  return 'typePattern' in filter
    ? options.setEventType(expression.setRegex(filter.typePattern))
    : options.setStreamIdentifier(expression.setPrefixList([...filter.streamPrefixes]));
}

const streamIdentifier = (streamId: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(streamId, 'utf8'));

function messageOf(response: pb.ReadResp): WireMessage | undefined {
  const recorded = response.getEvent()?.getEvent();
  if (recorded !== undefined) return { kind: 'event', event: wireEvent(recorded) };
  const checkpoint = response.getCheckpoint();
  if (checkpoint !== undefined) return { kind: 'checkpoint', position: logPosition(checkpoint) };
  return response.hasCaughtUp() ? { kind: 'caught-up' } : undefined;
}

function wireEvent(recorded: pb.ReadResp.ReadEvent.RecordedEvent): WireEvent {
  const system = recorded.getMetadataMap();
  return {
    id: uuidOf(recorded.getId()),
    streamId: Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'),
    revision: Number(recorded.getStreamRevision()),
    ...logPosition(recorded),
    type: system.get('type') ?? '',
    created: system.get('created') ?? '0',
    data: recorded.getData_asU8(),
    metadata: recorded.getCustomMetadata_asU8(),
  };
}

const logPosition = (holder: { getCommitPosition(): string; getPreparePosition(): string }): LogPosition => ({
  commit: holder.getCommitPosition(),
  prepare: holder.getPreparePosition(),
});

/** The server answers with the form it likes: text, or two signed numbers of 64 bits. */
function uuidOf(uuid: shared.UUID | undefined): string {
  const structured = uuid?.getStructured();
  if (structured === undefined) return uuid?.getString() ?? '';
  const halves = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()];
  const hex = halves.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
