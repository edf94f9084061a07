import { Types } from 'mongoose';
import { built, insideApp } from './house.mjs';
import { aCohort, members, tokenOf } from './people.mjs';

/** Private channels, each with people of its own: their ids, and what each of their sockets signs in with. */
export async function makeRooms(house, count, people) {
  const app = await insideApp(house);
  try {
    const { ChannelsRepository } = await built('chat/channels/channels.repository.js');
    const { ChannelMembersRepository } = await built('chat/channels/channel-members.repository.js');
    const cohortId = await aCohort(app);
    const rooms = [];
    for (let room = 0; room < count; room += 1) {
      const ids = await members(app, cohortId, 'fellow', people);
      const now = new Date();
      const key = `private:${new Types.ObjectId()}`;
      const channel = {
        cohortId: new Types.ObjectId(cohortId),
        kind: 'private',
        key,
        name: `room ${room}`,
        nameKey: null,
      };
      await app.get(ChannelsRepository).ensure([{ ...channel, createdAt: now, createdBy: null }]);
      const { _id } = await app.get(ChannelsRepository).byKey(key);
      const rows = ids.map((id) => ({
        channelId: _id,
        cohortId: channel.cohortId,
        userId: new Types.ObjectId(id),
        readSeq: 0,
        joinedAt: now,
      }));
      await app.get(ChannelMembersRepository).add(rows);
      const auths = await Promise.all(ids.map(async (id) => ({ token: await tokenOf(app, id) })));
      rooms.push({ channelId: String(_id), auths });
    }
    return rooms;
  } finally {
    await app.close();
  }
}
