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
import { msSinceArrival } from '../../infra/http/bodies/arrivals.js';
import { TakesOneFile } from '../../infra/http/bodies/one-file.js';
import { InLine } from '../../infra/http/load/in-line.js';
import { Replies } from '../../infra/http/replies.js';
import { Shows } from '../../infra/http/shown.js';
import { Limited, MADE_UP, ShownCount, StrangersCount } from '../../infra/http/write-limit.guard.js';
import { ApplicantGuard, CurrentApplication, READING, ShownApplication } from './applicant.guard.js';
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
  @InLine()
  @Replies(OpenedApplication)
  open(@Body({ schema: OpenApplication }) body: OpenApplication) {
    return this.applications.open(body.token);
  }
}

/** Each writes a letter. However much is typed into a file, it can be handed in. */
const HANDING_IN = { name: 'handing-in', points: 30, seconds: 3600 };

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
  @InLine()
  @ShownCount(READING)
  @Replies(Application)
  get(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.applications.get(shown);
  }

  /** What was being sent as the call closed counts by when the last of it came, however long it waited since; so do files, and what is handed in. */
  @Patch()
  @InLine()
  @Replies(SavedAnswers)
  save(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: SaveAnswers }) body: SaveAnswers,
    @Req() request: FastifyRequest,
  ) {
    return this.applications.save(shown, body, this.receivedAt(request));
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
    @Req() request: FastifyRequest,
  ) {
    if (!file?.path) throw invalidField('/file', 'required');
    const incoming = { path: file.path, size: file.size, name: file.originalname };
    try {
      return await this.files.add(shown, field, incoming, this.receivedAt(request));
    } finally {
      await rm(file.path, { force: true });
    }
  }

  @Get('files/:file')
  @ShownCount(READING)
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

  @Post('submit')
  @HttpCode(200)
  @InLine()
  @ShownCount(HANDING_IN)
  @Replies(Application)
  submit(
    @CurrentApplication() shown: Shown,
    @Param('applicationId', { schema: Id }) _id: string,
    @Body({ schema: SubmitApplication }) body: SubmitApplication,
    @Req() request: FastifyRequest,
  ) {
    return this.submitting.submit(shown, body.revision, this.receivedAt(request));
  }

  @Post('withdraw')
  @HttpCode(200)
  @InLine()
  @ShownCount(HANDING_IN)
  @Replies(Application)
  withdraw(@CurrentApplication() shown: Shown, @Param('applicationId', { schema: Id }) _id: string) {
    return this.applications.withdraw(shown);
  }

  private receivedAt({ raw }: FastifyRequest): Date {
    return new Date(this.clock.now().getTime() - Math.round(msSinceArrival(raw)));
  }
}
