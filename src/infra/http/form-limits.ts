import { Injectable } from '@nestjs/common';
import { mailboxOf } from '../../common/texts/mailbox.js';
import { type Count, type Limit, RateLimits } from '../redis/rate-limits.js';
import { networkCounts } from './network.js';

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** Each form is a mail to anybody. One network may be a whole agency; one address is asked for, at each page, by whoever knows it. */
const networkLimit: Limit = { name: 'guest-network', points: 100, seconds: HOUR_SECONDS };
const addressLimit: Limit = { name: 'guest-address', points: 5, seconds: HOUR_SECONDS, growsTo: DAY_SECONDS };
/** One mailbox, under whatever tag and with whatever dots (`na.me+tag@`), and of however many pages. */
const mailboxLimit: Limit = { name: 'guest-mailbox', points: 20, seconds: HOUR_SECONDS, growsTo: DAY_SECONDS };
/** The first letter of a page to a mailbox, for as long as its link is good: who uses a mailbox up at one page keeps its owner from no other. */
const firstLimit: Limit = { name: 'guest-first', points: 1, seconds: DAY_SECONDS };
/** Of one page, from addresses of one domain: a domain of one's own has as many addresses as one likes, one of a provider has many people. */
const domainLimit: Limit = { name: 'guest-domain', points: 200, seconds: HOUR_SECONDS };
/** Beyond that, one of each place: what few places make up at a domain keeps nobody of it who asks from elsewhere. */
const beyondDomain: Limit = { name: 'guest-beyond', points: 1, seconds: HOUR_SECONDS };
const allLimit: Limit = { name: 'guest-all', points: 3000, seconds: HOUR_SECONDS };

/** How many forms of strangers, who register for a workshop or apply to a call, lead to a letter. */
@Injectable()
export class FormLimits {
  constructor(private readonly limits: RateLimits) {}

  /**
   * Takes the right to have a letter sent; asked after all that is refused without one, so that nobody keeps an address, or a place, from a page by asking for something
   * else. Who is refused for their mailbox has a letter of this page in it. The place comes first: who is refused there leaves nothing of what they made up. Throws 429.
   */
  async take(pageId: string, email: string, network: string): Promise<void> {
    const mailbox = mailboxOf(email);
    const taken: Count[] = [
      ...networkCounts(networkLimit, network),
      [addressLimit, `${pageId} ${email}`],
      [allLimit, 'all'],
    ];
    const last = [...(await this.limits.takeForNow(taken))];
    const first: Count = [firstLimit, `${pageId} ${mailbox}`];
    const isFirst = (await this.limits.tryAll([first])) !== null;
    if (isFirst) taken.push(first);
    const ofMailbox: Count[] = [[mailboxLimit, mailbox]];
    try {
      taken.push(...(await this.takeOfDomain(pageId, mailbox, isFirst ? network : null)));
      last.push(...((isFirst ? await this.limits.tryAll(ofMailbox) : await this.limits.takeForNow(ofMailbox)) ?? []));
    } catch (refused) {
      await this.limits.giveAllBack(taken);
      throw refused;
    }
    await this.limits.beginWaits(last);
  }

  /** Of the domain, or beyond it of the place that asks for a mailbox for the first time. Returns what was taken. */
  private async takeOfDomain(pageId: string, mailbox: string, place: string | null): Promise<Count[]> {
    const share: Count[] = [[domainLimit, `${pageId} ${mailbox.slice(mailbox.lastIndexOf('@') + 1)}`]];
    const isBeyond = place !== null && !(await this.limits.tryAll(share));
    if (isBeyond) {
      const beyond = networkCounts(beyondDomain, place);
      await this.limits.takeAll(beyond);
      return beyond;
    }
    if (place === null) await this.limits.takeAll(share);
    return share;
  }
}
