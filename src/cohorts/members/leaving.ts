import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { MINUTE } from '../../common/times/clock.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { memberLeft, roleChanged } from '../cohorts.events.js';

interface Member {
  cohortId: string;
  userId: string;
}

/** An act that found them a member, or in their role, is over after so long. */
const AGAIN_AFTER_MS = MINUTE;

/**
 * Somebody leaves a cohort, or a role in it: rooms follow (their places, what they host, sessions, requests, wishes). Written in the transaction that ends it, so that
 * it is followed whatever dies; and followed once more a minute later, since somebody may have given them something at that very moment.
 */
@Injectable()
export class Leaving {
  constructor(private readonly outbox: Outbox) {}

  async cohort(member: Member, session: ClientSession): Promise<void> {
    await this.outbox.write(memberLeft, { ...member }, session, { againAfterMs: AGAIN_AFTER_MS });
  }

  async role(member: Member, session: ClientSession): Promise<void> {
    await this.outbox.write(roleChanged, { ...member }, session, { againAfterMs: AGAIN_AFTER_MS });
  }
}
