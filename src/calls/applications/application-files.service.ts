import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Members } from '../../cohorts/members/members.service.js';
import { conflict, invalidField, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { FileAnswer } from '../../contracts/calls/answers.js';
import type { Application } from '../../contracts/calls/applications.js';
import { type FormField, MAX_FILE_MB } from '../../contracts/calls/forms.js';
import { Attaching, StaleFiles } from '../../files/attaching.js';
import { FileHolders, type FileHolder } from '../../files/file-holders.js';
import { kindOf } from '../../files/file-kinds.js';
import type { FileRow } from '../../files/file.schema.js';
import { FilesService, type Incoming } from '../../files/files.service.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import type { Shown } from './applicant-tokens.js';
import type { AskedRow } from './application.schema.js';
import { ApplicationsRepository } from './applications.repository.js';
import { ApplicationsService, type WholeFile } from './applications.service.js';
import { filesIn, withoutFiles } from './answers/file-answers.js';

const MEGABYTE = 1_000_000;

/** One has as many files of calls as mailboxes: all who apply wait in one lane, and no line of pictures waits for them. What they send is opened, not shown in a page. */
const TAKING = { lane: 'applicants', hasPreviews: false };

/** Files that somebody adds to what they hand in: each is the answer to a field. Staff read those that were handed in. */
@Injectable()
export class ApplicationFiles implements OnModuleInit, FileHolder {
  constructor(
    private readonly service: ApplicationsService,
    private readonly applications: ApplicationsRepository,
    private readonly files: FilesService,
    private readonly attaching: Attaching,
    private readonly holders: FileHolders,
    private readonly members: Members,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holders.provide('application', this);
  }

  /**
   * Takes a file in as the answer to a field, in the place of the one before. `receivedAt`: when the last of it came, by which the closing is measured. Throws 404, 409 `call_closed`, `call_not_open`, `storage_full`, 422 `/file` `empty`, `too_large` with
   * `megabytes`, `not_a_pdf`, `not_an_image`, and as of any upload.
   */
  async add(shown: Shown, key: string, incoming: Incoming, receivedAt: Date): Promise<Application> {
    const whole = await this.service.whole(shown);
    const asked = this.service.opened(whole, receivedAt);
    if (asked && !asked.fields.includes(key))
      throw conflict('call_closed', 'This call is closed, and this is not asked for.');
    const field = whole.form.fields.find((one) => one.key === key && one.kind === 'file');
    if (!field) throw notFound();
    const megabytes = field.max ?? MAX_FILE_MB;
    if (incoming.size > megabytes * MEGABYTE) throw invalidField('/file', 'too_large', { megabytes });
    const { _id: ownerId, cohortId, callId } = whole.file;
    const accepts = (type: string) => mustBeAccepted(field, type);
    const whose = { ownerId, cohortId, callId, imported: true };
    const row = await this.files.takeIn(whose, incoming, { ...TAKING, accepts });
    try {
      await this.answer(shown, key, row, receivedAt);
    } catch (error) {
      await this.attaching.discard([row._id], ownerId);
      throw error;
    }
    return await this.service.get(shown);
  }

  /** A file of what somebody writes or has handed in, for them. Throws 404. */
  async find(shown: Shown, fileId: string): Promise<FileRow> {
    const { file } = await this.service.whole(shown);
    const id = toId(fileId);
    if (!id || ![...filesIn(file.answers), ...filesIn(file.submitted?.answers)].includes(String(id))) throw notFound();
    return await this.files.heldBy(id, { kind: 'application', id: file._id });
  }

  /** Staff of the cohort read what was handed in and stands, and nothing else. */
  async mayRead(userId: string, holder: NonNullable<FileRow['holder']>, fileId: FileRow['_id']): Promise<boolean> {
    const file = await this.applications.byId(holder.id);
    if (file?.state !== 'submitted' || !filesIn(file.submitted?.answers).includes(String(fileId))) return false;
    return (await this.members.find(String(file.cohortId), userId))?.role === 'staff';
  }

  private async answer(shown: Shown, key: string, row: FileRow, receivedAt: Date): Promise<void> {
    const answer: FileAnswer = { fileId: String(row._id), name: row.name, size: row.size, type: row.type };
    await this.service.untilWritten(
      shown,
      async (whole, asked) => (await this.write(whole, asked, key, answer, row)) || null,
      receivedAt,
    );
  }

  /** False where the file was changed meanwhile. */
  private async write(
    { file }: WholeFile,
    asked: AskedRow | null,
    key: string,
    answer: FileAnswer,
    row: FileRow,
  ): Promise<boolean> {
    const holder = { kind: 'application' as const, id: file._id, placeId: file.callId };
    const claim = { fileId: row._id, ownerId: file._id, cohortId: file.cohortId, holder };
    const gone = withoutFiles(file, { [key]: answer });
    try {
      return await this.transactions.run(async (session) => {
        if (!(await this.applications.save(file, { [key]: answer }, this.clock.now(), { session, asked })))
          return false;
        await this.attaching.hold([claim], session);
        await this.attaching.release(gone.map(idOf), session);
        return true;
      });
    } catch (error) {
      if (error instanceof StaleFiles) throw invalidField('/file', 'empty');
      throw error;
    }
  }
}

function mustBeAccepted({ accept }: FormField, type: string): void {
  if (accept === 'pdf' && type !== 'application/pdf') throw invalidField('/file', 'not_a_pdf');
  if (accept === 'image' && kindOf(type) !== 'image') throw invalidField('/file', 'not_an_image');
}
