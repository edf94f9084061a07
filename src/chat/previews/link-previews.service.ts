import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { linkPreviewing } from '../../cohorts/cohort-rules.js';
import { CONFIG, type Config } from '../../config/config.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { JobQueues, defineJob } from '../../infra/queue/job-queues.js';
import { LongTexts } from '../../infra/threads/long-texts.js';
import { type MessageFacts, messageEdited, messageSent } from '../chat.events.js';
import type { LinkPageRow } from './link-page.schema.js';
import { LinkPages } from './link-pages.service.js';
import type { MessageRow, PreviewRow } from '../messages/message.schema.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { MessagesService } from '../messages/messages.service.js';
import { PAGES, mayBeLinked, outsideOf } from './outside-links.js';

interface Look {
  messageId: string;
  /** How often it was put off because somebody else was reading the same page. */
  waits: number;
}

const linkPreviews = defineJob<Look>('link-previews', 'readings');

const WAIT_MS = 500;
/** Longer than a page may be busy, also when whoever read it is gone. */
const MAX_WAITS = 60;

/**
 * Shows beneath a message what the pages outside say that it links to: after it was sent or changed, by a worker, where the installation
 * and the cohort want that. Conversations of two or more people belong to no cohort, so that nobody said so for them.
 */
@Injectable()
export class LinkPreviews implements OnModuleInit {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly service: MessagesService,
    private readonly pages: LinkPages,
    private readonly cohorts: CohortsRepository,
    private readonly queues: JobQueues,
    private readonly bus: EventBus,
    private readonly texts: LongTexts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.process(linkPreviews, (look) => this.work(look));
    if (this.config.LINK_PREVIEWS === 'off') return;
    this.bus.on(messageSent, (facts) => this.ask(facts));
    this.bus.on(messageEdited, (facts) => this.ask(facts));
  }

  /** A lost job costs a preview and nothing else: nobody looks for it. */
  private async ask({ messageId, cohortId, hasLinks }: MessageFacts): Promise<void> {
    if (hasLinks && cohortId) await this.queues.add(linkPreviews, { messageId, waits: 0 });
  }

  private async work({ messageId, waits }: Look): Promise<void> {
    const message = await this.messages.byId(idOf(messageId));
    if (!message || !mayBeLinked(message) || !(await this.isWanted(message))) return;
    const known = new Set(message.previews?.map((one) => one.url));
    const linked = await this.texts.read(PAGES, message.body);
    const urls = outsideOf(linked, this.config.PUBLIC_URL).filter((url) => !known.has(url));
    const pages = await Promise.all(urls.map((url) => this.pages.of(url, String(message.senderId), waits === 0)));
    const found = pages.flatMap((page) => (page && page !== 'busy' ? previewOf(page) : []));
    if (found.length > 0) await this.service.showPreviews(message, linked, found);
    if (pages.includes('busy') && waits < MAX_WAITS)
      await this.queues.add(linkPreviews, { messageId, waits: waits + 1 }, { delay: WAIT_MS });
  }

  private async isWanted({ cohortId }: MessageRow): Promise<boolean> {
    const cohort = cohortId && (await this.cohorts.byId(cohortId));
    return Boolean(cohort) && linkPreviewing(cohort ?? {}, this.config) === 'on';
  }
}

const previewOf = ({ url, title, description, site }: LinkPageRow): PreviewRow[] =>
  title ? [{ url, title, description, site }] : [];
