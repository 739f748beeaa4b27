import { Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InnsynPackage } from '#forlop/command-handling';
import { accessRequestCommands } from '#forlop/domain';
import type { AccessRequestView } from '#forlop/read-models';
import { ApiController } from '../http/case-controller.js';
import { negotiated } from '../http/html.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { listSchema } from '../http/page-answer.js';
import { PAGE, ReadRoute } from '../http/read-route.js';
import { Reading } from '../http/reading.js';
import type { TakenRead } from '../http/reading.js';
import { CommandRoute } from '../http/write-route.js';
import {
  accessRequestItemSchema,
  accessRequestSchema,
  packageSchema,
  proposalItemSchema,
} from './access-request-schema.js';
import { GetAccessRequest } from './get-access-request.js';
import { GetInnsynPackage } from './get-package.js';
import { GetProposal } from './get-proposal.js';
import { InnsynCommand } from './innsyn-command.js';
import { ListAccessRequests } from './list-access-requests.js';
import { packagePage } from './package-page.js';

@ApiController('access requests', 'access-requests')
export class AccessRequestsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @CommandRoute(accessRequestCommands.RequestInnsyn, '')
  request(@Taken() taken: TakenCommand) {
    return this.commands.execute(new InnsynCommand('RequestInnsyn', taken));
  }

  @CommandRoute(accessRequestCommands.AssessInnsynDocument, ':requestId/document-assessments')
  assess(@Taken() taken: TakenCommand) {
    return this.commands.execute(new InnsynCommand('AssessInnsynDocument', taken));
  }

  @CommandRoute(accessRequestCommands.DecideInnsyn, ':requestId/decision')
  decide(@Taken() taken: TakenCommand) {
    return this.commands.execute(new InnsynCommand('DecideInnsyn', taken));
  }

  @CommandRoute(accessRequestCommands.DeliverInnsyn, ':requestId/delivery')
  deliver(@Taken() taken: TakenCommand) {
    return this.commands.execute(new InnsynCommand('DeliverInnsyn', taken));
  }

  @CommandRoute(accessRequestCommands.DiscloseToRepresentative, ':requestId/representative-disclosures')
  disclose(@Taken() taken: TakenCommand) {
    return this.commands.execute(new InnsynCommand('DiscloseToRepresentative', taken));
  }

  @ReadRoute({
    path: '',
    name: 'ListAccessRequests',
    readModels: ['access-requests'],
    summary: 'Requests for access (innsynsbegjæringer) with deadline and state; a party sees the own',
    query: PAGE,
    answer: listSchema(accessRequestItemSchema),
  })
  list(@Reading() read: TakenRead) {
    return this.queries.execute(new ListAccessRequests(read));
  }

  @ReadRoute({
    path: ':requestId',
    name: 'GetAccessRequest',
    readModels: ['access-requests'],
    summary: 'A request for access, with its assessments and what is left to do',
    answer: accessRequestSchema,
  })
  async get(@Reading() read: TakenRead, @Res({ passthrough: true }) reply: FastifyReply) {
    const view = await this.queries.execute<GetAccessRequest, AccessRequestView>(new GetAccessRequest(read));
    void reply.header('etag', `"${view.revision}"`);
    return view;
  }

  @ReadRoute({
    path: ':requestId/proposal',
    name: 'GetInnsynProposal',
    readModels: [],
    summary: 'Everything that the cases hold, to be assessed for access; internal documents are marked',
    answer: listSchema(proposalItemSchema),
  })
  proposal(@Reading() read: TakenRead) {
    return this.queries.execute(new GetProposal(read));
  }

  /** The JSON is sent as it was hashed: `packageHash` of the delivery is the SHA-256 of exactly these bytes. */
  @ReadRoute({
    path: ':requestId/package',
    name: 'GetInnsynPackage',
    readModels: [],
    summary:
      'What is delivered (innsynspakken) by the last decision: manifest, texts, and what is withheld on which ground',
    answer: packageSchema,
    html: true,
    refusals: [409],
  })
  async package(
    @Reading() read: TakenRead,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { text, manifest, packageHash } = await this.queries.execute<GetInnsynPackage, InnsynPackage>(
      new GetInnsynPackage(read),
    );
    return negotiated(request, reply, {
      json: () => {
        void reply.type('application/json; charset=utf-8');
        return text;
      },
      html: () => packagePage(manifest, packageHash),
    });
  }
}
