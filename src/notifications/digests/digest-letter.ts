import { Inject, Injectable } from '@nestjs/common';
import { type Profile, namedAt } from '../../auth/users.repository.js';
import { CONFIG, type Config } from '../../config/config.js';
import type { DigestChoice } from '../../contracts/notifications/notifications.js';
import { type LetterItem, renderLetter } from '../../infra/mail/letter.js';
import { MailAddresses } from '../../infra/mail/mail-addresses.js';
import { Mailer, type OutgoingMail } from '../../infra/mail/mailer.js';
import type { DigestItem, DigestList, Stop } from './digest-items.js';
import { digestWordsOf } from './digest-words.js';
import { StopLinks } from '../rules/stop-links.js';
import { fill, wordsOf } from '../words/words.js';

/** Writes the mail of a digest, each item with its own way to stop it, where it can be stopped. */
@Injectable()
export class DigestLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly stops: StopLinks,
    private readonly mailer: Mailer,
    private readonly addresses: MailAddresses,
  ) {}

  /** `choice` null: what one day had no more mails for. */
  async write(
    key: string,
    reader: Profile,
    choice: Pick<DigestChoice, 'every'> | null,
    lists: readonly DigestList[],
  ): Promise<OutgoingMail> {
    const words = digestWordsOf(reader.locale);
    const userId = String(reader._id);
    const title = words.title[choice?.every ?? 'day'];
    const letter = await renderLetter({
      locale: reader.locale,
      heading: title,
      lines: [],
      lists: lists.map((list) => ({
        title: words.lists[list.key],
        items: list.items.map((item) => this.itemOf(item, reader)),
        ...(list.more > 0 && { more: fill(words.more, reader.locale, { count: list.more }) }),
      })),
      action: { label: words.act, url: this.address('/inbox') },
      footer: words.why[choice ? 'chosen' : 'kept'],
      footerLink: { label: wordsOf(reader.locale).mail.change, url: this.address('/settings/notifications#digest') },
    });
    return {
      to: { name: namedAt(reader.email, reader), address: reader.email },
      subject: subjectOf(title, lists),
      messageId: this.mailer.messageId(key),
      returnPath: this.addresses.bounce(userId, reader.email),
      ...letter,
      ...(choice && { headers: this.stops.headersOf(reader, { what: 'digest' }) }),
    };
  }

  private itemOf({ title, body, link, stop }: DigestItem, reader: Profile): LetterItem {
    return { title, body, url: this.address(link), stop: stop && this.stopLink(stop, reader) };
  }

  private stopLink(stop: Stop, reader: Profile): LetterItem['stop'] {
    const { locale } = reader;
    const name = stop.what === 'group' ? wordsOf(locale).groups[stop.group] : '';
    const label = fill(digestWordsOf(locale).stop[stop.what], locale, { name });
    return { label, url: this.stops.addressOf(reader, stop) };
  }

  private address(path: string): string {
    return new URL(path, this.config.PUBLIC_URL).href;
  }
}

/** What comes first is said beside the name, so that one mail is not like the other in the list. */
function subjectOf(title: string, [first]: readonly DigestList[]): string {
  const [item] = first?.items ?? [];
  return item ? `${title} · ${item.title}` : title;
}
