import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { conflict, invalid, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { Application, OpenedApplication, SaveAnswers, SavedAnswers } from '../../contracts/calls/applications.js';
import { Attaching } from '../../files/attaching.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import type { CallFormRow, CallRow } from '../call.schema.js';
import { isOver } from '../call-times.js';
import { standingDecision, stateFor } from '../decisions/deciding.js';
import { filledIn } from '../decisions/filled-in.js';
import { CallsRepository } from '../calls.repository.js';
import { PublicCallsService } from '../public-calls.service.js';
import { ApplicantTokens, type Shown } from './applicant-tokens.js';
import { ApplicationMails } from './application-mails.js';
import type { ApplicationRow } from './application.schema.js';
import { ApplicationsRepository } from './applications.repository.js';
import { eraseAt } from './erase-times.js';
import { withoutFiles } from './file-answers.js';
import { type SentAnswers, merged, problemsOfAnswers } from './merging.js';

const MAX_TRIES = 20;

/** A file with what it is about. */
export interface WholeFile {
  file: ApplicationRow;
  call: CallRow;
  cohort: CohortRow;
  form: CallFormRow;
}

/** A file in the hands of who applies: opened by the link of their mail, kept as it is typed, taken back. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly applications: ApplicationsRepository,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly publicCalls: PublicCallsService,
    private readonly tokens: ApplicantTokens,
    private readonly mails: ApplicationMails,
    private readonly attaching: Attaching,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Opens what the link of a mail leads to. From the first time on it is somebody's, and they are reminded of it. Throws 404 for a link that is none of ours, and of what is erased. */
  async open(token: string): Promise<OpenedApplication> {
    const shown = this.tokens.readLink(token);
    if (!shown) throw notFound();
    const whole = await this.whole(shown);
    if (!whole.file.openedAt) await this.begin(whole);
    const { file } = whole.file.openedAt ? whole : await this.whole(shown);
    return { accessToken: this.tokens.access(file), application: this.present({ ...whole, file }) };
  }

  /** Throws 404. */
  async get(shown: Shown): Promise<Application> {
    return this.present(await this.whole(shown));
  }

  /** Keeps answers as they are typed. Throws 404, 409 `call_closed`, `call_not_open`, 422. */
  async save(shown: Shown, { revision, answers }: SaveAnswers): Promise<SavedAnswers> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const whole = await this.whole(shown);
      this.mustBeOpen(whole);
      const problems = problemsOfAnswers(whole.form.fields, answers);
      if (problems.length > 0) throw invalid(problems);
      const { taken, conflicts } = merged(whole.file, answers, revision);
      const isNothing = Object.keys(taken).length === 0;
      if (isNothing || (await this.keep(whole.file, taken))) return { application: await this.get(shown), conflicts };
    }
    throw conflict('edited_meanwhile', 'Others are writing in this file right now. Try again.');
  }

  /** Takes it back: nobody reads it any more, and it is erased soon. Again: nothing. Throws 404. */
  async withdraw(shown: Shown): Promise<Application> {
    const { file, call } = await this.whole(shown);
    const now = this.clock.now();
    await this.transactions.run(async (session) => {
      const erased = eraseAt({ ...file, state: 'withdrawn', withdrawnAt: now }, call);
      if (await this.applications.withdraw(file._id, now, erased, session))
        await this.mails.withdrawn(file._id, now, session);
    });
    return await this.get(shown);
  }

  /** A file with its call, form and cohort. Throws 404. */
  async whole({ applicationId, key }: Shown): Promise<WholeFile> {
    const id = toId(applicationId);
    const file = id && (await this.applications.byId(id));
    const call = file && file.key === key ? await this.calls.byId(file.callId) : null;
    if (!file || !call) throw notFound();
    const [cohort, form] = await Promise.all([
      this.cohorts.byId(call.cohortId),
      this.calls.form(call._id, file.version),
    ]);
    if (!cohort || !form) throw notFound();
    return { file, call, cohort, form };
  }

  /** Throws 409 `call_closed`, `call_not_open`, `decided` unless something can be written at an instant, now if none is given. */
  mustBeOpen({ file, call, cohort }: Pick<WholeFile, 'file' | 'call' | 'cohort'>, at = this.clock.now()): void {
    if (file.decision) throw conflict('decided', 'It was decided about this file: it is kept as it was.');
    if (this.publicCalls.isOpen(call, cohort, at)) return;
    if (isOver(call, at) || cohort.state === 'closed')
      throw conflict('call_closed', 'This call is closed.', { closedAt: call.closesAt?.toISOString() });
    throw conflict('call_not_open', 'This call is not open yet.');
  }

  /** False where the file was changed meanwhile. A file that was taken away is nobody's from then on. */
  private async keep(file: ApplicationRow, taken: SentAnswers): Promise<boolean> {
    const gone = withoutFiles(file, taken);
    if (gone.length === 0) return await this.applications.save(file, taken, this.clock.now());
    return await this.transactions.run(async (session) => {
      if (!(await this.applications.save(file, taken, this.clock.now(), session))) return false;
      await this.attaching.release(gone.map(idOf), session);
      return true;
    });
  }

  private async begin({ file, call }: WholeFile): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run(async (session) => {
      const isFirst = await this.applications.open(file._id, now, eraseAt({ ...file, openedAt: now }, call), session);
      if (isFirst && call.closesAt) await this.mails.remind([file._id], call.closesAt, session);
    });
  }

  private present({ file, call, cohort, form }: WholeFile): Application {
    const {
      title,
      lead: _lead,
      text: _text,
      criteria: _criteria,
      form: _form,
      ...shown
    } = this.publicCalls.publicOf(call, cohort, form);
    const { submitted, revision } = file;
    const now = this.clock.now();
    const isOpen = shown.isOpen && !file.decision;
    const decision = file.state === 'submitted' ? standingDecision(file, now) : null;
    return {
      ...{ id: String(file._id), state: stateFor(file, now), number: file.numberText ?? null, email: file.email },
      ...{ locale: file.locale, call: { ...shown, title }, form: { version: form.version, fields: form.fields } },
      ...{ revision, answers: file.answers, revisions: file.revisions },
      changedAt: file.changedAt?.toISOString() ?? null,
      submitted: submitted && {
        ...{ at: submitted.at.toISOString(), times: submitted.times, revision: submitted.revision },
        ...{ answers: submitted.answers, isChanged: submitted.revision !== revision },
      },
      withdrawnAt: file.withdrawnAt?.toISOString() ?? null,
      decision: decision && {
        ...{ kind: decision.kind, at: decision.sendAt.toISOString() },
        words: filledIn(decision.words[file.locale], {
          name: submitted?.known.name ?? '',
          number: file.numberText ?? '',
        }),
      },
      eraseAt: eraseAt({ ...file, decision }, call).toISOString(),
      abilities: { edit: isOpen, submit: isOpen, withdraw: file.state !== 'withdrawn' },
    };
  }
}
