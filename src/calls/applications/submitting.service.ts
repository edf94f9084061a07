import { Injectable } from '@nestjs/common';
import { conflict } from '../../common/problem.js';
import { fold } from '../../common/texts/fold.js';
import { wordsIn } from '../../common/texts/search-words.js';
import { type Answers, handedIn, missingIn } from '../../contracts/calls/answers.js';
import type { FormField } from '../../contracts/calls/forms.js';
import type { Application } from '../../contracts/calls/applications.js';
import { Attaching } from '../../files/attaching.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { CallsRepository } from '../calls.repository.js';
import type { Shown } from './applicant-tokens.js';
import { ApplicationMails } from './application-mails.js';
import type { SubmittedRow } from './application.schema.js';
import { ApplicationsRepository } from './applications.repository.js';
import { ApplicationsService, type WholeFile } from './applications.service.js';
import { eraseAt } from './erase-times.js';
import { leftBehind } from './file-answers.js';

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
   * What was shown in a revision counts from now on, with a receipt; sent again, it is handed in once. `receivedAt`: when the request came in, by which the closing is measured.
   * Throws 404, 409 `call_closed`, `call_not_open`, `edited_meanwhile`, `incomplete` with all that is `missing`.
   */
  async submit(shown: Shown, revision: number, receivedAt: Date): Promise<Application> {
    const whole = await this.service.whole(shown);
    const { file, form } = whole;
    const isIn = file.state === 'submitted' && file.submitted?.revision === revision;
    if (isIn) return await this.service.get(shown);
    this.service.mustBeOpen(whole, receivedAt);
    if (file.revision !== revision) throw editedMeanwhile();
    const missing = missingIn(form.fields, file.answers);
    if (missing.length > 0) throw conflict('incomplete', 'Something is missing or not right yet.', { missing });
    await this.handIn(whole, receivedAt);
    return await this.service.get(shown);
  }

  private async handIn({ file, call, cohort, form }: WholeFile, at: Date): Promise<void> {
    const number = file.number ?? (await this.calls.nextNumber(call._id));
    const numberText = file.numberText ?? numberIn(cohort.name, number);
    const answers = handedIn(form.fields, file.answers);
    const known = knownIn(form.fields, answers);
    const { revision } = file;
    const submitted: SubmittedRow = { at, times: (file.submitted?.times ?? 0) + 1, revision, answers, known };
    const handed = {
      ...{ submitted, number, numberText, nameKey: fold(known.name ?? '').slice(0, LONGEST_KNOWN) },
      words: wordsToFind(known, file.email, numberText),
      eraseAt: eraseAt({ ...file, state: 'submitted', withdrawnAt: null }, call),
    };
    await this.transactions.run(async (session) => {
      if (!(await this.applications.submit(file, handed, session))) {
        const now = await this.applications.byId(file._id, session);
        // The same, sent twice: the other one was faster.
        if (now?.state === 'submitted' && now.submitted?.revision === revision) return;
        throw editedMeanwhile();
      }
      await this.attaching.release(leftBehind(file, answers).map(idOf), session);
      await this.mails.receipt(file._id, submitted.times, session);
    });
  }
}

const editedMeanwhile = () => conflict('edited_meanwhile', 'The file was changed meanwhile. Look at it once more.');

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
