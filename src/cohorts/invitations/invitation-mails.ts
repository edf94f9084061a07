import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { People } from '../../auth/people.js';
import { Clock } from '../../common/times/clock.js';
import { formatFullDay } from '../../common/times/instants.js';
import { instantAt } from '../../common/times/zoned.js';
import { CONFIG, type Config } from '../../config/config.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import {
  type DeliveryKind,
  type DeliveryMove,
  type Prepared,
  SOON_THEN_FOR_A_DAY_MS,
} from '../../infra/deliveries/delivery-kind.js';
import { answerOf } from '../../infra/mail/delivery-failure.js';
import { renderLetter } from '../../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import { newId, toId } from '../../infra/mongo/ids.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { invitationLetter, inviterOf } from './invitation-letter.js';
import type { InvitationRow } from './invitation.schema.js';
import { InvitationsRepository, type Renewal } from './invitations.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

/** Parts the id of an invitation and which of its links it is, in a token. */
const LINK_KEY = '~';

/** A letter of an invitation, by when it was asked for: the invitation names the last one (`mailDueAt`) until that has gone. */
interface AboutInvitation {
  dueAt: Date;
}

/** Writes and sends the letters. The token of a link is made when a letter is written. */
@Injectable()
export class InvitationMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutInvitation> = {
    name: 'invitation',
    way: 'letters',
    pausesMs: SOON_THEN_FOR_A_DAY_MS,
    prepare: ({ of, about }) => this.prepare(of, about.dueAt),
    moved: ({ of, about }, move) => this.follow(of, about.dueAt, move),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly invitations: InvitationsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly projects: ProjectsRepository,
    private readonly people: People,
    private readonly links: LinkTokens,
    private readonly deliveries: Deliveries,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
  }

  /** The address that accepts an invitation, for staff to copy: it shows of nobody that they can read the mail of the invited. */
  urlOf({ _id, linkKey }: Pick<InvitationRow, '_id' | 'linkKey'>): string {
    return this.linkOf('invitation', linkKey ? `${String(_id)}${LINK_KEY}${linkKey}` : String(_id));
  }

  /** Whose link this is; null where it is none of ours. `byMail`: it came by a mail. `linkKey`: of one that staff copied, where it names one. */
  read(token: string): { id: Types.ObjectId; byMail: boolean; linkKey: string | undefined } | null {
    const mailed = this.links.verify('invitation-mail', token);
    const [invitationId = '', linkKey] = (mailed ?? this.links.verify('invitation', token) ?? '').split(LINK_KEY);
    const id = toId(invitationId);
    return id && { id, byMail: mailed !== null, linkKey };
  }

  /** The same for a mail to the invited, and for nothing else: whoever follows it has shown that the address is theirs. */
  mailedUrlOf(invitationId: string): string {
    return this.linkOf('invitation-mail', invitationId);
  }

  private linkOf(purpose: 'invitation' | 'invitation-mail', invitationId: string): string {
    return new URL(`/invitation/${this.links.sign(purpose, invitationId)}`, this.config.PUBLIC_URL).href;
  }

  /** Has the letters of new invitations sent, by the transaction that writes these. */
  async write(invitations: readonly InvitationRow[], session: ClientSession): Promise<void> {
    const letters = invitations.flatMap(({ _id, mailDueAt }) => (mailDueAt ? [deliveryOf(_id, mailDueAt)] : []));
    await this.deliveries.write(this.kind, letters, session);
  }

  /** Renews an invitation, and has its letter sent again. False when it is not open any more. */
  async renew(cohortId: Types.ObjectId, _id: Types.ObjectId, change: Renewal): Promise<boolean> {
    const letter = deliveryOf(_id, change.mailDueAt);
    return await this.deliveries.writeAhead(this.kind, [letter], () => this.invitations.renew(cohortId, _id, change));
  }

  /** Nobody gets a letter of these: for filling a database with what is past. */
  async silence(invitationIds: readonly Types.ObjectId[]): Promise<void> {
    await this.deliveries.forget(this.kind, invitationIds);
  }

  private async prepare(invitationId: Types.ObjectId, dueAt: Date): Promise<Prepared> {
    const invitation = await this.invitations.byId(invitationId);
    // It is renewed right after its letter is written.
    if (!invitation?.open || invitation.mailDueAt?.getTime() !== dueAt.getTime()) return 'missing';
    const cohort = await this.cohorts.byId(invitation.cohortId);
    if (cohort?.state !== 'running') return { skip: 'closed' };
    const [[host], projects] = await Promise.all([
      this.people.faces([String(invitation.invitedBy)]),
      this.projects.names(invitation.projectIds),
    ]);
    const begins = instantAt(cohort.startsOn, '00:00', cohort.timeZone);
    const { subject, letter } = invitationLetter({
      locale: invitation.locale,
      name: invitation.name,
      role: invitation.role,
      cohortName: cohort.name,
      invitedBy: inviterOf(host),
      expiresAt: invitation.expiresAt,
      timeZone: cohort.timeZone,
      url: this.mailedUrlOf(String(invitationId)),
      firstDay: begins > this.clock.now() ? formatFullDay(begins, cohort.timeZone, invitation.locale) : null,
      projects: [...projects.values()].sort((a, b) => a.localeCompare(b)),
      note: invitation.note,
    });
    const mail: OutgoingMail = {
      to: { name: invitation.name, address: invitation.email },
      subject,
      messageId: this.mailer.messageId(`invitation-${String(invitationId)}-${dueAt.getTime()}`),
      ...(await renderLetter(letter)),
    };
    return { letter: mail };
  }

  /** Staff see when it went, or that the address takes no mail. */
  private async follow(invitationId: Types.ObjectId, dueAt: Date, move: DeliveryMove): Promise<void> {
    const now = this.clock.now();
    if (move.to === 'sent') await this.invitations.sent(invitationId, dueAt, now);
    if (move.to === 'failed' && move.because === 'refused')
      await this.invitations.refused(invitationId, dueAt, now, answerOf(move.error));
  }
}

/** Each renewal is a letter of its own, also of one moment: how often there may be one, others say. */
const deliveryOf = (of: Types.ObjectId, dueAt: Date) => ({
  ...{ key: `${String(of)} ${String(newId())}`, of, about: { dueAt }, dueAt },
});
