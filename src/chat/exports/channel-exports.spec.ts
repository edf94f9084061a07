import { Types } from 'mongoose';
import { turnsDuring } from '../../../test/support/rooms/turns.js';
import { SystemClock } from '../../common/times/clock.js';
import { LongTexts } from '../../infra/threads/long-texts.js';
import { ChannelExports } from './channel-exports.service.js';
import type { ChannelRow } from '../channels/channel.schema.js';

const channel = {
  _id: new Types.ObjectId(),
  name: 'room',
  nameKey: null,
  topic: '',
  headSeq: 300,
} as unknown as ChannelRow;
const row = (_: unknown, index: number) => ({
  _id: new Types.ObjectId(),
  channelId: channel._id,
  senderId: new Types.ObjectId(),
  body: 'a **dear** text '.repeat(100),
  seq: index + 1,
  names: [],
  reactions: [],
  createdAt: new Date(0),
});

const rows = Array.from({ length: 300 }, row);
/** How many messages the database was asked for, each time. */
const asked: number[] = [];
beforeEach(() => void asked.splice(0));

/** A channel of 300 messages, and whoever asks for people finds none. */
const exports = () =>
  new ChannelExports(
    {} as never,
    {
      after: (_: unknown, after: number, limit: number) => {
        asked.push(limit);
        return Promise.resolve(rows.slice(after, after + limit));
      },
    } as never,
    { byId: () => Promise.resolve(new Map()) } as never,
    new LongTexts({} as never),
    new SystemClock(),
  );

async function readAll(pieces: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe.each([
  ['a page', () => exports().html(channel, { lang: 'en', zone: 'Europe/Paris' })],
  ['JSON', () => exports().json(channel)],
])('a channel of 300 dear messages as %s', (_, pieces) => {
  it('then others have a turn after each of them', async () => {
    // Those that begin a piece come after a question to the database instead.
    expect(await turnsDuring(readAll(pieces()))).toBeGreaterThanOrEqual(rows.length - rows.length / 50);
  });

  it('then 50 are read at once, and all of them', async () => {
    const text = await readAll(pieces());
    expect(asked).toEqual(Array(7).fill(50));
    expect(text.match(/dear/g)).toHaveLength(300 * 100);
  });

  it('given one who asks for many files at once, then one is written after the other, and another person waits for none', async () => {
    const all = exports();
    const asked = jest.spyOn(all, 'channelFor').mockResolvedValue(channel);
    const written: string[] = [];
    async function* pieces(name: string) {
      written.push(`${name} begins`);
      for (let index = 0; index < 3; index += 1) yield await Promise.resolve(`${index}`);
      written.push(`${name} ends`);
    }
    const read = async (userId: string, name: string) => {
      for await (const _ of all.inLine(userId, channel, pieces(name))) await new Promise((go) => setImmediate(go));
    };
    await Promise.all([read('many', 'first'), read('many', 'second'), read('many', 'third'), read('other', 'theirs')]);
    expect(written.filter((one) => !one.startsWith('theirs'))).toEqual(
      ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
    expect(written.indexOf('theirs ends')).toBeLessThan(written.indexOf('second ends'));
    // Before each piece: who was first was asked at the door before the first one; of the others it may be another answer by now.
    expect(asked).toHaveBeenCalledTimes(2 + 3 + 3 + 2);
    asked
      .mockResolvedValueOnce(channel)
      .mockResolvedValueOnce(channel)
      .mockRejectedValueOnce(new Error('not any more'));
    const [one, refused] = await Promise.allSettled([read('many', 'fourth'), read('many', 'fifth')]);
    expect([one.status, refused.status]).toEqual(['fulfilled', 'rejected']);
    await read('many', 'sixth');
    expect(written.slice(-2)).toEqual(['sixth begins', 'sixth ends']);
  });

  it('given one who may not have it any more while it is written, then it ends before the next piece, and their next file has its turn', async () => {
    const all = exports();
    const asked = jest.spyOn(all, 'channelFor').mockResolvedValue(channel);
    const first = all.inLine('one', channel, pieces());
    for (let piece = 0; piece < 3; piece += 1) expect((await first.next()).done).toBe(false);
    asked.mockRejectedValueOnce(new Error('not any more'));
    await expect(first.next()).rejects.toThrow('not any more');
    expect((await first.next()).done).toBe(true);
    expect((await all.inLine('one', channel, pieces()).next()).done).toBe(false);
  });

  it('given one who goes away while it is written, then the next file of theirs has its turn', async () => {
    const all = exports();
    jest.spyOn(all, 'channelFor').mockResolvedValue(channel);
    const first = all.inLine('one', channel, all.json(channel));
    await first.next();
    const second = all.inLine('one', channel, all.json(channel)).next();
    await first.return(undefined);
    expect((await second).done).toBe(false);
  });
});
