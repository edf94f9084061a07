import { Types } from 'mongoose';
import { SystemClock } from '../common/clock.js';
import { LongTexts } from '../infra/threads/long-texts.js';
import { ChannelExports } from './channel-exports.service.js';
import type { ChannelRow } from './channel.schema.js';

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

/** A channel of 300 messages, and whoever asks for people finds none. */
const exports = () =>
  new ChannelExports(
    {} as never,
    {
      after: (_: unknown, after: number) => Promise.resolve(after === 0 ? Array.from({ length: 300 }, row) : []),
    } as never,
    { byId: () => Promise.resolve(new Map()) } as never,
    new LongTexts({} as never),
    new SystemClock(),
  );

/** How often others had a turn while it was read to its end. */
async function turnsDuring(pieces: AsyncGenerator<string>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const next = () => {
    turns += 1;
    if (!isOver) setImmediate(next);
  };
  setImmediate(next);
  for await (const piece of pieces) expect(piece).not.toBe('');
  isOver = true;
  return turns;
}

describe('a channel as a file', () => {
  it('given 300 dear messages, then others have a turn after each of them', async () => {
    expect(await turnsDuring(exports().html(channel, { lang: 'en', zone: 'Europe/Paris' }))).toBeGreaterThanOrEqual(
      299,
    );
    expect(await turnsDuring(exports().json(channel))).toBeGreaterThanOrEqual(299);
  });
});
