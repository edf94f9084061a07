import { Controller, Delete, Get, Param, Put, Req, Res, UploadedFile } from '@nestjs/common';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FilesCookie } from '../auth/tokens/files-cookie.js';
import type { CohortActor } from '../common/actor.js';
import { invalidField, notFound } from '../common/problem.js';
import { Cohort } from '../contracts/cohorts/cohorts.js';
import { InCohort, Public } from '../infra/http/access.js';
import { TakesOneFile } from '../infra/http/bodies/one-file.js';
import { Replies } from '../infra/http/replies.js';
import { KEPT_FOR_A_DAY } from '../infra/http/security-headers.js';
import { Shows } from '../infra/http/shown.js';
import { Limited } from '../infra/http/write-limit.guard.js';
import { CohortLogos } from './cohort-logos.service.js';
import { CurrentCohortActor } from './cohort.guard.js';
import { Logos } from './logos.js';

const CHANGES = { name: 'cohort-logos', points: 20, seconds: 3600 };
const MAX_BYTES = 8 * 1024 * 1024;

/** The logo of a cohort, set by its programme team. */
@ApiTags('cohorts')
@Controller('api/cohorts/:cohortId/logo')
@InCohort('staff', 'admin')
export class CohortLogosController {
  constructor(private readonly logos: CohortLogos) {}

  @Put()
  @Limited(CHANGES)
  @TakesOneFile(MAX_BYTES)
  @Replies(Cohort)
  set(@CurrentCohortActor() actor: CohortActor, @UploadedFile() file: { buffer?: Buffer } | undefined) {
    if (!file?.buffer) throw invalidField('/file', 'required');
    return this.logos.set(actor, file.buffer);
  }

  @Delete()
  @Replies(Cohort)
  remove(@CurrentCohortActor() actor: CohortActor) {
    return this.logos.remove(actor);
  }
}

/** Logos, opened by the files cookie, as faces are: any signed-in person sees one whose unguessable name they were given. */
@ApiExcludeController()
@Controller('files/logos')
@Public()
@Shows(FilesCookie)
export class LogoFilesController {
  constructor(
    private readonly logos: Logos,
    private readonly cookie: FilesCookie,
  ) {}

  @Get(':name')
  async get(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    await this.cookie.reader(request, reply);
    const image = await this.logos.read(name);
    if (!image) throw notFound();
    void reply.type('image/png').header('cache-control', KEPT_FOR_A_DAY);
    return image;
  }
}
