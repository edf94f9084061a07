import { Injectable } from '@nestjs/common';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalid, notFound } from '../../common/problem.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { type Answers, shownFields } from '../../contracts/calls/answers.js';
import type { ApplicationFile } from '../../contracts/calls/applications.js';
import { type AskPiece, withDependents } from '../../contracts/calls/asking.js';
import type { FormField } from '../../contracts/calls/forms.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ApplicationMails } from '../applications/application-mails.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import { ApplicationTablesRepository } from '../applications/application-tables.repository.js';
import { ApplicationTables } from '../applications/application-tables.service.js';
import { CallsRepository } from '../calls.repository.js';
import { CallsService } from '../calls.service.js';
import { OwnFiles } from '../own-files.js';
import { AskingRepository } from './asking.repository.js';

const MOST_AHEAD_MS = 60 * DAY;

/** Staff ask who applies for a piece that is missing: just those questions are opened again, also after the closing. */
@Injectable()
export class Asking {
  constructor(
    private readonly service: CallsService,
    private readonly calls: CallsRepository,
    private readonly actors: ActorsNow,
    private readonly files: ApplicationTablesRepository,
    private readonly tables: ApplicationTables,
    private readonly rows: AskingRepository,
    private readonly mails: ApplicationMails,
    private readonly own: OwnFiles,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Throws 404, 409 `own_file`, `cohort_closed`, `not_handed_in`, `decided`, `edited_meanwhile`, 422 as {@link AskPiece}. */
  async ask(actor: CohortActor, callId: string, applicationId: string, body: AskPiece): Promise<ApplicationFile> {
    const file = await this.load(actor, callId, applicationId);
    mustRun(actor);
    if (file.state !== 'submitted')
      throw conflict('not_handed_in', 'One asks for what is missing in what was handed in.');
    if (file.decision) throw conflict('decided', 'It was decided about this file: it is kept as it was.');
    const now = this.clock.now();
    const until = new Date(body.until);
    const form = (await this.calls.form(file.callId, file.version))?.fields ?? [];
    const problems = problemsOf(form, file.submitted?.answers ?? {}, body, until, now);
    if (problems.length > 0) throw invalid(problems);
    const turn = (file.asked?.turn ?? 0) + 1;
    const fields = withDependents(form, body.fields);
    const asked = { fields, until, words: body.words, at: now, byId: idOf(actor.userId), turn };
    await this.transactions.run(async (session) => {
      await this.actors.heldAsStaff(actor, session);
      if (!(await this.rows.ask(file, asked, session)))
        throw conflict('edited_meanwhile', 'Somebody changed this file meanwhile.');
      await this.mails.asked(file._id, turn, session);
    });
    return await this.tables.file(actor, callId, applicationId);
  }

  /** They are not asked any more. Throws 404, 409 `own_file`, `cohort_closed`. */
  async end(actor: CohortActor, callId: string, applicationId: string): Promise<ApplicationFile> {
    const file = await this.load(actor, callId, applicationId);
    mustRun(actor);
    if (file.asked) await this.rows.end(file, this.clock.now());
    return await this.tables.file(actor, callId, applicationId);
  }

  private async load(actor: CohortActor, callId: string, applicationId: string): Promise<ApplicationRow> {
    const call = await this.service.load(actor, callId);
    const id = toId(applicationId);
    const file = id && (await this.files.one(call._id, id));
    if (!file) throw notFound();
    await this.own.mustBeOfOthers(actor, file);
    return file;
  }
}

function problemsOf(
  form: readonly FormField[],
  answers: Answers,
  { fields }: AskPiece,
  until: Date,
  now: Date,
): FieldProblem[] {
  const seen = shownFields(form, answers).filter(({ kind }) => kind !== 'section');
  const keys = new Set(seen.map(({ key }) => key));
  return [
    ...fields.flatMap((key, at) => (keys.has(key) ? [] : [{ field: `/fields/${at}`, code: 'not_asked' }])),
    ...(until <= now ? [{ field: '/until', code: 'in_the_past' }] : []),
    ...(until.getTime() - now.getTime() > MOST_AHEAD_MS ? [{ field: '/until', code: 'too_late' }] : []),
  ];
}
