import { Injectable } from '@nestjs/common';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { conflict, invalid, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { Application, OpenedApplication, SaveAnswers, SavedAnswers } from '../../contracts/calls/applications.js';
import type { MyPlace } from '../../contracts/calls/places.js';
import { Attaching } from '../../files/attaching.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import type { CallFormRow, CallRow } from '../call.schema.js';
import { isOver } from '../call-times.js';
import { standingDecision, stateFor } from '../decisions/deciding.js';
import { filledIn } from '../decisions/filled-in.js';
import { acceptanceEnded } from '../calls.events.js';
import { CallsRepository } from '../calls.repository.js';
import { untilSettled } from '../places/overtaken.js';
import { PlaceLosing } from '../places/place-losing.js';
import { shownPlace } from '../places/placing.js';
import { PublicCallsService } from '../public-calls.service.js';
import { askedAt, myAsked } from '../work/asked-piece.js';
import { ApplicantTokens, type Given, type Shown } from './applicant-tokens.js';
import { ApplicationMails } from './application-mails.js';
import type { ApplicationRow, AskedRow, PlaceRow } from './application.schema.js';
import { ApplicationsRepository } from './applications.repository.js';
import { eraseAt } from './erase-times.js';
import { withoutFiles } from './answers/file-answers.js';
import { type SentAnswers, merged, problemsOfAnswers, tooLongAsWhole } from './answers/merging.js';

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
    private readonly losing: PlaceLosing,
    private readonly attaching: Attaching,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Opens what the link of a mail leads to. Throws 404 for a link that is none of ours, and of what is erased. */
  async open(token: string): Promise<OpenedApplication> {
    const shown = this.tokens.readLink(token);
    if (!shown) throw notFound();
    return await this.openFor(shown);
  }

  /** Opens a file. From the first time on it is somebody's, and they are reminded of it. `given`: by which account it is opened, where that is by no mail. Throws 404. */
  async openFor(shown: Shown, given?: Given): Promise<OpenedApplication> {
    const whole = await this.whole(shown);
    const { openedAt, isUnread } = whole.file;
    if (!openedAt) await this.begin(whole);
    if (isUnread) await this.applications.read(whole.file._id);
    const { file } = openedAt && !isUnread ? whole : await this.whole(shown);
    return { accessToken: this.tokens.access(file, given), application: this.present({ ...whole, file }) };
  }

  /** Throws 404. */
  async get(shown: Shown): Promise<Application> {
    return this.present(await this.whole(shown));
  }

  /** Keeps answers as they are typed. `receivedAt`: when the last of them came, while the call was open, or not. Throws 404, 409 `call_closed`, `call_not_open`, 422. */
  async save(shown: Shown, { revision, answers }: SaveAnswers, receivedAt: Date): Promise<SavedAnswers> {
    const conflicts = await this.untilWritten(
      shown,
      async (whole, asked) => {
        const problems = problemsOfAnswers(whole.form.fields, answers, asked?.fields);
        if (problems.length > 0) throw invalid(problems);
        const { taken, conflicts: found } = merged(whole.file, answers, revision);
        const long = tooLongAsWhole(whole.file.answers, taken);
        if (long.length > 0) throw invalid(long);
        const isNothing = Object.keys(taken).length === 0;
        return isNothing || (await this.keep(whole.file, taken, asked)) ? found : null;
      },
      receivedAt,
    );
    return { application: await this.get(shown), conflicts };
  }

  /** Writes into a file as it stands, and again where others were faster: then `write` gives null. Throws 404, 409 `call_closed`, `call_not_open`, `decided`, `edited_meanwhile`. */
  async untilWritten<T>(
    shown: Shown,
    write: (whole: WholeFile, asked: AskedRow | null) => Promise<T | null>,
    at = this.clock.now(),
  ): Promise<T> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const whole = await this.whole(shown);
      const written = await write(whole, this.opened(whole, at));
      if (written !== null) return written;
    }
    throw conflict('edited_meanwhile', 'Others are writing in this file right now. Try again.');
  }

  /** Takes it back: nobody reads it any more, it is erased soon, and the next one is offered its place. Again: nothing. Throws 404. */
  async withdraw(shown: Shown): Promise<Application> {
    const { file, call } = await this.whole(shown);
    const now = this.clock.now();
    await untilSettled(this.transactions, async (session) => {
      const erased = eraseAt({ ...file, state: 'withdrawn', withdrawnAt: now }, call);
      await this.losing.lose(file._id, 'withdrawn', session);
      const times = await this.applications.withdraw(file._id, now, erased, session);
      if (times === null) return;
      await this.mails.withdrawn(file._id, times, session);
      await this.outbox.write(acceptanceEnded, { applicationId: String(file._id) }, session);
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

  /**
   * What can be written at an instant, now if none is given: all of it (null), or what the file is asked for. Throws 409 `call_closed`, `call_not_open`, `decided` where nothing can. A decision that is
   * held is never told: after the closing all files answer alike.
   */
  opened({ file, call, cohort }: Pick<WholeFile, 'file' | 'call' | 'cohort'>, at = this.clock.now()): AskedRow | null {
    const isOpen = this.publicCalls.isOpen(call, cohort, at);
    if (isOpen && !file.decision) return null;
    const asked = cohort.state === 'closed' ? null : askedAt(file, at);
    if (asked) return asked;
    if (isOpen && standingDecision(file, at))
      throw conflict('decided', 'It was decided about this file: it is kept as it was.');
    if (isOpen || isOver(call, at) || cohort.state === 'closed')
      throw conflict('call_closed', 'This call is closed.', { closedAt: call.closesAt?.toISOString() });
    throw conflict('call_not_open', 'This call is not open yet.');
  }

  /** False where the file was changed meanwhile. A file that was taken away is nobody's from then on. */
  private async keep(file: ApplicationRow, taken: SentAnswers, asked: AskedRow | null): Promise<boolean> {
    const gone = withoutFiles(file, taken);
    if (gone.length === 0) return await this.applications.save(file, taken, this.clock.now(), { asked });
    return await this.transactions.run(async (session) => {
      if (!(await this.applications.save(file, taken, this.clock.now(), { session, asked }))) return false;
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
    const asked = cohort.state === 'closed' ? null : askedAt(file, now);
    const isOpen = (shown.isOpen && !file.decision) || asked !== null;
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
        ...{ kind: decision.kind, at: decision.sendAt.toISOString(), place: myPlace(decision.place) },
        words: filledIn(decision.words[file.locale], {
          name: submitted?.known.name ?? '',
          number: file.numberText ?? '',
        }),
      },
      asked: asked && myAsked(asked),
      eraseAt: eraseAt({ ...file, decision }, call).toISOString(),
      abilities: {
        ...{ edit: isOpen, submit: isOpen, withdraw: file.state !== 'withdrawn' },
        only: asked && !shown.isOpen ? asked.fields : null,
      },
    };
  }
}

function myPlace(place: PlaceRow | undefined): MyPlace | null {
  if (!place) return null;
  const { state, confirmBy, at } = shownPlace(place);
  return { state, confirmBy, at };
}
