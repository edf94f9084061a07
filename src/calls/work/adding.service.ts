import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { mustRun } from '../../cohorts/cohort-rules.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { ActorsNow } from '../../cohorts/members/actors-now.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalid, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { missingIn } from '../../contracts/calls/answers.js';
import type { ApplicationFile } from '../../contracts/calls/applications.js';
import type { AddFile } from '../../contracts/calls/desk.js';
import { type FormField, NAME_FIELD } from '../../contracts/calls/forms.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { ApplicationForgetting } from '../applications/application-forgetting.js';
import { ApplicationMails } from '../applications/application-mails.js';
import type { ApplicationRow } from '../applications/application.schema.js';
import { ApplicationTablesRepository } from '../applications/application-tables.repository.js';
import { ApplicationTables } from '../applications/application-tables.service.js';
import { ApplicationsRepository } from '../applications/applications.repository.js';
import { problemsOfAnswers } from '../applications/answers/merging.js';
import { handedOf } from '../applications/submitting.service.js';
import { CallsRepository } from '../calls.repository.js';
import { CallsService } from '../calls.service.js';
import { OwnFiles } from '../own-files.js';
import { untilSettled } from '../places/overtaken.js';
import { PlaceLosing } from '../places/place-losing.js';

/** Staff add a file that came by mail, as it was written there: who applies gets the receipt, and the link. */
@Injectable()
export class AddingFiles {
  constructor(
    private readonly service: CallsService,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly applications: ApplicationsRepository,
    private readonly tables: ApplicationTables,
    private readonly mails: ApplicationMails,
    private readonly files: ApplicationTablesRepository,
    private readonly forgetting: ApplicationForgetting,
    private readonly losing: PlaceLosing,
    private readonly own: OwnFiles,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Also after the closing: that one of their own comes late is for others to say. Throws 404, 409 `cohort_closed`, `own_file`, `not_published`, `address_taken`, `too_late`, 422 as {@link AddFile}. */
  async add(actor: CohortActor, callId: string, { email, locale, answers }: AddFile): Promise<ApplicationFile> {
    const call = await this.service.load(actor, callId);
    mustRun(actor);
    await this.own.mustBeOfOthers(actor, { email });
    const [cohort, form] = await Promise.all([
      this.cohorts.byId(call.cohortId),
      call.version > 0 ? this.calls.form(call._id, call.version) : null,
    ]);
    if (!cohort) throw notFound();
    if (!form) throw conflict('not_published', 'A file answers a form that is out.');
    const problems = wrongOf(form.fields, answers);
    if (problems.length > 0) throw invalid(problems);
    const now = this.clock.now();
    const fresh: ApplicationRow = {
      ...{ _id: newId(), callId: call._id, cohortId: call.cohortId, email, locale, timeZone: call.timeZone },
      ...{ key: randomBytes(9).toString('hex'), state: 'submitted', version: form.version, revision: 1, answers },
      revisions: Object.fromEntries(Object.keys(answers).map((key) => [key, 1])),
      ...{ createdAt: now, openedAt: now, changedAt: now, submitted: null, withdrawnAt: null, eraseAt: now },
      ...{ addedById: idOf(actor.userId), isUnread: true },
    };
    const number = await this.calls.nextNumber(call._id);
    const row = { ...fresh, ...handedOf({ file: fresh, call, cohort, form }, answers, number, now) };
    if (row.eraseAt <= now) throw conflict('too_late', 'What was handed in to this call is erased by now.');
    try {
      await this.transactions.run(async (session) => {
        await this.actors.heldAsStaff(actor, session);
        // Anybody can ask for a link to an address; until it is opened that is no file of theirs.
        const unopened = await this.applications.takeUnopened(call._id, email, session);
        if (unopened) await this.mails.forget([unopened], session);
        await this.applications.insert(row, session);
        await this.mails.receipt(row._id, { times: row.submitted.times }, session);
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'applicant')) throw error;
      throw conflict(
        'address_taken',
        'There is a file of this address in this call, perhaps one that is not handed in yet.',
      );
    }
    return await this.tables.file(actor, callId, String(row._id));
  }

  /** One that was added to a wrong address goes again, with its link and all that is kept with it; its place goes to the next, who may be somebody of the team: who applied themself removes none. Throws 404, 409 `cohort_closed`, `own_file`, `already_opened`. */
  async remove(actor: CohortActor, callId: string, applicationId: string): Promise<void> {
    const call = await this.service.load(actor, callId);
    const id = toId(applicationId);
    const file = id && (await this.files.one(call._id, id));
    if (!file) throw notFound();
    mustRun(actor);
    await this.own.mustNotApply(actor, call._id);
    await untilSettled(this.transactions, async (session) => {
      await this.actors.heldAsStaff(actor, session);
      await this.losing.lose(file._id, 'withdrawn', session);
      if (!(await this.applications.deleteUnread(file._id, session)))
        throw conflict('already_opened', 'Who applies has opened the link of this file: it is theirs.');
      await this.forgetting.forget({ ...file, callId: call._id }, session);
    });
  }
}

/** What is wrong with answers that came by mail, each field once: something may be missing, but not whose they are. */
function wrongOf(fields: readonly FormField[], answers: AddFile['answers']): FieldProblem[] {
  const missing = missingIn(fields, answers).filter(({ field, code }) => code !== 'required' || field === NAME_FIELD);
  const wrong = missing.map(({ field, code }) => ({ field: `/answers/${field}`, code }));
  const theirs = fields.filter(({ key, kind }) => kind === 'statement' && answers[key] !== undefined);
  const shapeless = [
    ...problemsOfAnswers(fields, answers),
    ...theirs.map(({ key }) => ({ field: `/answers/${key}`, code: 'theirs' })),
  ];
  return [...shapeless, ...wrong.filter(({ field }) => !shapeless.some((one) => one.field === field))];
}
