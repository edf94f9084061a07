import { Injectable, type OnModuleInit } from '@nestjs/common';
import { presenceChanged } from '../../auth/auth.events.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { toIds } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';

/**
 * Who does not want to be seen here. Their sockets are in a room of their own on every process, which is asked at each tick; whom it is
 * about to say that they are here, the board asks the database.
 */
@Injectable()
export class PresenceChoice implements OnModuleInit {
  constructor(
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly realtime: Realtime,
    private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.realtime.roomsFrom(async (userId) => ((await this.hiddenAmong([userId])).size > 0 ? [rooms.unseen] : []));
    this.bus.on(presenceChanged, ({ userId, shown }) => (shown ? this.show(userId) : this.hide(userId)));
  }

  /** Those of the people on this process whose sockets say that they hide. */
  unseenHere(): Set<string> {
    return new Set(this.realtime.socketsHere(rooms.unseen).map((socket) => socket.data.userId));
  }

  /** Those of these people who hide, as the database says. */
  async hiddenAmong(userIds: readonly string[]): Promise<Set<string>> {
    return await this.users.hiddenAmong(toIds(userIds));
  }

  /** Heals what was not heard of: who hides, and is here without its sockets saying so. */
  async lookAgain(userIds: readonly string[]): Promise<void> {
    const unseen = this.unseenHere();
    const unheard = [...(await this.hiddenAmong(userIds))].filter((userId) => !unseen.has(userId));
    this.realtime.join(unheard, rooms.unseen);
  }

  /** They are here for everybody at once, as they were gone at once: a board that did not look in between notices nothing. */
  private async show(userId: string): Promise<void> {
    this.realtime.leave([userId], rooms.unseen);
    if (await this.realtime.isConnected(userId)) await this.tell(userId, { online: [userId], offline: [] });
  }

  /** They are gone for everybody at once; the boards, which notice it a moment later, say it once more. */
  private async hide(userId: string): Promise<void> {
    this.realtime.join([userId], rooms.unseen);
    await this.tell(userId, { online: [], offline: [userId] });
  }

  private async tell(userId: string, presence: { online: string[]; offline: string[] }): Promise<void> {
    const cohorts = (await this.members.ofPerson(userId)).map(({ cohortId }) => rooms.cohort(cohortId));
    this.realtime.emit(cohorts, 'presence', presence);
  }
}
