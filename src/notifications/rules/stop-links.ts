import { Inject, Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { PersonLinks } from '../../auth/tokens/person-links.js';
import type { Profile } from '../../auth/users.repository.js';
import { CONFIG, type Config } from '../../config/config.js';
import { DigestSection, PreferenceKind } from '../../contracts/notifications/notifications.js';
import type { Stop } from '../digests/digest-items.js';

/** What a link stops: what an item of a digest is about, or the digest itself. */
export type Stoppable = Stop | { what: 'digest' };

interface Addressed {
  _id: Types.ObjectId;
  email: string;
}

/** The links by which a mail, or one item of it, is stopped: for one person and one thing, and without a login (RFC 8058). */
@Injectable()
export class StopLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly links: PersonLinks,
  ) {}

  addressOf(person: Addressed, stop: Stoppable): string {
    const token = this.links.sign('unsubscribe', person, wordsOf(stop));
    return new URL(`/api/unsubscribe/${token}`, this.config.PUBLIC_URL).href;
  }

  /** The headers of a mail that is stopped by one click (RFC 8058, section 3.1). */
  headersOf(person: Addressed, stop: Stoppable): Record<string, string> {
    return {
      'List-Unsubscribe': `<${this.addressOf(person, stop)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    };
  }

  /** Whose link it is and what it stops; null as in {@link PersonLinks.read}. */
  async read(token: string): Promise<{ person: Profile; stop: Stoppable } | null> {
    const link = await this.links.read('unsubscribe', token);
    const stop = link && stopOf(link.about);
    return stop && { person: link.person, stop };
  }
}

function wordsOf(stop: Stoppable): string[] {
  switch (stop.what) {
    case 'group':
      return [stop.group];
    case 'topic':
      return ['topic', stop.cohortId, stop.topicId];
    case 'channel':
      return ['channel', stop.channelId];
    case 'section':
      return ['section', stop.section];
    default:
      return ['digest'];
  }
}

function stopOf([what = '', first = '', second = '']: readonly string[]): Stoppable | null {
  if (what === 'topic') return { what, cohortId: first, topicId: second };
  if (what === 'channel') return { what, channelId: first };
  if (what === 'digest') return { what };
  const section = DigestSection.safeParse(first);
  if (what === 'section') return section.success ? { what, section: section.data } : null;
  const group = PreferenceKind.safeParse(what);
  return group.success ? { what: 'group', group: group.data } : null;
}
