import { peopleIn } from './slack-message.js';
import { type RowKind, readRows } from './slack-rows.js';
import type { SlackMessage } from './slack-shapes.js';

const said = (more: Record<string, unknown> = {}) => ({
  type: 'message',
  ts: '1760000000.000100',
  user: 'U1',
  ...more,
});
const read = (rows: unknown, kind: RowKind = 'messages') =>
  readRows({ bytes: Buffer.from(typeof rows === 'string' ? rows : JSON.stringify(rows)), kind });
const messagesOf = (rows: unknown) => {
  const found = read(rows);
  return 'pieces' in found ? found.pieces.flatMap((piece) => JSON.parse(piece) as SlackMessage[]) : found;
};

describe('rows of an export', () => {
  it('given many messages, then they come the oldest first, in pieces that are short to read', () => {
    const rows = Array.from({ length: 3000 }, (_, at) =>
      said({ ts: `${1760000000 - at}.000100`, text: 'a'.repeat(100) }),
    );
    const found = read([...rows, { type: 'other' }, 7]) as { pieces: string[]; unreadable: number };
    expect([
      found.unreadable,
      found.pieces.length > 5,
      Math.max(...found.pieces.map((one) => one.length)) < 70_000,
    ]).toEqual([2, true, true]);
    expect((messagesOf(rows) as SlackMessage[]).map(({ ts }) => ts)).toEqual(rows.map(({ ts }) => ts).reverse());
  });

  it('given more in one message than Slack lets anybody write, then the beginning comes', () => {
    const parts = Array.from({ length: 300 }, (_, at) => ({
      id: `F${at}`,
      name: 'x',
      users: ['U1'],
      text: 'a'.repeat(at === 0 ? 300_000 : 3),
    }));
    const [one] = messagesOf([
      said({ text: 'b'.repeat(300_000), files: parts, reactions: parts, attachments: parts }),
    ]) as SlackMessage[];
    expect([one?.files?.length, one?.reactions?.length, one?.attachments?.length]).toEqual([100, 100, 100]);
    expect([one?.text?.length, one?.attachments?.[0]?.text?.length]).toEqual([200_000, 200_000]);
    expect(one?.attachments?.[1]?.text).toBe('');
  });

  it('given a time of a change, an account or a name that is none, then the message comes without it', () => {
    const [one] = messagesOf([
      said({ user: 'U'.repeat(65), edited: { ts: 'yesterday' }, user_profile: { name: 'n'.repeat(1000) } }),
    ]) as SlackMessage[];
    expect([one?.ts, one?.user, one?.edited, one?.user_profile?.name?.length]).toEqual([
      ...['1760000000.000100', undefined, undefined, 200],
    ]);
    const [kept] = messagesOf([said({ edited: { user: 'U1', ts: '1760000001.000100' } })]) as SlackMessage[];
    expect(kept?.edited).toEqual({ ts: '1760000001.000100' });
  });

  it.each<[string, string, object]>([
    ['no JSON', '[', { problem: 'not_a_slack_export' }],
    ['no list', '{}', { pieces: [], unreadable: 0 }],
    ['16 MB of objects', `[${'{},'.repeat(5_592_403)}{}]`, { problem: 'too_large' }],
    ['a million rows', `[${'7,'.repeat(1_000_000)}7]`, { problem: 'too_large' }],
  ])('given %s, then it says so', (_, text, result) => expect(read(text)).toEqual(result));

  it('given a message with a million names without an end, then it is read: in quadratic time it would take an hour', () => {
    const message = said({ text: '<@U1|'.repeat(1_000_000) }) as unknown as SlackMessage;
    expect(peopleIn(message)).toEqual(['U1']);
  });
});
