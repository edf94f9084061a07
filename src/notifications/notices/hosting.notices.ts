import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../auth/people.js';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { hostsNamed, hostsRemoved } from '../../workshops/workshops.events.js';
import type { WorkshopFacts } from '../../workshops/workshop-facts.js';
import { WorkshopsReader } from '../../workshops/workshops.reader.js';
import type { NoticeParams } from '../inbox/notification.schema.js';
import { type Notice, Notifier } from '../notifier.js';
import { noticeOf } from './series.notices.js';
import { together } from './together.js';

/** Tells people that they host a workshop, or dates of a series at once, since somebody else named them, and that they do no more: their hours are taken, or free again. */
@Injectable()
export class HostingNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly workshops: WorkshopsReader,
    private readonly people: People,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(hostsNamed, 'hosting notices', (fact) => this.tellNamed(fact));
    this.outbox.on(hostsRemoved, 'hosting notices', (fact) => this.tellRemoved(fact));
  }

  private async tellNamed({ byId, named, actId }: NonNullable<typeof hostsNamed.payload>): Promise<void> {
    const names = await this.people.byId(byId === null ? [] : [byId]);
    const by = (byId !== null && names.get(byId)?.name) || 'none';
    const words = { kind: 'workshop.hosting', why: 'host', key: `workshop-hosting-${actId}` } as const;
    await this.tell(named, words, { by }, ({ hosts }, userId) => hosts.includes(userId));
  }

  /** Who took themselves out is told as well: the mail takes the entry out of their calendar. */
  private async tellRemoved({ removed, actId }: NonNullable<typeof hostsRemoved.payload>): Promise<void> {
    const words = {
      kind: 'workshop.hosting_ended',
      why: 'host_before',
      key: `workshop-hosting-ended-${actId}`,
    } as const;
    await this.tell(removed, words, {}, ({ hosts }, userId) => !hosts.includes(userId));
  }

  /** By how it is by then: who was named and taken out again meanwhile, or the other way round, hears of neither. */
  private async tell(
    people: readonly { userId: string; workshopIds: string[] }[],
    words: Pick<Notice, 'kind' | 'why'> & { key: string },
    params: NoticeParams,
    isSo: (date: WorkshopFacts, userId: string) => boolean,
  ): Promise<void> {
    const dates = await this.workshops.byIds([...new Set(people.flatMap(({ workshopIds }) => workshopIds))]);
    const now = this.clock.now();
    const ahead = new Map(
      dates.flatMap((date) => (date.status === 'published' && date.endsAt > now ? [[date.id, date] as const] : [])),
    );
    const notices = people.flatMap(({ userId, workshopIds }) => {
      const theirs = workshopIds.flatMap((id) => ahead.get(id) ?? []).filter((date) => isSo(date, userId));
      return bySeries(theirs).map((group) => ({
        ...noticeOf(group, params),
        ...words,
        userIds: [userId],
        key: `${words.key}-${group[0]?.id}`,
      }));
    });
    await tryEach(together(notices), (notice) => this.notifier.notify(notice));
  }
}

/** Workshops of no series each by itself, dates of one together. */
function bySeries(workshops: readonly WorkshopFacts[]): WorkshopFacts[][] {
  const groups = new Map<string, WorkshopFacts[]>();
  for (const one of workshops) {
    const of = one.seriesId ?? one.id;
    groups.set(of, [...(groups.get(of) ?? []), one]);
  }
  return [...groups.values()];
}
