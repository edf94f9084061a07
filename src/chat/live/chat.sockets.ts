import { Injectable, type OnModuleInit } from '@nestjs/common';
import { idOf } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { rooms } from '../../infra/realtime/rooms.js';
import { OwnPlaces } from '../channels/own-places.js';

/** Lets a new socket into the rooms of its channels. */
@Injectable()
export class ChatSockets implements OnModuleInit {
  constructor(
    private readonly realtime: Realtime,
    private readonly places: OwnPlaces,
  ) {}

  onModuleInit(): void {
    this.realtime.roomsFrom(async (userId) => {
      const rows = await this.places.ofPerson(idOf(userId));
      return rows.map((row) => rooms.channel(String(row.channelId)));
    });
  }
}
