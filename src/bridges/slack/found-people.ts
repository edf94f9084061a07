import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, Types } from 'mongoose';
import { addressConfirmed } from '../../auth/auth.events.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { ChannelImporter } from '../../chat/channels/channel-importer.js';
import { memberJoined } from '../../cohorts/cohorts.events.js';
import { Members } from '../../cohorts/members/members.service.js';
import { ImportedPeopleOfForum } from '../../forums/importing/imported-people-of-forum.js';
import { idOf } from '../../infra/mongo/ids.js';
import { putInPlaceIn } from '../../infra/mongo/in-place.js';
import { Outbox } from '../../infra/outbox/outbox.js';

/**
 * Gives people what they wrote in Slack, or in another forum, where a placeholder stands for them: who has an account becomes a member of the cohort, or a member shows that their address is
 * theirs, and it is the one that was known there. Done twice it is done once. The placeholder stays, so that an import that was under way finds it, and is looked at again
 * when that is over.
 */
@Injectable()
export class FoundPeople implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly channels: ChannelImporter,
    private readonly forum: ImportedPeopleOfForum,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  onModuleInit(): void {
    this.outbox.on(memberJoined, 'bridges/slack/found-people', ({ cohortId, userId }) =>
      this.look(cohortId, [idOf(userId)]),
    );
    this.outbox.on(addressConfirmed, 'bridges/slack/found-people', async ({ userId }) => {
      for (const { cohortId } of await this.members.ofPerson(userId)) await this.look(cohortId, [idOf(userId)]);
    });
  }

  /** Looks for placeholders of these people in a cohort; who is no member of it, or has not shown that their address is theirs, is passed over. */
  async look(cohortId: string, userIds: readonly Types.ObjectId[]): Promise<void> {
    const rows = await this.members.list(cohortId, { userIds: userIds.map(String) });
    const instead = await this.users.standInsOf(
      idOf(cohortId),
      rows.map(({ userId }) => idOf(userId)),
    );
    if (instead.size === 0) return;
    await putInPlaceIn(this.connection, `slack:${cohortId}:`, instead);
    await this.forum.putInPlace(idOf(cohortId), instead);
    await this.channels.letIn(cohortId);
  }
}
