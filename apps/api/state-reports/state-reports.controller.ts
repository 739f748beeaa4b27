import { Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { stateReportCommands } from '#forlop/domain';
import { reportAsCsv, reportAsHtml, viewOf } from '#forlop/read-models';
import type { ReportSource } from '#forlop/read-models';
import { ApiController } from '../http/case-controller.js';
import { negotiated } from '../http/html.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { listSchema } from '../http/page-answer.js';
import { pathSchema } from '../http/parameters.js';
import { PAGE, ReadRoute } from '../http/read-route.js';
import { Reading } from '../http/reading.js';
import type { TakenRead } from '../http/reading.js';
import { CommandRoute } from '../http/write-route.js';
import { GetIndicatorEvents } from './get-indicator-events.js';
import { GetStateReport } from './get-state-report.js';
import { StateReportCommand } from './state-report-command.js';
import {
  eventBehindSchema,
  eventsBehindExample,
  stateReportCsvExample,
  stateReportExample,
  stateReportSchema,
} from './state-report-schema.js';

@ApiController('state reports', 'state-reports/:kommunenr/:year')
@ApiParam({ name: 'kommunenr', schema: pathSchema('kommunenr') })
@ApiParam({ name: 'year', schema: pathSchema('year') })
export class StateReportsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @CommandRoute(stateReportCommands.GenerateStateReport, 'generation')
  generate(@Taken() taken: TakenCommand) {
    return this.commands.execute(new StateReportCommand('GenerateStateReport', taken));
  }

  @CommandRoute(stateReportCommands.ApproveStateReport, 'approval')
  approve(@Taken() taken: TakenCommand) {
    return this.commands.execute(new StateReportCommand('ApproveStateReport', taken));
  }

  @CommandRoute(stateReportCommands.PresentStateReport, 'presentation')
  present(@Taken() taken: TakenCommand) {
    return this.commands.execute(new StateReportCommand('PresentStateReport', taken));
  }

  @ReadRoute({
    path: '',
    name: 'GetStateReport',
    readModels: ['state-report'],
    summary: 'The report of a year (tilstandsrapport): as it was reported, or as it is known now',
    query: { view: { kind: 'view' } },
    answer: stateReportSchema,
    example: stateReportExample,
    html: true,
    csv: stateReportCsvExample,
    purpose: 'RAPPORT',
  })
  async report(
    @Reading() read: TakenRead,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const source = await this.queries.execute<GetStateReport, ReportSource>(new GetStateReport(read));
    return negotiated(request, reply, {
      json: () => viewOf(source),
      html: () => reportAsHtml(source),
      csv: () => {
        void reply.header('content-disposition', `attachment; filename="${fileName(source)}"`);
        return reportAsCsv(source);
      },
    });
  }

  @ReadRoute({
    path: 'indicators/:Qn/events',
    name: 'GetIndicatorEvents',
    readModels: ['state-report'],
    summary: 'The events behind an indicator, for those who may see the cases',
    query: { view: { kind: 'view' }, ...PAGE },
    answer: listSchema(eventBehindSchema),
    example: eventsBehindExample,
    refusals: [422],
    purpose: 'RAPPORT',
  })
  events(@Reading() read: TakenRead) {
    return this.queries.execute(new GetIndicatorEvents(read));
  }
}

const fileName = ({ municipality, year, view }: ReportSource): string =>
  `tilstandsrapport-${municipality}-${year}-${view}.csv`;
