import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { DAY } from '../common/times/clock.js';
import type { Locale } from '../contracts/primitives.js';
import { CONFIG, type Config } from '../config/config.js';
import { Deliveries } from '../infra/deliveries/deliveries.js';
import {
  type DeliveryKind,
  type DeliveryMove,
  type Prepared,
  SOON_THEN_FOR_A_DAY_MS,
} from '../infra/deliveries/delivery-kind.js';
import { EventBus } from '../infra/events/event-bus.js';
import { DeliveryFailed } from '../infra/mail/delivery-failure.js';
import { refusedAddress } from '../infra/mail/inbound.js';
import { type Letter, renderLetter } from '../infra/mail/letter.js';
import { Mailer, type OutgoingMail } from '../infra/mail/mailer.js';
import { newId } from '../infra/mongo/ids.js';
import { lifetime } from './account-links.js';
import { addressRefused } from './auth.events.js';
import { LinkTokens } from './tokens/link-tokens.js';
import type { MailRequestRow } from './mail-request.schema.js';
import { MailRequestsRepository, type NewMailRequest } from './mail-requests.repository.js';
import { UsersRepository, namedAt } from './users.repository.js';

type Words = Record<'subject' | 'line' | 'action' | 'footer', string>;
type Kind = MailRequestRow['kind'];

const words: Record<Locale, Record<Kind, Words>> = {
  en: {
    reset: {
      subject: 'Set a new password',
      line: 'Somebody asked for a new password for this address. The link works for two hours, once.',
      action: 'Set a new password',
      footer: 'If it was not you, ignore this email: nothing changes.',
    },
    confirm: {
      subject: 'Confirm your new address',
      line: 'You asked to sign in with this address from now on. The link works for two hours, once.',
      action: 'Confirm the address',
      footer: 'If it was not you, ignore this email: nothing changes.',
    },
    verify: {
      subject: 'Confirm your address',
      line: 'An account was opened at this address with a link of an invitation. Confirm that the address is yours. The link works for a week, once.',
      action: 'Confirm the address',
      footer:
        'If it was not you, the page asks for a password of your own: whoever opened the account is out then, and it is yours.',
    },
    undo: {
      subject: 'Your address was changed',
      line: 'The address of your account was changed just now: from now on it signs in with another one, and emails go there. If it was not you, this link gives the account back to this address. It works for a week, once.',
      action: 'Undo the change',
      footer:
        'All sessions end then, and a link to set a new password comes here. If it was you, there is nothing to do.',
    },
    'password-changed': {
      subject: 'Your password was changed',
      line: 'The password of your account was changed just now, and all other devices are signed out.',
      action: 'Open Cordée',
      footer: 'If it was not you, ask for a new password at once and tell your programme team.',
    },
    'passwords-tried': {
      subject: 'Somebody tries passwords of your account',
      line: 'Ten wrong passwords were tried in a row with your address, on devices on which you never signed in. Strangers have to wait now, longer each time. Devices on which you signed in with your present password do so as before.',
      action: 'Set a new password',
      footer:
        'If it was you, on a new device: set a new password there, and you are in. If your password is used elsewhere too, change it.',
    },
    'email-changing': {
      subject: 'Your address is about to change',
      line: 'Somebody signed in as you asked to change the address of your account. It changes when the new address is confirmed.',
      action: 'Open the settings',
      footer: 'If it was not you, change your password at once and tell your programme team.',
    },
  },
  fr: {
    reset: {
      subject: 'Choisir un nouveau mot de passe',
      line: 'Un nouveau mot de passe a été demandé pour cette adresse. Le lien est valable deux heures, une seule fois.',
      action: 'Choisir un mot de passe',
      footer: 'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message : rien ne change.',
    },
    confirm: {
      subject: 'Confirmer votre nouvelle adresse',
      line: 'Vous avez demandé à vous connecter désormais avec cette adresse. Le lien est valable deux heures, une seule fois.',
      action: 'Confirmer l’adresse',
      footer: 'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message : rien ne change.',
    },
    verify: {
      subject: 'Confirmer votre adresse',
      line: 'Un compte a été ouvert à cette adresse par le lien d’une invitation. Confirmez qu’elle est la vôtre. Le lien est valable une semaine, une seule fois.',
      action: 'Confirmer l’adresse',
      footer:
        'Si ce n’était pas vous, la page vous demandera votre propre mot de passe : la personne qui a ouvert le compte n’y aura plus accès, et il sera à vous.',
    },
    undo: {
      subject: 'Votre adresse a été changée',
      line: 'L’adresse de votre compte vient d’être changée : la connexion se fait désormais avec une autre, et les courriels y arrivent. Si ce n’était pas vous, ce lien rend le compte à cette adresse. Il est valable une semaine, une seule fois.',
      action: 'Annuler le changement',
      footer:
        'Toutes les sessions prendront alors fin, et un lien pour choisir un nouveau mot de passe arrivera ici. Si c’était vous, il n’y a rien à faire.',
    },
    'password-changed': {
      subject: 'Votre mot de passe a été changé',
      line: 'Le mot de passe de votre compte vient d’être changé, et tous les autres appareils sont déconnectés.',
      action: 'Ouvrir Cordée',
      footer: 'Si ce n’était pas vous, demandez aussitôt un nouveau mot de passe et prévenez l’équipe du programme.',
    },
    'passwords-tried': {
      subject: 'Quelqu’un essaie des mots de passe sur votre compte',
      line: 'Dix mots de passe erronés ont été essayés de suite avec votre adresse, sur des appareils où vous ne vous êtes jamais connecté. Les inconnus doivent maintenant attendre, de plus en plus longtemps. Les appareils où vous vous êtes connecté avec votre mot de passe actuel se connectent comme avant.',
      action: 'Choisir un mot de passe',
      footer:
        'Si c’était vous, sur un nouvel appareil : choisissez-y un nouveau mot de passe, et vous pourrez vous connecter. Si ce mot de passe vous sert aussi ailleurs, changez-le.',
    },
    'email-changing': {
      subject: 'Votre adresse va changer',
      line: 'Une demande de changement d’adresse a été faite depuis votre compte. Elle prendra effet une fois la nouvelle adresse confirmée.',
      action: 'Ouvrir les réglages',
      footer: 'Si ce n’était pas vous, changez aussitôt de mot de passe et prévenez l’équipe du programme.',
    },
  },
};

/** A letter that is to be written, with how long its link is good. */
export type NewAccountLetter = Omit<NewMailRequest, '_id'>;

/** Letters about accounts. The request says what for; the token of a link is made when the letter is written. */
@Injectable()
export class AccountMails implements OnModuleInit {
  private readonly kind: DeliveryKind<object> = {
    name: 'account',
    way: 'urgent-letters',
    pausesMs: SOON_THEN_FOR_A_DAY_MS,
    prepare: async ({ of }) => await this.prepare(await this.requests.byId(of)),
    moved: ({ of }, move) => (move.to === 'skipped' ? this.forgetNobodys(of) : this.followRefusal(of, move)),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly deliveries: Deliveries,
    private readonly users: UsersRepository,
    private readonly requests: MailRequestsRepository,
    private readonly links: LinkTokens,
    private readonly mailer: Mailer,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
  }

  /**
   * Has a letter written and sent. Nobody waits for it: what was done is done even while Redis is away. Returns the id of its request.
   */
  async write(letter: NewAccountLetter, session?: ClientSession): Promise<Types.ObjectId> {
    const _id = newId();
    const delivery = { key: String(_id), of: _id, about: {} };
    const request = () => this.requests.insert({ ...letter, _id }, session);
    if (!session) await this.deliveries.writeAhead(this.kind, [delivery], request);
    else {
      await request();
      await this.deliveries.write(this.kind, [delivery], session);
    }
    return _id;
  }

  /** Nobody asked for this letter: nothing of it is kept, and nobody is to send it. */
  async drop(requestId: Types.ObjectId): Promise<void> {
    await this.deliveries.forget(this.kind, [requestId]);
    await this.requests.drop(requestId);
  }

  /** Tells the owner of an address that strangers try passwords with it. An unknown address costs the same, and leads to no mail. */
  async passwordsTried(email: string): Promise<void> {
    await this.write({ kind: 'passwords-tried', email, ...lifetime(DAY) });
  }

  private async prepare(request: MailRequestRow | null): Promise<Prepared> {
    if (!request) return 'missing';
    const { _id, kind, email } = request;
    const user = await this.ownerOf(request);
    if (!user || request.usedAt || request.expiresAt <= new Date()) return { skip: 'over' };
    const text = words[user.locale][kind];
    const page: Letter = {
      locale: user.locale,
      heading: text.subject,
      lines: [text.line],
      action: { label: text.action, url: new URL(this.pathOf(request), this.config.PUBLIC_URL).href },
      footer: text.footer,
    };
    const letter: OutgoingMail = {
      to: { name: namedAt(email, user), address: email },
      subject: text.subject,
      messageId: this.mailer.messageId(`${kind}-${String(_id)}`),
      ...(await renderLetter(page)),
    };
    return { letter };
  }

  private async ownerOf({ userId, email }: MailRequestRow) {
    return userId ? await this.users.profile(userId) : await this.users.byEmail(email);
  }

  /** Whoever makes addresses up fills nothing with them: what was asked for at one that is nobody's is forgotten once that is known. */
  private async forgetNobodys(requestId: Types.ObjectId): Promise<void> {
    const request = await this.requests.byId(requestId);
    if (request && !(await this.ownerOf(request))) await this.drop(requestId);
  }

  /** The server said no for good: that an address is gone is told, but for one that is no account's yet. */
  private async followRefusal(requestId: Types.ObjectId, move: DeliveryMove): Promise<void> {
    if (move.to !== 'failed' || move.because !== 'refused') return;
    const status = refusedAddress(move.error instanceof DeliveryFailed ? move.error.cause : move.error);
    const request = status ? await this.requests.byId(requestId) : null;
    if (!status || !request || request.kind === 'confirm' || request.kind === 'undo') return;
    const user = await this.ownerOf(request);
    if (user) this.bus.publish(addressRefused, { userId: String(user._id), email: request.email, status });
  }

  private pathOf({ _id, kind }: MailRequestRow): string {
    if (kind === 'password-changed') return '/';
    if (kind === 'passwords-tried') return '/forgot';
    if (kind === 'email-changing') return '/settings/email';
    const page = kind === 'reset' ? 'reset' : kind === 'undo' ? 'undo-address' : 'confirm-address';
    return `/${page}/${this.links.sign(kind, String(_id))}`;
  }
}
