import { Injectable } from '@nestjs/common';
import { conflict } from '../../common/problem.js';
import { fold } from '../../common/texts/fold.js';
import { wordsIn } from '../../common/texts/search-words.js';
import { type Answers, handedIn, missingIn } from '../../contracts/calls/answers.js';
import { missingOfAsked, withAsked } from '../../contracts/calls/asking.js';
import type { FormField } from '../../contracts/calls/forms.js';
import type { Application } from '../../contracts/calls/applications.js';
import { Attaching } from '../../files/attaching.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { CallsRepository } from '../calls.repository.js';
import type { Shown } from './applicant-tokens.js';
import { ApplicationMails } from './application-mails.js';
import type { AskedRow, SubmittedRow } from './application.schema.js';
import { ApplicationsRepository } from './applications.repository.js';
import { ApplicationsService, type WholeFile } from './applications.service.js';
import { eraseAt } from './erase-times.js';
import { askedAt } from '../work/asked-piece.js';
import { leftBehind } from './answers/file-answers.js';

const KNOWN = ['name', 'town', 'craft', 'agency', 'title'] as const;
const DIGITS = 4;
const LONGEST_KNOWN = 300;

/** Hands files in. */
@Injectable()
export class Submitting {
  constructor(
    private readonly service: ApplicationsService,
    private readonly applications: ApplicationsRepository,
    private readonly calls: CallsRepository,
    private readonly mails: ApplicationMails,
    private readonly attaching: Attaching,
    private readonly transactions: Transactions,
  ) {}

  /**
   * What was shown in a revision counts from now on (of a file that is asked for a piece after the closing that piece alone, the rest as it was), with a receipt; sent again, it is handed in once. `receivedAt`: when the last of the request came, by which the closing is measured.
   * Throws 404, 409 `call_closed`, `call_not_open`, `edited_meanwhile`, `incomplete` with all that is `missing`.
   */
  async submit(shown: Shown, revision: number, receivedAt: Date): Promise<Application> {
    const whole = await this.service.whole(shown);
    const { file, form } = whole;
    const isIn = file.state === 'submitted' && file.submitted?.revision === revision;
    if (isIn) return await this.service.get(shown);
    const asked = this.service.opened(whole, receivedAt);
    if (file.revision !== revision) throw editedMeanwhile();
    const written = asked ? withAsked(file.submitted?.answers ?? {}, file.answers, asked.fields) : file.answers;
    const missing = asked
      ? missingOfAsked(missingIn(form.fields, written), asked.fields)
      : missingIn(form.fields, written);
    if (missing.length > 0) throw conflict('incomplete', 'Something is missing or not right yet.', { missing });
    await this.handIn(whole, written, asked, receivedAt);
    return await this.service.get(shown);
  }

  private async handIn(
    { file, call, cohort, form }: WholeFile,
    written: Answers,
    asked: AskedRow | null,
    at: Date,
  ): Promise<void> {
    const number = file.number ?? (await this.calls.nextNumber(call._id));
    const handed = {
      ...handedOf({ file, call, cohort, form }, written, number, at),
      // Also where the call is open, and all can be written.
      ...((asked ?? askedAt(file, at)) && { 'asked.cameAt': at }),
    };
    const { submitted } = handed;
    await this.transactions.run(async (session) => {
      if (!(await this.applications.submit(file, handed, asked, session))) {
        const now = await this.applications.byId(file._id, session);
        // The same, sent twice: the other one was faster.
        if (now?.state === 'submitted' && now.submitted?.revision === file.revision) return;
        throw editedMeanwhile();
      }
      await this.attaching.release(leftBehind(file, submitted.answers).map(idOf), session);
      await this.mails.receipt(file._id, { times: submitted.times, lastAt: file.submitted?.at }, session);
    });
  }
}

const editedMeanwhile = () => conflict('edited_meanwhile', 'The file was changed meanwhile. Look at it once more.');

/** What is kept of a file that is handed in at an instant, as it is written then. */
export function handedOf({ file, call, cohort, form }: WholeFile, written: Answers, number: number, at: Date) {
  const numberText = file.numberText ?? numberIn(cohort.name, number);
  const answers = handedIn(form.fields, written);
  const known = knownIn(form.fields, answers);
  const { revision } = file;
  const submitted: SubmittedRow = { at, times: (file.submitted?.times ?? 0) + 1, revision, answers, known };
  return {
    ...{ submitted, number, numberText, nameKey: nameKeyOf(known.name ?? '') },
    words: wordsToFind(known, file.email, numberText),
    eraseAt: eraseAt({ ...file, state: 'submitted', withdrawnAt: null }, call),
  };
}

/** A name as it is compared and sorted: without case, accents and further spaces. */
const nameKeyOf = (name: string): string => fold(name).replace(/\s+/g, ' ').trim().slice(0, LONGEST_KNOWN);

/** `8-0127` in "Cohort 8", `0127` where the name has no number. */
export function numberIn(cohortName: string, number: number): string {
  const cohort = /\d{1,4}/.exec(cohortName)?.[0];
  const digits = String(number).padStart(DIGITS, '0');
  return cohort === undefined ? digits : `${cohort}-${digits}`;
}

function knownIn(fields: readonly FormField[], answers: Answers): SubmittedRow['known'] {
  const said = KNOWN.flatMap((key): [string, string][] => {
    const answer = answers[key];
    return typeof answer === 'string' ? [[key, answer.slice(0, LONGEST_KNOWN)]] : [];
  });
  const known: SubmittedRow['known'] = Object.fromEntries(said);
  const craft = fields.find(({ key }) => key === 'craft')?.options.find(({ key }) => key === answers.craft);
  return { ...known, ...(craft && { craftName: craft.label }) };
}

/** The words by which staff find a file: of its names, its number, and its address. */
function wordsToFind({ name, agency, title }: SubmittedRow['known'], email: string, number: string): string[] {
  const said = [name, agency, title, email, number, String(Number(number.split('-').at(-1)))];
  return [...new Set(wordsIn(said.filter((text) => text !== undefined).join(' ')).map(({ word }) => word))];
}
