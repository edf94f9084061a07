import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import type { Types } from 'mongoose';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { People } from '../../auth/people.js';
import { Clock, DAY, MINUTE } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import { answerOf, failureOf } from '../../infra/mail/delivery-failure.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { idOf } from '../../infra/mongo/ids.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { invitationLetter, inviterOf } from './invitation-letter.js';
import { InvitationsRepository } from './invitations.repository.js';

/** Letters of invitation. A job carries ids only; the token of the link is made when the letter is written. */
export const invitationMail = defineQueue<{ invitationId: string }>('invitation-mail');

/** Letters due longer ago than this were lost with their process before they reached the queue. */
const LATE_MS = 2 * MINUTE;
const LOOK_EVERY_MS = MINUTE;
const MAX_AT_ONCE = 500;

/** Writes and sends the letters. The row says what is due; jobs are its alarms. */
@Injectable()
export class InvitationMails implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('InvitationMails');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly invitations: InvitationsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly people: People,
    private readonly links: LinkTokens,
    private readonly queues: JobQueues,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.queues.process(invitationMail, ({ invitationId }) => this.send(idOf(invitationId)));
  }

  onApplicationBootstrap(): void {
    if (!this.config.ROLES.includes('worker')) return;
    this.timer = setInterval(() => void this.catchUp(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The address that accepts an invitation, for staff to copy: it shows of nobody that they can read the mail of the invited. */
  urlOf(invitationId: string): string {
    return this.linkOf('invitation', invitationId);
  }

  /** The same for a mail to the invited, and for nothing else: whoever follows it has shown that the address is theirs. */
  mailedUrlOf(invitationId: string): string {
    return this.linkOf('invitation-mail', invitationId);
  }

  private linkOf(purpose: 'invitation' | 'invitation-mail', invitationId: string): string {
    return new URL(`/invitation/${this.links.sign(purpose, invitationId)}`, this.config.PUBLIC_URL).href;
  }

  /** Puts letters that are due into the queue, once for each time they are due. */
  async enqueue(letters: readonly { _id: Types.ObjectId; mailDueAt: Date }[], attempt = ''): Promise<void> {
    await this.queues.addAll(
      invitationMail,
      letters.map(({ _id, mailDueAt }) => ({
        data: { invitationId: String(_id) },
        options: { jobId: `invitation-${String(_id)}-${mailDueAt.getTime()}${attempt}` },
      })),
    );
  }

  /** Finds letters whose job was lost or has failed; for a day, then staff see that they were never sent. */
  async catchUp(): Promise<void> {
    try {
      const now = this.clock.now().getTime();
      const late = await this.invitations.unsent(new Date(now - DAY), new Date(now - LATE_MS), MAX_AT_ONCE);
      await this.enqueue(late, `-late-${Math.floor(now / (10 * MINUTE))}`);
    } catch (error) {
      this.logger.warn({ err: error }, 'could not look for letters that are late');
    }
  }

  private async send(invitationId: Types.ObjectId): Promise<void> {
    const invitation = await this.invitations.byId(invitationId);
    const dueAt = invitation?.mailDueAt;
    if (!invitation?.open || !dueAt) return;
    const cohort = await this.cohorts.byId(invitation.cohortId);
    if (cohort?.state !== 'running') return;
    const [host] = await this.people.faces([String(invitation.invitedBy)]);
    const { subject, letter } = invitationLetter({
      locale: invitation.locale,
      name: invitation.name,
      role: invitation.role,
      cohortName: cohort.name,
      invitedBy: inviterOf(host),
      expiresAt: invitation.expiresAt,
      timeZone: cohort.timeZone,
      url: this.mailedUrlOf(String(invitationId)),
    });
    const mail: OutgoingMail = {
      to: { name: invitation.name, address: invitation.email },
      subject,
      messageId: this.mailer.messageId(`invitation-${String(invitationId)}-${dueAt.getTime()}`),
      ...(await renderLetter(letter)),
    };
    try {
      await this.mailer.inTurn(() => this.mailer.send(mail));
    } catch (error) {
      if (failureOf(error) !== 'refused') throw error;
      const answer = answerOf(error);
      this.logger.warn({ invitationId: String(invitationId), answer }, 'a letter of invitation was refused');
      await this.invitations.refused(invitationId, dueAt, this.clock.now(), answer);
      return;
    }
    await this.invitations.sent(invitationId, dueAt, this.clock.now());
  }
}
