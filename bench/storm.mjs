import { built, insideApp, makeHouse } from './support/house.mjs';
import { startLoad } from './support/load.mjs';
import { makeRooms } from './support/rooms.mjs';
import { spread } from './support/statistics.mjs';

const ROOMS = 20;
const PEOPLE = 50;
const BEHIND = 50;

/** 1,000 clients come back at once, each 50 messages behind; beside the same connects that ask for nothing. */
export default async function storm({ services, pairs, quick }) {
  const people = quick ? 5 : PEOPLE;
  const house = makeHouse(services, { NODE_ENV: 'test' });
  const { ask, end } = startLoad();
  try {
    const rooms = await makeRooms(house, ROOMS, people);
    await fill(house, rooms);
    const app = await insideApp(house);
    try {
      const { getConnectionToken } = await import('@nestjs/mongoose');
      await app.listen(0, '127.0.0.1');
      const urls = [`http://127.0.0.1:${app.getHttpServer().address().port}`];
      let asked = 0;
      app
        .get(getConnectionToken())
        .getClient()
        .on('commandStarted', ({ command }) => {
          if ((command.find ?? command.aggregate) === 'messages' && 'filter' in command && 'rev' in command.filter)
            asked += 1;
        });
      const clients = rooms.flatMap(({ channelId, auths }) => auths.map((auth) => ({ auth, channelId, rev: 0 })));
      const rounds = [];
      let [wrong, most] = [0, 0];
      for (let round = 0; round < pairs; round += 1) {
        const taken = {};
        for (const sync of round % 2 === 0 ? [true, false] : [false, true]) {
          asked = 0;
          const answer = await ask('storm', { urls, clients, sync, behind: BEHIND });
          taken[sync ? 'synced' : 'bare'] = answer.seconds;
          wrong += answer.wrong;
          if (sync) most = Math.max(most, asked);
        }
        if (round > 0) rounds.push(taken);
      }
      const seconds = (of) => spread(rounds.map((round) => round[of]));
      const beside = spread(rounds.map(({ synced, bare }) => synced / bare));
      return {
        figures: [
          { name: 'time until all are whole, beside bare connects', unit: 'x', ...beside, atMost: 2 },
          { name: 'until all are whole', unit: 's', ...seconds('synced') },
          { name: 'bare connects', unit: 's', ...seconds('bare') },
          { name: 'queries for changes (distinct channel and rev)', unit: '', mid: most, atMost: ROOMS },
          { name: 'clients that got another number of messages', unit: '', mid: wrong, atMost: 0 },
        ],
        notes: [`${clients.length} clients in ${ROOMS} channels, each ${BEHIND} messages behind, one process.`],
      };
    } finally {
      await app.close();
    }
  } finally {
    end();
    await house.close();
  }
}

/** What everybody missed. */
async function fill(house, rooms) {
  const app = await insideApp(house);
  try {
    const { MessageWriter } = await built('chat/messages/message-writer.js');
    const { ChannelMembersRepository } = await built('chat/channels/channel-members.repository.js');
    const { Types } = await import('mongoose');
    for (const { channelId } of rooms) {
      const id = new Types.ObjectId(channelId);
      const [senderId] = await app.get(ChannelMembersRepository).idsIn(id);
      const drafts = Array.from({ length: BEHIND }, (_, index) => ({
        ...{ senderId, clientId: `bench-${index}-${channelId}`, threadId: null, attachments: [] },
        body: `message ${index} of ordinary talk about a form that people fill in`,
      }));
      await app.get(MessageWriter).write(id, drafts);
    }
  } finally {
    await app.close();
  }
}
