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
import { Transactions } from '../../infra/mongo/transactions.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { type AskedLetter, AskedLettersRepository, type DueLetter, type WhenToGo } from './asked-letters.repository.js';
import { invitationLetter, inviterOf } from './invitation-letter.js';
import type { InvitationRow } from './invitation.schema.js';
import { InvitationsRepository } from './invitations.repository.js';
import { ProjectsRepository } from '../projects/projects.repository.js';

/** Why a letter does not go: nobody joins a cohort that is closed. */
const CLOSED = 'closed';

/** Parts the id of an invitation and which of its links it is, in a token. */
const LINK_KEY = '~';

/** Writes and sends the letters. The token of a link is made when a letter is written. */
@Injectable()
export class InvitationMails implements OnModuleInit {
  private readonly kind: DeliveryKind<DueLetter> = {
    name: 'invitation',
    way: 'letters',
    pausesMs: SOON_THEN_FOR_A_DAY_MS,
    prepare: ({ of, about }) => this.prepare(of, about),
    moved: ({ of, about }, move) => this.follow(of, about, move),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly invitations: InvitationsRepository,
    private readonly asked: AskedLettersRepository,
    private readonly cohorts: CohortsRepository,
    private readonly projects: ProjectsRepository,
    private readonly people: People,
    private readonly links: LinkTokens,
    private readonly deliveries: Deliveries,
    private readonly mailer: Mailer,
    private readonly transactions: Transactions,
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

  /** Has the letters of new invitations sent, by the transaction that writes these: each at its time, of those that have one. */
  async write(invitations: readonly InvitationRow[], session: ClientSession): Promise<void> {
    const letters = invitations.flatMap(({ _id, mailDueAt, letterId }) =>
      mailDueAt ? [deliveryOf({ _id, dueAt: mailDueAt, letterId: letterId ?? undefined })] : [],
    );
    await this.deliveries.write(this.kind, letters, session);
  }

  /** Has a letter sent for those of these whose letter is free, at its time; returns them. A letter that they had planned does not go any more. `first`: what is asked before, in the same transaction. */
  async ask(
    cohortId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    when: WhenToGo,
    first?: (session: ClientSession) => Promise<void>,
  ): Promise<Types.ObjectId[]> {
    return await this.transactions.run(async (session) => {
      await first?.(session);
      const letters = await this.asked.ask(cohortId, invitationIds, when, session);
      await this.deliveries.write(this.kind, letters.map(deliveryOf), session);
      return letters.map(({ _id }) => _id);
    });
  }

  /** Nobody gets a letter of these: they are erased, or a database is filled with what is past. */
  async silence(invitationIds: readonly Types.ObjectId[], session?: ClientSession): Promise<void> {
    await this.deliveries.forget(this.kind, invitationIds, session);
  }

  private async prepare(invitationId: Types.ObjectId, about: DueLetter): Promise<Prepared> {
    const invitation = await this.invitations.byId(invitationId);
    // A process of the version before writes a letter first, and the invitation names it right after: it is looked for again for a minute. One that was put off or withdrawn is found no more, and ends so.
    if (!invitation || !isNamed(invitation, about)) return 'missing';
    const cohort = await this.cohorts.byId(invitation.cohortId);
    if (cohort?.state !== 'running') return { skip: CLOSED };
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
      messageId: this.mailer.messageId(`invitation-${String(invitationId)}-${about.dueAt.getTime()}`),
      ...(await renderLetter(letter)),
    };
    return { letter: mail, mayLeave: () => this.mayLeave(invitationId, about) };
  }

  /** It may have been put off or withdrawn while its letter was written. */
  private async mayLeave(invitationId: Types.ObjectId, about: DueLetter): Promise<boolean> {
    const invitation = await this.invitations.byId(invitationId);
    return invitation !== null && isNamed(invitation, about);
  }

  /** Staff see when it went, that the address takes no mail, or that no server took it. */
  private async follow(invitationId: Types.ObjectId, letter: DueLetter, move: DeliveryMove): Promise<void> {
    const now = this.clock.now();
    if (move.to === 'sent') await this.asked.sent(invitationId, letter, now);
    else if (move.to === 'failed' && move.because === 'refused')
      await this.asked.refused(invitationId, letter, now, answerOf(move.error));
    else if (move.to === 'failed') await this.asked.failed(invitationId, letter, now);
    else if (move.to === 'skipped' && move.because === CLOSED) await this.asked.dropped(invitationId, letter);
  }
}

/** Is this the letter that an invitation names? */
const isNamed = ({ open, mailDueAt, letterId }: InvitationRow, about: DueLetter): boolean =>
  open && mailDueAt?.getTime() === about.dueAt.getTime() && (!about.letterId || about.letterId.equals(letterId ?? ''));

/** Each time that one is asked for is a letter of its own. */
const deliveryOf = ({ _id: of, dueAt, letterId }: AskedLetter) => ({
  ...{ key: `${String(of)} ${String(newId())}`, of, about: { dueAt, ...(letterId && { letterId }) }, dueAt },
});
