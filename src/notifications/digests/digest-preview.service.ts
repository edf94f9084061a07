import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem.js';
import type { DigestPreview } from '../../contracts/notifications/notifications.js';
import { newId } from '../../infra/mongo/ids.js';
import { DigestContents } from './digest-contents.js';
import { Digests } from './digests.js';
import { NotificationsRepository } from '../inbox/notifications.repository.js';
import { Readers } from '../rules/readers.js';

const MAX_KEPT = 200;

/** Shows a person their digest as it would be now, by the same way as it is written. */
@Injectable()
export class DigestPreviewService {
  constructor(
    private readonly readers: Readers,
    private readonly notifications: NotificationsRepository,
    private readonly contents: DigestContents,
    private readonly digests: Digests,
  ) {}

  async of(userId: string): Promise<DigestPreview> {
    const known = await this.readers.of(userId);
    if (!known) throw notFound();
    const { reader, preferences } = known;
    const digest = preferences.digest ?? null;
    // None that was sent: only what waits for one.
    const kept = await this.notifications.keptFor(reader._id, newId(), MAX_KEPT);
    return {
      dueAt: digest || kept.length > 0 ? this.digests.nextOf(reader, preferences).toISOString() : null,
      lists: await this.contents.of(reader, { ...preferences, digest }, kept),
    };
  }
}
