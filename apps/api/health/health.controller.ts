import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { MetricRegistry, isLoopback, printPrometheus } from '#forlop/platform';
import type { FastifyRequest } from 'fastify';
import { Refused } from '../edge/refused.js';
import { Readiness } from './readiness.js';
import type { ReadinessReport } from './readiness.js';

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: MetricRegistry,
  ) {}

  @Get('health/live')
  @ApiOperation({ operationId: 'Live', summary: 'The process answers', security: [] })
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('health/ready')
  @ApiOperation({
    operationId: 'Ready',
    summary:
      'Databases and projections, with their lag; `degraded` when a projection stands or has parked streams',
    security: [],
  })
  ready(): Promise<ReadinessReport> {
    return this.readiness.report();
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ operationId: 'Metrics', summary: 'Prometheus metrics, on loopback only', security: [] })
  async print(@Req() request: FastifyRequest): Promise<string> {
    const { remoteAddress } = request.socket;
    const passedOn = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
    if (passedOn !== undefined || !isLoopback(remoteAddress ?? '')) throw new Refused('not-found');
    return printPrometheus(await this.metrics.collect());
  }
}
