import {
  Server,
  ServerCredentials,
  status,
  type ServerDuplexStream,
  type ServerReadableStream,
} from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type pb from '@eventstore/db-client/generated/streams_pb.js';
import { FakeLog } from './fake-log.js';
import {
  batchResponse,
  expectedIn,
  nameOf,
  notLeader,
  proposed,
  serviceError,
  unaryResponse,
} from './fake-messages.js';
import { FakeReading, type ReadCall } from './fake-reading.js';
import { Faults } from './faults.js';

type BatchCall = ServerDuplexStream<pb.BatchAppendReq, pb.BatchAppendResp>;
type AppendCall = ServerReadableStream<pb.AppendReq, pb.AppendResp>;

const { LEADER, FOLLOWER } = gossipMessages.MemberInfo.VNodeState;

/**
 * An EventStoreDB for tests: a gRPC server made from the client's own service definitions, with a log in memory, the
 * append decision of version 23.10, filtered reads and subscriptions, and faults to order. It goes down and comes up on
 * the same port with what it has stored.
 */
export class FakeEventStoreDB {
  readonly faults = new Faults();
  /** The other nodes of its cluster. */
  peers: readonly FakeEventStoreDB[] = [];
  /** Another node that leads: then this one refuses what only a leader answers. */
  leader: FakeEventStoreDB | undefined;
  private server: Server | undefined;
  private readonly calls = new Set<ReadCall | BatchCall>();
  private port = 0;

  private constructor(readonly log: FakeLog) {}

  /** @param log that another one has too: then they are nodes of one cluster */
  static async start(log = new FakeLog()): Promise<FakeEventStoreDB> {
    const fake = new FakeEventStoreDB(log);
    await fake.up();
    return fake;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `esdb://${this.host}?tls=false`;
  }

  async up(): Promise<void> {
    const server = new Server();
    server.addService(streams.StreamsService, {
      read: (call: ReadCall) => this.read(call),
      batchAppend: (call: BatchCall) => this.batchAppend(call),
      append: (call: AppendCall, answer: (error: Error | null, response?: pb.AppendResp) => void) =>
        this.append(call, answer),
    });
    server.addService(features.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: Answer) => answer(null, supported()),
    });
    server.addService(gossip.GossipService, {
      read: (_: unknown, answer: Answer) => answer(null, this.members()),
    });
    this.port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(
        this.port === 0 ? '127.0.0.1:0' : this.host,
        ServerCredentials.createInsecure(),
        (error, port) => (error === null ? resolve(port) : reject(error)),
      );
    });
    this.server = server;
  }

  /** Gone: connections break, new ones are refused. */
  async down(): Promise<void> {
    this.server?.forceShutdown();
    this.server = undefined;
    this.calls.clear();
  }

  /** Ends what is on its way with an error, and stays. */
  cut(): void {
    for (const call of this.calls) call.emit('error', serviceError(status.UNAVAILABLE, 'Connection dropped'));
    this.calls.clear();
  }

  /** Ends subscriptions and reads with an error. */
  cutReads(): void {
    const error = serviceError(status.UNAVAILABLE, 'Connection dropped');
    for (const call of this.calls) if ('request' in call) call.emit('error', error);
  }

  /** Ends all subscriptions and reads in good order. */
  endReads(): void {
    for (const call of this.calls) if ('request' in call) call.end();
  }

  /** Number of reads, subscriptions and append streams that are open. */
  get open(): number {
    return this.calls.size;
  }

  private read(call: ReadCall): void {
    this.remember(call);
    if (this.leader !== undefined && call.metadata.get('requires-leader')[0] === 'true') {
      call.emit('error', this.leader.asLeader());
      return;
    }
    new FakeReading(this.log, this.faults, call).answer().catch((error: Error) => call.emit('error', error));
  }

  private batchAppend(call: BatchCall): void {
    this.remember(call);
    const waiting = new Map<string, pb.BatchAppendReq>();
    if (this.faults.take('deafAppendStreams')) {
      call.resume();
      return;
    }
    call.on('data', (request: pb.BatchAppendReq) => {
      const id = request.getCorrelationId()?.getString() ?? '';
      const begun = waiting.get(id);
      if (begun === undefined) waiting.set(id, request);
      else
        begun.setProposedMessagesList([
          ...begun.getProposedMessagesList(),
          ...request.getProposedMessagesList(),
        ]);
      if (!request.getIsFinal()) return;
      const whole = waiting.get(id);
      waiting.delete(id);
      if (whole !== undefined) this.take(call, whole);
    });
    call.on('end', () => call.end());
  }

  private take(call: BatchCall, request: pb.BatchAppendReq): void {
    const { faults } = this;
    if (faults.take('swallows')) return;
    if (faults.refusal !== undefined && faults.take('refusals')) {
      call.emit('error', faults.refusal);
      return;
    }
    if (this.leader !== undefined) {
      call.emit('error', this.leader.asLeader());
      return;
    }
    const options = request.getOptions();
    if (options === undefined) return;
    const streamId = nameOf(options.getStreamIdentifier());
    const events = request.getProposedMessagesList().map(proposed);
    const verdict = this.log.append(streamId, events, expectedIn(options, options.getStreamPosition()));
    if (faults.take('storesInSilence')) return;
    if (faults.take('breaksAfterStoring')) {
      call.emit('error', serviceError(status.UNAVAILABLE, 'Connection dropped'));
      return;
    }
    const answer = (): void => {
      for (let times = 0; times < faults.answers && !call.cancelled; times += 1) {
        call.write(batchResponse(request.getCorrelationId(), streamId, verdict));
      }
    };
    if (faults.answersAfter > 0) setTimeout(answer, faults.answersAfter);
    else answer();
  }

  private append(call: AppendCall, answer: (error: Error | null, response?: pb.AppendResp) => void): void {
    const requests: pb.AppendReq[] = [];
    call.on('data', (request: pb.AppendReq) => requests.push(request));
    call.on('end', () => {
      const options = requests[0]?.getOptions();
      if (options === undefined) return;
      const messages = requests.slice(1).flatMap((request) => request.getProposedMessage() ?? []);
      const streamId = nameOf(options.getStreamIdentifier());
      answer(
        null,
        unaryResponse(
          this.log.append(streamId, messages.map(proposed), expectedIn(options, options.getRevision())),
        ),
      );
    });
  }

  private remember(call: ReadCall | BatchCall): void {
    this.calls.add(call);
    const forget = (): void => void this.calls.delete(call);
    call.on('cancelled', forget);
    call.on('close', forget);
    call.on('error', forget);
  }

  private asLeader(): Error {
    const { address, port } = this.endpoint();
    return notLeader(address, port);
  }

  private endpoint(): { address: string; port: number } {
    const [address = '', port = ''] = this.host.split(':');
    return { address, port: Number(port) };
  }

  private members(): gossipMessages.ClusterInfo {
    const members = [this, ...this.peers].map((node) => {
      const { address, port } = node.endpoint();
      return new gossipMessages.MemberInfo()
        .setInstanceId(
          new shared.UUID().setString(`00000000-0000-4000-8000-${String(port).padStart(12, '0')}`),
        )
        .setTimeStamp(String(Date.now()))
        .setState(node.leader === undefined ? LEADER : FOLLOWER)
        .setIsAlive(node.server !== undefined)
        .setHttpEndPoint(new gossipMessages.EndPoint().setAddress(address).setPort(port));
    });
    return new gossipMessages.ClusterInfo().setMembersList(members);
  }
}

type Answer = (error: Error | null, response: unknown) => void;

function supported(): featureMessages.SupportedMethods {
  const methods = ['read', 'append', 'batchappend'].map((name) =>
    new featureMessages.SupportedMethod()
      .setMethodName(name)
      .setServiceName('event_store.client.streams.streams'),
  );
  return new featureMessages.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion('23.10.6');
}
