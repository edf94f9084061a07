import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../../common/secrets.js';
import type { Recogniser } from '../../infra/http/shown.js';
import { ForumFeedsRepository } from './forum-feeds.repository.js';

/** Knows the addresses of feeds of forums. */
@Injectable()
export class ShownForumFeeds implements Recogniser {
  constructor(private readonly feeds: ForumFeedsRepository) {}

  async recognise({ params }: FastifyRequest): Promise<string | null> {
    const row = await this.feeds.bySecret(hashOf((params as { secret?: string }).secret ?? ''));
    return row && String(row._id);
  }
}
