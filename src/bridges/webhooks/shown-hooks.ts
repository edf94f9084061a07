import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../../common/secrets.js';
import { type Recogniser, tokenOf } from '../../infra/http/shown.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Knows the addresses by which others write into channels. */
@Injectable()
export class ShownHooks implements Recogniser {
  constructor(private readonly webhooks: WebhooksRepository) {}

  async recognise(request: FastifyRequest): Promise<string | null> {
    const row = await this.webhooks.byToken(hashOf(tokenOf(request)));
    return row && String(row._id);
  }
}
