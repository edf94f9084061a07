import { Types } from 'mongoose';
import { turnsDuring } from '../../test/support/turns.js';
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
});
