import { Injectable } from '@nestjs/common';
import { ChannelsReader } from '../../chat/channels/channels-reader.js';
import { Members } from '../../cohorts/members/members.service.js';

/** Who of the readers of a channel is told nothing of what somebody writes there. */
@Injectable()
export class DeafReaders {
  constructor(
    private readonly channels: ChannelsReader,
    private readonly members: Members,
  ) {}

  /** Who blocked them, unless they are staff where they write it: what the programme says reaches everybody. */
  async to(senderId: string, cohortId: string | null, readers: readonly string[]): Promise<Set<string>> {
    const blockers = await this.channels.blockersOf(senderId, readers);
    if (blockers.size === 0 || cohortId === null) return blockers;
    const sender = await this.members.find(cohortId, senderId);
    return sender?.role === 'staff' ? new Set() : blockers;
  }
}
