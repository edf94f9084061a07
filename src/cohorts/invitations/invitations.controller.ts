import { Body, Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CohortActor } from '../../common/actor.js';
import { parse } from '../../common/validation.js';
import {
  Invitation,
  InvitePeople,
  InviteResult,
  InvitedPeopleQuery,
  InvitedPerson,
} from '../../contracts/cohorts/cohorts.js';
import { AskLetters, LettersAsked, SendAt } from '../../contracts/cohorts/invitation-letters.js';
import { Id, PageQuery, QueryFlag, page } from '../../contracts/primitives.js';
import { InCohort } from '../../infra/http/access.js';
import { charsetOf } from '../../infra/http/bodies/csv-body.js';
import { Replies, RepliesNothing } from '../../infra/http/replies.js';
import { Limited } from '../../infra/http/write-limit.guard.js';
import { CurrentCohortActor } from '../cohort.guard.js';
import { InvitationImport } from './invitation-import.service.js';
import { InvitedPeople } from '../invited/invited-people.service.js';
import { Invitations } from './invitations.service.js';
import { InvitationSending } from './sending.service.js';

const InvitedList = z.object({ items: z.array(InvitedPerson) });
const INVITING = { name: 'invitations', points: 300, seconds: 3600 };

const ImportQuery = z.strictObject({ dryRun: QueryFlag.optional(), sendAt: SendAt.unwrap().optional() });

/** `firstOnly`: not where they have had a letter. */
const SendQuery = z.strictObject({ firstOnly: QueryFlag.optional() });

/** Inviting people, and what became of it. */
@ApiTags('people')
@Controller('api/cohorts/:cohortId/invitations')
@InCohort('staff', 'admin')
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly imports: InvitationImport,
    private readonly sending: InvitationSending,
    private readonly invited: InvitedPeople,
  ) {}

  @Get()
  @Replies(page(Invitation))
  list(@CurrentCohortActor() actor: CohortActor, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.invitations.page(actor, query);
  }

  @Get('people')
  @Replies(InvitedList)
  people(@CurrentCohortActor() actor: CohortActor, @Query({ schema: InvitedPeopleQuery }) query: InvitedPeopleQuery) {
    return this.invited.list(actor, query);
  }

  /** JSON, or a CSV file with `?dryRun=true` and `?sendAt=`. */
  @Post()
  @Limited(INVITING)
  @ApiConsumes('application/json', 'text/csv')
  @ApiBody({
    description:
      'Lines of CSV may be any text: what is no table of people invites nobody, and `errors` of the answer say why, line by line.',
    schema: z.toJSONSchema(InvitePeople, { target: 'openapi-3.0', io: 'input' }) as never,
  })
  @Replies(InviteResult)
  invite(
    @CurrentCohortActor() actor: CohortActor,
    @Query({ schema: ImportQuery }) query: z.infer<typeof ImportQuery>,
    @Req() request: FastifyRequest,
  ) {
    const { dryRun = false, sendAt } = query;
    if (Buffer.isBuffer(request.body)) {
      return this.imports.csv(actor, { bytes: request.body, charset: charsetOf(request) }, { dryRun, sendAt });
    }
    const { people, ...wanted } = parse(InvitePeople, request.body);
    return this.imports.people(actor, people, { dryRun, sendAt, ...wanted });
  }

  @Post('letters')
  @Limited(INVITING)
  @Replies(LettersAsked)
  send(@CurrentCohortActor() actor: CohortActor, @Body({ schema: AskLetters }) body: AskLetters) {
    return this.sending.send(actor, body);
  }

  @Post(':invitationId/send')
  @Limited(INVITING)
  @Replies(Invitation)
  sendAgain(
    @CurrentCohortActor() actor: CohortActor,
    @Param('invitationId', { schema: Id }) invitationId: string,
    @Query({ schema: SendQuery }) { firstOnly }: z.infer<typeof SendQuery>,
  ) {
    return this.sending.sendAgain(actor, invitationId, firstOnly);
  }

  @Delete(':invitationId')
  @RepliesNothing()
  revoke(@CurrentCohortActor() actor: CohortActor, @Param('invitationId', { schema: Id }) invitationId: string) {
    return this.invitations.revoke(actor, invitationId);
  }
}
