import { Injectable, type OnModuleInit } from '@nestjs/common';
import { idOf } from '../infra/mongo/ids.js';
import { type LiveSocket, Realtime } from '../infra/realtime/realtime.js';
import { rooms } from '../infra/realtime/rooms.js';
import { ChannelMembersRepository } from './channel-members.repository.js';

/** Lets a new socket into the rooms of its channels. */
@Injectable()
export class ChatSockets implements OnModuleInit {
  constructor(
    private readonly realtime: Realtime,
    private readonly members: ChannelMembersRepository,
  ) {}

  onModuleInit(): void {
    this.realtime.onConnect((socket) => this.joinRooms(socket));
  }

  /**
   * Looks again after the socket is in: somebody may have been taken out of a channel between the first look and the join, when
   * there was no socket in the room to be taken out.
   */
  private async joinRooms(socket: LiveSocket): Promise<void> {
    const held = await this.roomsOf(socket);
    await socket.join(held);
    const now = new Set(await this.roomsOf(socket));
    for (const room of held.filter((one) => !now.has(one))) await socket.leave(room);
  }

  private async roomsOf(socket: LiveSocket): Promise<string[]> {
    const rows = await this.members.ofPerson(idOf(socket.data.userId));
    return rows.map((row) => rooms.channel(String(row.channelId)));
  }
}
