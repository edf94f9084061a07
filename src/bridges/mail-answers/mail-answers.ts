import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { AddressObject, ParsedMail } from 'mailparser';
import { createHash } from 'node:crypto';
import { ZodError } from 'zod';
import { type Profile, UsersRepository } from '../../auth/users.repository.js';
import { Clock, MINUTE } from '../../common/clock.js';
import { cutAt } from '../../common/cut.js';
import { Problem } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { handOverOf } from '../../infra/mail/hand-over.js';
import { isAutomatic } from '../../infra/mail/inbound.js';
import { renderLetter } from '../../infra/mail/letter.js';
import type { MailPlace } from '../../infra/mail/mail-addresses.js';
import { type InboundMail, MailReceiver } from '../../infra/mail/mail-receiver.js';
import { NoTurn } from '../../infra/mail/mail-turns.js';
import { Mailer } from '../../infra/mail/mailer.js';
import { toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { answerText } from './answer-text.js';
import { AnswerTargets } from './answer-targets.js';
import { ANSWER_WORDS, type AnswerProblem } from './answer-words.js';
import { MailAnswersRepository } from './mail-answers.repository.js';

type AnswerPlace = Extract<MailPlace, { what: 'answer' }>;

const LEASE_MS = 2 * MINUTE;
const EXCERPT = 2000;
const ANSWERS = { name: 'mail-answers', points: 30, seconds: 3600 };
/** Two programs that answer each other must come to rest. */
const LETTERS = { name: 'mail-answer-letters', points: 5, seconds: 3600 };

/**
 * Writes answers that come by mail. The address says to what and by whom, the sender has to be that person, and whether they may write there is
 * asked when it is written. A refusal is answered with its reason, to the person's own address and never to a program.
 */
@Injectable()
export class MailAnswers implements OnModuleInit {
  private readonly logger = new Logger('MailAnswers');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly receiver: MailReceiver,
    private readonly users: UsersRepository,
    private readonly answers: MailAnswersRepository,
    private readonly targets: AnswerTargets,
    private readonly limits: RateLimits,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.receiver.on('answer', (inbound) => this.take(inbound));
  }

  private async take({ place, mail, returnPath }: InboundMail<AnswerPlace>): Promise<void> {
    if (isAutomatic(mail, returnPath)) return;
    const userId = toId(place.userId);
    const person = userId && (await this.users.profile(userId));
    if (!person) return;
    const key = keyOf(place, mail);
    const now = this.clock.now();
    const taken = await this.answers.take(key, now, new Date(now.getTime() + LEASE_MS));
    if (taken === 'busy') throw new Error('somebody else writes it');
    if (taken === 'done') return;
    try {
      const text = answerText(mail.text ?? '');
      const problem = await this.write(place, person, mail, { text, key });
      // Before it is over: who dies in between tells it at the next try.
      if (problem) await this.tell(person, mail, problem, text);
      await this.answers.done(key);
    } catch (error) {
      await this.answers.release(key, this.clock.now());
      throw error;
    }
  }

  /** Null when all of it was taken. */
  private async write(
    place: AnswerPlace,
    person: Profile,
    mail: ParsedMail,
    { text, key }: { text: string; key: string },
  ): Promise<AnswerProblem | null> {
    if (senderOf(mail) !== person.email.toLowerCase()) return 'other_sender';
    if (text === '') return 'empty';
    try {
      await this.limits.take(ANSWERS, place.userId);
      const actor = { userId: place.userId, loginId: '', isAdmin: false };
      await this.targets.write({ ...place, actor, body: text, key });
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return problem;
    }
    return mail.attachments.some(({ contentDisposition, related }) => contentDisposition === 'attachment' && !related)
      ? 'no_attachments'
      : null;
  }

  private async tell(person: Profile, mail: ParsedMail, problem: AnswerProblem, text: string): Promise<void> {
    try {
      await this.limits.take(LETTERS, String(person._id));
    } catch {
      this.logger.warn({ userId: String(person._id), problem }, 'a refusal was not told: too many');
      return;
    }
    const words = ANSWER_WORDS[person.locale];
    const subject = problem === 'no_attachments' ? words.taken : words.refused;
    const letter = await renderLetter({
      locale: person.locale,
      heading: subject,
      lines: [
        words.because[problem],
        // What somebody else wrote is not passed on in our name.
        ...(text === '' || problem === 'other_sender' ? [] : [words.yours, cutAt(text, EXCERPT)]),
      ],
      action: { label: words.act, url: this.config.PUBLIC_URL },
      footer: words.footer,
    });
    const answered = problem === 'other_sender' ? undefined : mail.messageId;
    const letterOf = () =>
      this.mailer.send({
        ...{ to: { name: person.name, address: person.email }, subject, ...letter },
        messageId: this.mailer.messageId(`answer-${problem}-${this.clock.now().getTime()}-${String(person._id)}`),
        returnPath: null,
        headers: {
          'Auto-Submitted': 'auto-replied',
          ...(answered && { 'In-Reply-To': answered, References: answered }),
        },
      });
    await this.mailer.inTurn(letterOf).catch((error: unknown) => {
      // An address that takes no mail will not take it at the next try either.
      if (error instanceof NoTurn || handOverOf(error) === 'later') throw error;
      this.logger.warn({ userId: String(person._id), problem, outcome: handOverOf(error) }, 'a refusal was not told');
    });
  }
}

const keyOf = (place: AnswerPlace, mail: ParsedMail) =>
  createHash('sha256')
    .update(
      [place.to, place.subjectId, place.userId, mail.messageId ?? `${mail.date?.toISOString()} ${mail.text}`].join('|'),
    )
    .digest('hex')
    .slice(0, 40);

/** The one sender; empty when there are several or none. */
function senderOf({ from }: { from?: AddressObject | undefined }): string {
  const [sender, ...more] = from?.value ?? [];
  return more.length === 0 ? (sender?.address ?? '').toLowerCase() : '';
}

/** Null for what may work another time: the other side keeps the mail and tries again. */
function problemOf(error: unknown): AnswerProblem | null {
  if (error instanceof ZodError) return error.issues.some(({ code }) => code === 'too_big') ? 'too_long' : 'refused';
  if (!(error instanceof Problem)) return null;
  switch (error.status) {
    case 403:
    case 404:
      return 'gone';
    case 409:
      return 'closed';
    case 422:
      return 'refused';
    case 429:
      return 'too_many';
    default:
      return null;
  }
}
