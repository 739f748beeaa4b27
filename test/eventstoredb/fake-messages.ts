/** Between the client's generated messages and the fake's log. */
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import pb from '@eventstore/db-client/generated/streams_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Message } from 'google-protobuf';
import type { Expected, LoggedEvent, Proposed, Verdict } from './fake-log.js';

interface ProposedMessage {
  getId(): shared.UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export const proposed = (message: ProposedMessage): Proposed => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export const nameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

interface ExpectedOptions {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

export function expectedIn(options: ExpectedOptions, revision: string): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'noStream';
  return options.hasStreamExists() ? 'streamExists' : Number(revision);
}

export function eventResponse(event: LoggedEvent): pb.ReadResp {
  const recorded = new pb.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.streamId))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  const system = recorded.getMetadataMap();
  system.set('type', event.type).set('content-type', event.contentType).set('created', String(event.created));
  const read = new pb.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position));
  return new pb.ReadResp().setEvent(read);
}

export function checkpointResponse(position: bigint): pb.ReadResp {
  const checkpoint = new pb.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new pb.ReadResp().setCheckpoint(checkpoint);
}

export const caughtUpResponse = (): pb.ReadResp => new pb.ReadResp().setCaughtUp(new pb.ReadResp.CaughtUp());

export const confirmationResponse = (): pb.ReadResp =>
  new pb.ReadResp().setConfirmation(new pb.ReadResp.SubscriptionConfirmation().setSubscriptionId('fake'));

export const notFoundResponse = (streamId: string): pb.ReadResp =>
  new pb.ReadResp().setStreamNotFound(
    new pb.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(streamId)),
  );

/** The answer to an append on the batch stream. A refusal's message is empty, as the server's is. */
export function batchResponse(
  correlationId: shared.UUID | undefined,
  streamId: string,
  verdict: Verdict,
): pb.BatchAppendResp {
  const response = new pb.BatchAppendResp()
    .setCorrelationId(correlationId)
    .setStreamIdentifier(identifierOf(streamId));
  if (verdict.kind === 'stored') {
    const position = new shared.AllStreamPosition();
    position
      .setCommitPosition(String(verdict.last.position))
      .setPreparePosition(String(verdict.last.position));
    const success = new pb.BatchAppendResp.Success()
      .setCurrentRevision(String(verdict.last.revision))
      .setPosition(position);
    return response.setSuccess(success);
  }
  if (verdict.kind === 'too-large') {
    const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(1024 * 1024);
    return response.setError(refusal(details, 'MaximumAppendSizeExceeded'));
  }
  const details = new shared.WrongExpectedVersion();
  if (verdict.current === undefined) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(String(verdict.current));
  return response.setError(refusal(details, 'WrongExpectedVersion'));
}

/** The answer to an append of its own. */
export function unaryResponse(verdict: Verdict): pb.AppendResp {
  if (verdict.kind === 'stored') {
    const position = new pb.AppendResp.Position();
    position
      .setCommitPosition(String(verdict.last.position))
      .setPreparePosition(String(verdict.last.position));
    const success = new pb.AppendResp.Success()
      .setCurrentRevision(String(verdict.last.revision))
      .setPosition(position);
    return new pb.AppendResp().setSuccess(success);
  }
  const wrong = new pb.AppendResp.WrongExpectedVersion();
  if (verdict.kind === 'wrong-version' && verdict.current !== undefined)
    wrong.setCurrentRevision(String(verdict.current));
  else wrong.setCurrentNoStream(new shared.Empty());
  return new pb.AppendResp().setWrongExpectedVersion(wrong);
}

/** A call that fails, with what the server says in its trailers. */
export function serviceError(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** The server is a follower now and knows the leader. */
export const notLeader = (host: string, port: number): ServiceError =>
  serviceError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

function refusal(details: Message, type: string): statusMessages.Status {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new statusMessages.Status().setDetails(packed);
}

const identifierOf = (streamId: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(streamId, 'utf8'));
