import { Types } from 'mongoose';
import type { ChannelRow } from '../channels/channel.schema.js';
import { type Draft, attachmentsOf, claimsOf, keyOf, lostFiles, refusalsOf } from './drafts.js';

const [ines, leo] = [new Types.ObjectId(), new Types.ObjectId()];
const [mine, theirs, thread] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId()];
const cohortId = new Types.ObjectId();
const facts = { name: 'a.txt', type: 'text/plain', kind: 'file', size: 1, width: null, height: null } as const;
const waiting = new Map(
  [mine, theirs].map((id) => [String(id), { _id: id, ownerId: id === mine ? ines : leo, cohortId, ...facts } as any]),
);

let count = 0;
const draft = (files: (Types.ObjectId | null)[], more: Partial<Draft> = {}): Draft => ({
  senderId: ines,
  clientId: `client-${(count += 1)}`,
  body: '',
  threadId: null,
  attachments: files.map((fileId) => ({ fileId, alt: '' })),
  ...more,
});
const channel = (place: Types.ObjectId | null, more: Partial<ChannelRow> = {}) =>
  ({ cohortId: place, ...more }) as ChannelRow;
const fieldOf = (
  one: Draft,
  all: Draft[] = [one],
  roots = new Map<string, unknown>(),
  place: Types.ObjectId | null = new Types.ObjectId(cohortId),
) => refusalsOf(all, roots, waiting, channel(place)).get(keyOf(one))?.more.errors?.[0]?.field;

describe('drafts', () => {
  it('given files of the sender that wait, or none, then it can be written', () => {
    expect(fieldOf(draft([mine]))).toBeUndefined();
    expect(fieldOf(draft([]))).toBeUndefined();
    expect(fieldOf(draft([], { threadId: thread }), undefined, new Map([[String(thread), 1]]))).toBeUndefined();
  });

  it('given a file that is unknown, malformed, of another or named twice, then the field is named', () => {
    expect(fieldOf(draft([new Types.ObjectId()]))).toBe('/attachments/0/fileId');
    expect(fieldOf(draft([mine, null]))).toBe('/attachments/1/fileId');
    expect(fieldOf(draft([theirs]))).toBe('/attachments/0/fileId');
    expect(fieldOf(draft([mine, mine]))).toBe('/attachments/1/fileId');
    expect(fieldOf(draft([mine], { threadId: thread }))).toBe('/threadId');
  });

  it('given a file that was uploaded for another cohort, or for no cohort, then it cannot be sent here', () => {
    expect(fieldOf(draft([mine]), undefined, undefined, new Types.ObjectId())).toBe('/attachments/0/fileId');
    expect(fieldOf(draft([mine]), undefined, undefined, null)).toBe('/attachments/0/fileId');
  });

  it('given it is said of a channel that is not so any more, or gone, then it alone is refused', () => {
    const [said, other] = [draft([], { isStill: ({ callRoom }) => callRoom === 'here' }), draft([mine])];
    const refused = (now: ChannelRow | null) => [...refusalsOf([said, other], new Map(), waiting, now).keys()];
    expect(refused(channel(cohortId, { callRoom: 'here' }))).toEqual([]);
    expect(refused(channel(cohortId, { callRoom: 'there' }))).toEqual([keyOf(said)]);
    expect(refused(null)).toContain(keyOf(said));
  });

  it('given two that want one file, then the first has it and the second is refused', () => {
    const [first, second] = [draft([mine]), draft([mine])];
    expect([fieldOf(first, [first, second]), fieldOf(second, [first, second])]).toEqual([
      undefined,
      '/attachments/0/fileId',
    ]);
  });

  it('given a message with files, then it keeps what is known of them, claims them, and those it had are lost with it', () => {
    expect(attachmentsOf(draft([]), waiting)).toEqual({});
    const kept = attachmentsOf(draft([mine]), waiting);
    expect(kept).toEqual({ attachments: [{ fileId: mine, alt: '', ...facts }] });
    const row = { _id: leo, channelId: thread, cohortId: null, senderId: ines, ...kept } as any;
    const holder = { kind: 'message', id: leo, placeId: thread };
    expect(claimsOf([row])).toEqual([{ fileId: mine, ownerId: ines, cohortId: null, holder }]);
    expect(lostFiles(row, { ...row, attachments: [] })).toEqual([mine]);
    expect(lostFiles(row, row)).toEqual([]);
    expect(lostFiles({ ...row, attachments: undefined }, row)).toEqual([]);
  });
});
