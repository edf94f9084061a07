import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Locale } from '../contracts/primitives.js';
import { CONFIG, type Config } from '../config/config.js';
import { type Letter, renderLetter } from '../infra/mail/letter.js';
import { Mailer } from '../infra/mail/mailer.js';
import { idOf } from '../infra/mongo/ids.js';
import { JobQueues, defineQueue } from '../infra/queue/job-queues.js';
import { LinkTokens } from './link-tokens.js';
import { MailRequestsRepository } from './mail-requests.repository.js';
import { UsersRepository } from './users.repository.js';

type AccountMail =
  { kind: 'reset' | 'confirm'; requestId: string } | { kind: 'password-changed' | 'email-changing'; userId: string };

/** Mails about an account. Jobs carry ids only; the token of a link is made when the mail is written. */
export const accountMail = defineQueue<AccountMail>('account-mail');

type Words = Record<'subject' | 'line' | 'action' | 'footer', string>;
type Kind = AccountMail['kind'];

const words: Record<Locale, Record<Kind, Words>> = {
  en: {
    reset: {
      subject: 'Set a new password',
      line: 'Somebody asked for a new password for this address. The link works for two hours, once.',
      action: 'Set a new password',
      footer: 'If it was not you, ignore this mail: nothing changes.',
    },
    confirm: {
      subject: 'Confirm your new address',
      line: 'You asked to sign in with this address from now on. The link works for two hours, once.',
      action: 'Confirm the address',
      footer: 'If it was not you, ignore this mail: nothing changes.',
    },
    'password-changed': {
      subject: 'Your password was changed',
      line: 'The password of your account was changed just now, and all other devices are signed out.',
      action: 'Open Cordée',
      footer: 'If it was not you, ask for a new password at once and tell your programme team.',
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
      footer: 'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message : rien ne change.',
    },
    confirm: {
      subject: 'Confirmer votre nouvelle adresse',
      line: 'Vous avez demandé à vous connecter désormais avec cette adresse. Le lien est valable deux heures, une seule fois.',
      action: 'Confirmer l’adresse',
      footer: 'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message : rien ne change.',
    },
    'password-changed': {
      subject: 'Votre mot de passe a été changé',
      line: 'Le mot de passe de votre compte vient d’être changé, et tous les autres appareils sont déconnectés.',
      action: 'Ouvrir Cordée',
      footer: 'Si ce n’était pas vous, demandez aussitôt un nouveau mot de passe et prévenez l’équipe du programme.',
    },
    'email-changing': {
      subject: 'Votre adresse va changer',
      line: 'Une demande de changement d’adresse a été faite depuis votre compte. Elle prendra effet une fois la nouvelle adresse confirmée.',
      action: 'Ouvrir les réglages',
      footer: 'Si ce n’était pas vous, changez aussitôt de mot de passe et prévenez l’équipe du programme.',
    },
  },
};

/** Writes and sends the mails of {@link accountMail}. */
@Injectable()
export class AccountMails implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queues: JobQueues,
    private readonly users: UsersRepository,
    private readonly requests: MailRequestsRepository,
    private readonly links: LinkTokens,
    private readonly mailer: Mailer,
  ) {}

  onModuleInit(): void {
    this.queues.process(accountMail, (data) =>
      'requestId' in data ? this.sendLink(data.kind, data.requestId) : this.sendNotice(data.kind, data.userId),
    );
  }

  private async sendLink(kind: 'reset' | 'confirm', requestId: string): Promise<void> {
    const request = await this.requests.byId(idOf(requestId));
    if (!request || request.usedAt) return;
    const user =
      kind === 'reset'
        ? await this.users.byEmail(request.email)
        : request.userId && (await this.users.profile(request.userId));
    if (!user) return;
    const path = kind === 'reset' ? 'reset' : 'confirm-address';
    const to = { name: user.name, address: request.email };
    await this.send(kind, user.locale, to, `${kind}-${requestId}`, `/${path}/${this.links.sign(kind, requestId)}`);
  }

  private async sendNotice(kind: 'password-changed' | 'email-changing', userId: string): Promise<void> {
    const user = await this.users.profile(idOf(userId));
    if (!user) return;
    const path = kind === 'email-changing' ? '/settings' : '/';
    await this.send(
      kind,
      user.locale,
      { name: user.name, address: user.email },
      `${kind}-${userId}-${Date.now()}`,
      path,
    );
  }

  private async send(
    kind: Kind,
    locale: Locale,
    to: { name: string; address: string },
    key: string,
    path: string,
  ): Promise<void> {
    const text = words[locale][kind];
    const letter: Letter = {
      locale,
      heading: text.subject,
      lines: [text.line],
      action: { label: text.action, url: new URL(path, this.config.PUBLIC_URL).href },
      footer: text.footer,
    };
    await this.mailer.send({
      to,
      subject: text.subject,
      messageId: this.mailer.messageId(key),
      ...(await renderLetter(letter)),
    });
  }
}
