import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Profile } from '../../auth/users.repository.js';
import { Clock, DAY, HOUR } from '../../common/times/clock.js';
import { cutAt } from '../../common/texts/cut.js';
import { CONFIG, type Config } from '../../config/config.js';
import { failureOf } from '../../infra/mail/delivery-failure.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { NoTurn } from '../../infra/mail/mail-turns.js';
import { Mailer } from '../../infra/mail/mailer.js';
import { type Limit, RateLimits } from '../../infra/redis/rate-limits.js';
import { ANSWER_WORDS, type AnswerProblem } from './answer-words.js';

/** To whom a letter goes. `_id` is the person of the address, in whose language it is. */
type Reader = Pick<Profile, '_id' | 'name' | 'email' | 'locale'>;

const EXCERPT = 2000;
/** Two programs that answer each other must come to rest. */
const LETTERS = { name: 'mail-answer-letters', points: 5, seconds: HOUR / 1000 };
/** Somebody else may write in a person's name as often as they like: it is told once a day. */
const UNPROVEN = { name: 'mail-answer-unproven', points: 1, seconds: DAY / 1000 };

/** Says why an answer by mail was not taken, or not all of it: once, with an empty return path, marked as what a program sent (RFC 3834). */
@Injectable()
export class AnswerLetters {
  private readonly logger = new Logger('AnswerLetters');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** To who wrote. `answer` is what they wrote: their own words go back to them, in the thread of their mail program. */
  async refuse(
    reader: Reader,
    problem: AnswerProblem,
    answer?: { text: string; messageId: string | null },
  ): Promise<void> {
    await this.send(reader, problem, LETTERS, answer);
  }

  /** To the person in whose name somebody wrote, we do not know who. */
  async unproven(reader: Reader): Promise<void> {
    await this.send(reader, 'unproven', UNPROVEN);
  }

  private async send(
    reader: Reader,
    problem: AnswerProblem,
    limit: Limit,
    { text, messageId }: { text: string; messageId: string | null } = { text: '', messageId: null },
  ): Promise<void> {
    const about = { userId: String(reader._id), problem };
    if ((await this.limits.pace(limit, addressKey(reader.email))) > 0) {
      this.logger.warn(about, 'a refusal was not told: too many');
      return;
    }
    const words = ANSWER_WORDS[reader.locale];
    const subject = problem === 'no_attachments' ? words.taken : words.refused;
    const letter = await renderLetter({
      locale: reader.locale,
      heading: subject,
      lines: [words.because[problem], ...(text === '' ? [] : [words.yours, cutAt(text, EXCERPT)])],
      action: { label: words.act, url: this.config.PUBLIC_URL },
      footer: words.footer,
    });
    const letterOf = () =>
      this.mailer.send({
        ...{ to: { name: reader.name, address: reader.email }, subject, ...letter },
        messageId: this.mailer.messageId(`answer-${problem}-${this.clock.now().getTime()}-${String(reader._id)}`),
        returnPath: null,
        headers: {
          'Auto-Submitted': 'auto-replied',
          ...(messageId && { 'In-Reply-To': messageId, References: messageId }),
        },
      });
    await this.mailer.inTurn(letterOf).catch((error: unknown) => {
      // An address that takes no mail will not take it at the next try either.
      if (error instanceof NoTurn || failureOf(error) === 'later') throw error;
      this.logger.warn({ ...about, outcome: failureOf(error) }, 'a refusal was not told');
    });
  }
}

const addressKey = (email: string) => createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 32);
