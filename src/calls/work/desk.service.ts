import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, notFound } from '../../common/problem.js';
import { fold } from '../../common/texts/fold.js';
import { Clock } from '../../common/times/clock.js';
import type { ApplicationFile } from '../../contracts/calls/applications.js';
import type { ApplicationNotes } from '../../contracts/calls/desk.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import { ApplicationTablesRepository } from '../applications/application-tables.repository.js';
import { ApplicationTables } from '../applications/application-tables.service.js';
import { CallsService } from '../calls.service.js';
import { OwnFiles } from '../own-files.js';
import { DeskRepository } from './desk.repository.js';

/** What staff keep with a file for themselves: tags, and notes. Who applies, and jurors, never read them. */
@Injectable()
export class Desk {
  constructor(
    private readonly service: CallsService,
    private readonly files: ApplicationTablesRepository,
    private readonly tables: ApplicationTables,
    private readonly rows: DeskRepository,
    private readonly actors: ActorsNow,
    private readonly members: Members,
    private readonly own: OwnFiles,
    private readonly people: People,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 409 `own_file`, `cohort_closed`, `too_many_tags`. */
  async tag(actor: CohortActor, callId: string, applicationId: string, said: string): Promise<ApplicationFile> {
    const file = await this.loadOfOthers(actor, callId, applicationId);
    mustRun(actor);
    if (!(await this.rows.tag(file._id, await this.known(actor, file, said))))
      throw conflict('too_many_tags', 'This file has as many tags as a file can have.');
    return await this.tables.file(actor, callId, applicationId);
  }

  /** Throws 404, 409 `own_file`, `cohort_closed`. */
  async untag(actor: CohortActor, callId: string, applicationId: string, said: string): Promise<ApplicationFile> {
    const file = await this.loadOfOthers(actor, callId, applicationId);
    mustRun(actor);
    const { tags = [] } = file;
    const tag = tags.includes(said) ? said : tags.find((one) => fold(one) === fold(said));
    if (tag !== undefined) await this.rows.untag(file._id, tag);
    return await this.tables.file(actor, callId, applicationId);
  }

  /** Those that the actor reads: who joins the team later does not read what was written before, and nobody what is written about themself. Throws 404, 409 `own_file`. */
  async notes(actor: CohortActor, callId: string, applicationId: string): Promise<ApplicationNotes> {
    const file = await this.loadOfOthers(actor, callId, applicationId);
    const [rows, staff] = await Promise.all([
      this.rows.notesOf(file._id, idOf(actor.userId)),
      this.readersOf(actor, file),
    ]);
    const [writers, readers] = await Promise.all([
      this.people.byId(rows.map(({ byId }) => String(byId))),
      this.people.faces(staff),
    ]);
    return {
      items: rows.map(({ _id, byId, text, at }) => ({
        ...{ id: String(_id), by: writers.get(String(byId)) ?? null, text, at: at.toISOString() },
        isMine: String(byId) === actor.userId,
      })),
      readers,
      canWrite: actor.cohortState !== 'closed',
    };
  }

  /** Throws 404, 409 `own_file`, `cohort_closed`, `too_many_notes`. */
  async write(actor: CohortActor, callId: string, applicationId: string, text: string): Promise<ApplicationNotes> {
    const file = await this.loadOfOthers(actor, callId, applicationId);
    mustRun(actor);
    const readers = [...new Set([...(await this.readersOf(actor, file)), actor.userId])].map(idOf);
    const row = {
      ...{ _id: newId(), applicationId: file._id, byId: idOf(actor.userId) },
      ...{ text, readers, at: this.clock.now() },
    };
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.rows.countNote(file._id, session)))
        throw conflict('too_many_notes', 'There is no room for more notes about this file.');
      await this.rows.insertNote(row, session);
    });
    return await this.notes(actor, callId, applicationId);
  }

  /** One's own. Throws 404, 409 `cohort_closed`. */
  async forget(actor: CohortActor, callId: string, applicationId: string, noteId: string): Promise<ApplicationNotes> {
    const file = await this.load(actor, callId, applicationId);
    mustRun(actor);
    const _id = toId(noteId);
    const note = _id && { _id, applicationId: file._id, byId: idOf(actor.userId) };
    if (!note || !(await this.transactions.run((session) => this.rows.deleteNote(note, session)))) throw notFound();
    return await this.notes(actor, callId, applicationId);
  }

  /** The team, without whom it is about: they read nothing of it either once they have another address. */
  private async readersOf({ cohortId }: CohortActor, file: ApplicationRow): Promise<string[]> {
    const staff = await this.members.list(cohortId, { roles: ['staff'] });
    return await this.own.othersAmong(
      staff.map(({ userId }) => userId),
      file,
    );
  }

  private async loadOfOthers(actor: CohortActor, callId: string, applicationId: string): Promise<ApplicationRow> {
    const file = await this.load(actor, callId, applicationId);
    await this.own.mustBeOfOthers(actor, file);
    return file;
  }

  /**
   * As the tag is written that the file has already, or its call, in whatever letters; one that is there in these letters is that one. What the file of who asks has is not looked at: the spelling
   * would tell them of it.
   */
  private async known(actor: CohortActor, { callId, tags = [] }: ApplicationRow, said: string): Promise<string> {
    const own = (await this.own.inCall(actor, callId)).map(({ _id }) => _id);
    const all = [...tags, ...(await this.rows.tagsOf(callId, own))];
    return all.includes(said) ? said : (all.find((tag) => fold(tag) === fold(said)) ?? said);
  }

  private async load(actor: CohortActor, callId: string, applicationId: string): Promise<ApplicationRow> {
    const call = await this.service.load(actor, callId);
    const id = toId(applicationId);
    const file = id && (await this.files.one(call._id, id));
    if (!file) throw notFound();
    return file;
  }
}
