import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Revocations } from '../../auth/tokens/revocations.js';
import { CurrentCohortActor } from '../../cohorts/cohort.guard.js';
import type { CohortActor } from '../../common/actor.js';
import { ApplicationFile, ApplicationPage, ApplicationsQuery } from '../../contracts/calls/applications.js';
import { Id } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { ApplicationTables } from './application-tables.service.js';

/** Each reads all answers of a call. */
const EXPORTS = { name: 'application-exports', points: 20, seconds: 600 };

/** What was handed in to a call, for the programme team. */
@ApiTags('calls')
@Controller('api/cohorts/:cohortId/calls/:callId')
@InCohort('staff')
export class ApplicationTablesController {
  constructor(
    private readonly tables: ApplicationTables,
    private readonly revocations: Revocations,
  ) {}

  @Get('applications')
  @Replies(ApplicationPage)
  page(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Query({ schema: ApplicationsQuery }) query: ApplicationsQuery,
  ) {
    return this.tables.page(actor, callId, query);
  }

  @Get('applications.csv')
  @InLine()
  @Limited(EXPORTS)
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async csv(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Res() reply: FastifyReply,
  ) {
    const pieces = await this.tables.csv(actor, callId);
    this.revocations.ends(actor.loginId, { request: reply.raw.req, answer: reply.raw });
    await reply
      .headers({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="applications.csv"',
      })
      .send(Readable.from(pieces, { objectMode: false }));
  }

  @Get('applications/:applicationId')
  @Replies(ApplicationFile)
  file(
    @CurrentCohortActor() actor: CohortActor,
    @Param('callId', { schema: Id }) callId: string,
    @Param('applicationId', { schema: Id }) applicationId: string,
  ) {
    return this.tables.file(actor, callId, applicationId);
  }
}
