import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Problem } from '../../common/problem.js';
import { Shares } from '../../common/shares.js';
import { Clock, DAY, HOUR } from '../../common/times/clock.js';
import { CONFIG, type Config } from '../../config/config.js';
import { OutsidePages } from '../../infra/http/outside/outside-pages.js';
import { Ends } from '../../infra/queue/ends.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import type { LinkPageRow } from './link-page.schema.js';
import { LinkPagesRepository } from './link-pages.repository.js';
import { isOutside } from './outside-links.js';

/** What a page says of itself holds so long; that it says nothing, or could not be read, not as long. */
const HOLDS_MS = DAY;
const NOTHING_HOLDS_MS = HOUR;
/** Longer than any reading takes: then whoever began it is gone. */
const READING_MS = 20_000;
/** What one person has the installation ask of the world. */
const READS = { name: 'chat-pages', points: 30, seconds: 60 };
/** Of them at a time: whoever owns a page says how long it takes. */
const READS_AT_ONCE = 3;

/** What pages outside say of themselves, each read once for all who link to it. */
@Injectable()
export class LinkPages implements OnModuleInit {
  private readonly shares = new Shares(READS_AT_ONCE);

  constructor(
    private readonly pages: LinkPagesRepository,
    private readonly outside: OutsidePages,
    private readonly limits: RateLimits,
    private readonly ends: Ends,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ends.of('words of pages elsewhere', () => this.sweep());
  }

  /**
   * The page, read now if need be; null for one that says nothing, or that this person asked too many of; `busy` while somebody reads it, or others for this person. `isAsked`: they did
   * not ask for it a moment ago.
   */
  async of(url: string, userId: string, isAsked: boolean): Promise<LinkPageRow | 'busy' | null> {
    // First: else who asked too many still learns of an address whether somebody, in whichever cohort, linked to it.
    if (isAsked && !(await this.mayRead(userId))) return null;
    const now = this.clock.now();
    const known = await this.pages.byUrl(url);
    if (known && known.freshUntil > now) return known.title === null ? null : known;
    if (known && known.busyUntil > now) return 'busy';
    let answer: LinkPageRow | 'busy' | null = 'busy';
    await this.shares.within(userId, async () => {
      const page = await this.pages.claim(url, now, new Date(now.getTime() + READING_MS));
      if (page) answer = await this.read(page, now);
    });
    return answer;
  }

  /** Forgets what no longer holds. Messages keep what they show. */
  async sweep(): Promise<void> {
    await this.pages.forget(new Date(this.clock.now().getTime() - DAY));
  }

  private async read({ _id, url, busyUntil }: LinkPageRow, now: Date): Promise<LinkPageRow | null> {
    const answer = await this.outside.read(new URL(url), (one) => isOutside(one, this.config.PUBLIC_URL));
    // Loaded with the first page.
    const { pageWords } = await import('../../common/texts/page-words.js');
    const words = answer.problem === null ? pageWords(answer.body, answer.type) : null;
    const freshUntil = new Date(now.getTime() + (words ? HOLDS_MS : NOTHING_HOLDS_MS));
    const learnt = { ...(words ?? { title: null, description: '', site: '' }), freshUntil };
    await this.pages.learn(_id, learnt);
    return words && { _id, url, busyUntil, ...learnt };
  }

  private async mayRead(userId: string): Promise<boolean> {
    try {
      await this.limits.take(READS, userId);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.status === 429) return false;
      throw error;
    }
  }
}
