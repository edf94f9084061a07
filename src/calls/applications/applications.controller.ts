import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Req,
  Res,
  UploadedFile as Uploaded,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rm } from 'node:fs/promises';
import { ByLink } from '../../auth/tokens/shown-links.js';
import { invalidField } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import {
  Application,
  OpenApplication,
  OpenedApplication,
  SaveAnswers,
  SavedAnswers,
  SubmitApplication,
} from '../../contracts/calls/applications.js';
import { FieldKey } from '../../contracts/calls/forms.js';
import { MAX_FILE_BYTES } from '../../contracts/limits.js';
import { Id } from '../../contracts/primitives.js';
import { FilesService } from '../../files/files.service.js';
import { sendFile } from '../../files/send-file.js';
import { Public } from '../../infra/http/access.js';
import { TakesOneFile } from '../../infra/http/bodies/one-file.js';
import { Replies } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { Limited, MADE_UP, StrangersCount } from '../../infra/http/write-limit.guard.js';
import { ApplicantGuard, CurrentApplication, ShownApplication } from './applicant.guard.js';
import type { Shown } from './applicant-tokens.js';
import { ApplicationFiles } from './application-files.service.js';
import { ApplicationsService } from './applications.service.js';
import { Submitting } from './submitting.service.js';

/** The link of a mail opens a file. */
@ApiTags('calls')
@Controller('api/applications')
@Public()
export class ApplicationLinksController {
  constructor(private readonly applications: ApplicationsService) {}

  @Post('open')
  @HttpCode(200)
  @ByLink('application')
  @Replies(OpenedApplication)
  open(@Body({ schema: OpenApplication }) body: OpenApplication) {
    return this.applications.open(body.token);
  }
}

/** Each may be a large one. */
const FILES = { name: 'application-files', points: 60, seconds: 600 };

type Arrived = { path?: string; size: number; originalname: string } | undefined;

/** A file, for who applies: with the bearer that opening its link gave, without an account. */
@ApiTags('calls')
@Controller('api/applications/:applicationId')
@Public()
@UseGuards(ApplicantGuard)
@Shows(ShownApplication)
@StrangersCount(MADE_UP)
export class ApplicationsController {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly submitting: Submitting,
    private readonly files: ApplicationFiles,
    private readonly bytes: FilesService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Replies(Application)
  get(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.applications.get(shown);
  }

  @Patch()
  @Replies(SavedAnswers)
  save(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: SaveAnswers }) body: SaveAnswers,
  ) {
    return this.applications.save(shown, body);
  }

  /** The answer to a field that asks for a file: `file` is the key of the field. */
  @Post('files/:file')
  @Limited(FILES)
  @TakesOneFile(MAX_FILE_BYTES, { onDisk: true })
  @Replies(Application, 201)
  async add(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Param('file', { schema: FieldKey }) field: string,
    @Uploaded() file: Arrived,
  ) {
    if (!file?.path) throw invalidField('/file', 'required');
    try {
      return await this.files.add(shown, field, { path: file.path, size: file.size, name: file.originalname });
    } finally {
      await rm(file.path, { force: true });
    }
  }

  @Get('files/:file')
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  async file(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Param('file', { schema: Id }) fileId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const row = await this.files.find(shown, fileId);
    await sendFile(this.bytes, { row, variant: 'original' }, request, reply);
  }

  /** What was being sent as the call closed counts by when it came in, however long it waited since. */
  @Post('submit')
  @HttpCode(200)
  @Replies(Application)
  submit(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: SubmitApplication }) body: SubmitApplication,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const receivedAt = new Date(this.clock.now().getTime() - Math.round(reply.elapsedTime));
    return this.submitting.submit(shown, body.revision, receivedAt);
  }

  @Post('withdraw')
  @HttpCode(200)
  @Replies(Application)
  withdraw(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.applications.withdraw(shown);
  }
}
