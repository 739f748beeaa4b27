import { Catch, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { sendProblem } from './problem-reply.js';
import { Refused } from './refused.js';
import { pathOf } from './route-table.js';
import type { RouteTable } from './route-table.js';

/** The one place where errors become answers, those of Fastify and Nest included. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly routes: RouteTable,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    sendProblem(this.log, this.orWrongMethod(error, request), request, http.getResponse<FastifyReply>());
  }

  private orWrongMethod(error: unknown, request: FastifyRequest): unknown {
    if (!(error instanceof NotFoundException)) return error;
    const methods = this.routes.methodsOf(pathOf(request.url));
    return methods.length === 0
      ? error
      : new Refused('method-not-allowed', { headers: { allow: methods.join(', ') } });
  }
}
