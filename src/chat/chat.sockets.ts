import { Injectable, type OnModuleInit } from '@nestjs/common';
import { idOf } from '../infra/mongo/ids.js';
import { Realtime } from '../infra/realtime/realtime.js';
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
    this.realtime.roomsFrom(async (userId) => {
      const rows = await this.members.ofPerson(idOf(userId));
      return rows.map((row) => rooms.channel(String(row.channelId)));
    });
  }
}
