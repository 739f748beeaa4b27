import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { problemOf } from './problem.js';
import { invalidRequest, parameterError } from './refused.js';

/** Answers what is no HTTP at all, or has headers beyond all measure: the connection is closed after it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refused = invalidRequest([parameterError('request', 'format', 'Forespørselen er ikke gyldig HTTP.')]);
  const { problem } = problemOf(refused, randomUUID());
  const body = JSON.stringify(problem);
  socket.end(
    [
      'HTTP/1.1 400 Bad Request',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Correlation-Id: ${problem.korrelasjonsid}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
