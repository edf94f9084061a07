import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { ZodError } from 'zod';
import { UsersRepository } from '../../auth/users.repository.js';
import { Clock, MINUTE } from '../../common/times/clock.js';
import { Problem } from '../../common/problem.js';
import type { MailPlace } from '../../infra/mail/mail-addresses.js';
import { type InboundMail, MailReceiver } from '../../infra/mail/mail-receiver.js';
import type { MailProof } from '../../infra/mail/mail-thread.js';
import { toId } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { type ThreadTask, Threads, TooMuchWork } from '../../infra/threads/threads.js';
import { AnswerLetters } from './answer-letters.js';
import { AnswerTargets } from './answer-targets.js';
import type { AnswerProblem } from './answer-words.js';
import { MailAnswersRepository } from './mail-answers.repository.js';
import { isProven, signaturesTo } from './proven.js';

type AnswerPlace = Extract<MailPlace, { what: 'answer' }>;
type AnswerMail = InboundMail<AnswerPlace>;

const LEASE_MS = 2 * MINUTE;
const ANSWERS = { name: 'mail-answers', points: 30, seconds: 3600 };
const TEXT: ThreadTask = { file: new URL('./answer-thread', import.meta.url), name: 'textOf' };
const TEXT_MS = 3000;

/**
 * Writes answers that come by mail. The address says to what, by whom and until when; the sender has to be that person, by their address in From and
 * by a proof that its domain stands behind the mail; and whether they may write there is asked when it is written. A refusal is answered with its
 * reason where that reaches nobody who did not write: a proven sender, or, when somebody else may have used it, the person's own address.
 */
@Injectable()
export class MailAnswers implements OnModuleInit {
  private readonly logger = new Logger('MailAnswers');

  constructor(
    private readonly receiver: MailReceiver,
    private readonly users: UsersRepository,
    private readonly answers: MailAnswersRepository,
    private readonly targets: AnswerTargets,
    private readonly limits: RateLimits,
    private readonly letters: AnswerLetters,
    private readonly threads: Threads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.receiver.on('answer', { take: (inbound) => this.take(inbound) });
  }

  /** In the order of what it costs: who wrote, whether they are who they say, and only then what they wrote. How many came was counted before. */
  private async take(mail: AnswerMail): Promise<void> {
    const { place, head } = mail;
    const userId = toId(place.userId);
    const person = userId && (await this.users.profile(userId));
    const [sender, ...more] = head.from;
    if (head.isAutomatic || !person || !sender) return;
    if (head.isAmbiguous || more.length > 0) {
      this.drop(place, 'several senders');
      return;
    }
    const isOwn = sender === person.email.toLowerCase();
    const proof = await mail.proof();
    if (!isProven(proof, mail.address)) {
      if (proof.later) throw new Error('the DNS did not say whether it is theirs');
      // Who is named there may know nothing of it: only the person hears of their own name.
      if (isOwn) await this.letters.unproven(person);
      this.drop(place, 'unproven');
      return;
    }
    await this.once(keysOf(mail, sender, proof), async (key) => {
      if (!isOwn) {
        await this.letters.refuse({ ...person, name: '', email: sender }, 'other_sender');
        return;
      }
      const text = await this.textOf(mail);
      const problem = text === null ? 'unreadable' : await this.write(mail, text, key);
      if (problem) await this.letters.refuse(person, problem, { text: text ?? '', messageId: head.messageId });
    });
  }

  private drop({ userId }: AnswerPlace, why: string): void {
    this.logger.warn({ userId, why }, 'an answer by mail was dropped');
  }

  /**
   * What is handed over twice, or to two processes, is dealt with once, by whichever of its keys it is known. Told before it is over: who dies in between tells it at
   * the next try.
   */
  private async once([key, ...others]: Keys, work: (key: string) => Promise<void>): Promise<void> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const held: string[] = [];
    try {
      for (const one of [key, ...others]) {
        const taken = await this.answers.take(one, now, until);
        if (taken === 'busy') throw new Error('somebody else writes it');
        if (taken === 'done') {
          // By another key of it: it is known by all of them from now on.
          await this.answers.done(held);
          return;
        }
        held.push(one);
      }
      await work(key);
      await this.answers.done(held);
    } catch (error) {
      await this.answers.release(held, this.clock.now());
      throw error;
    }
  }

  /** Null for what cannot be read in time; throws when no thread was free for it. */
  private async textOf(mail: AnswerMail): Promise<string | null> {
    try {
      const { text } = await mail.content();
      return await this.threads.run<string>(TEXT, { text }, { withinMs: TEXT_MS });
    } catch (error) {
      if (error instanceof TooMuchWork) return null;
      throw error;
    }
  }

  /** Null when all of it was taken. */
  private async write({ place, content }: AnswerMail, body: string, key: string): Promise<AnswerProblem | null> {
    if (body === '') return 'empty';
    try {
      await this.limits.take(ANSWERS, place.userId);
      const actor = { userId: place.userId, loginId: '', isAdmin: false };
      await this.targets.write({ ...place, actor, body, key });
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      return problem;
    }
    return (await content()).hasAttachments ? 'no_attachments' : null;
  }
}

type Keys = readonly [string, ...string[]];

/**
 * What an answer is known by. Whoever hands a signed mail over once more can change what was not signed, its Message-ID say, or leave one of several signatures
 * away: so it is known by each signature, and by its Message-ID where the server that handed it over answers for that.
 */
function keysOf({ place, address, head, digest }: AnswerMail, sender: string, { spf, signatures }: MailProof): Keys {
  const keyOf = (what: string) =>
    createHash('sha256')
      .update([place.to, place.subjectId, place.userId, sender, what].join('|'))
      .digest('hex')
      .slice(0, 40);
  // A mail may bear one signature twice.
  const signed = [...new Set(signaturesTo(signatures, address).map((one) => keyOf(one.digest)))];
  const [first, ...more] = signed;
  return spf || first === undefined ? [keyOf(head.messageId ?? digest), ...signed] : [first, ...more];
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
      return error.code === 'slow_mode' ? 'slow' : 'closed';
    case 422:
      return 'refused';
    case 429:
      return 'too_many';
    default:
      return null;
  }
}
