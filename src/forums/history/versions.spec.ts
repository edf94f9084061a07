import { Types } from 'mongoose';
import { MAX_BYTES, beyondRoom, editionAfter } from './versions.js';

const [zoe, ali] = [new Types.ObjectId(), new Types.ObjectId()];
const at = (seconds: number) => new Date(1_760_000_000_000 + seconds * 1000);
const post = { _id: new Types.ObjectId(), authorId: zoe, body: 'First é', createdAt: at(0), editedAt: null };

describe('what an edit makes of a post', () => {
  it('is its second version; what it said first is kept as its author wrote it', () => {
    expect(editionAfter(post, { byId: zoe, why: 'a typo', at: at(5) })).toEqual({
      edition: { number: 2, byId: zoe, why: 'a typo', begunAt: at(5) },
      replaced: { postId: post._id, number: 1, byId: zoe, body: 'First é', bytes: 8, why: null, writtenAt: at(0) },
    });
  });

  it('goes on with an edit of the same person for two minutes, and keeps its reason', () => {
    const edited = { ...post, editedAt: at(100), edition: { number: 2, byId: zoe, why: 'a typo', begunAt: at(5) } };
    expect(editionAfter(edited, { byId: zoe, why: null, at: at(124) })).toEqual({
      edition: edited.edition,
      replaced: null,
    });
    expect(editionAfter(edited, { byId: zoe, why: 'two', at: at(124) }).edition.why).toBe('two');
    expect(editionAfter(edited, { byId: zoe, why: null, at: at(125) })).toMatchObject({
      edition: { number: 3, why: null },
      replaced: { number: 2, why: 'a typo', writtenAt: at(100) },
    });
    expect(editionAfter(edited, { byId: ali, why: null, at: at(6) }).edition).toMatchObject({ number: 3, byId: ali });
  });
});

describe('the room for earlier versions', () => {
  const many = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, index) => ({ number: index + 1, bytes }));

  it('has 49 places, one of them for the first', () => {
    expect(beyondRoom([])).toEqual([]);
    expect(beyondRoom(many(49, 10))).toEqual([]);
    expect(beyondRoom(many(51, 10))).toEqual([2, 3]);
  });

  it('is bounded by bytes, too: the newest stay', () => {
    expect(beyondRoom(many(6, MAX_BYTES / 4))).toEqual([2, 3]);
    expect(
      beyondRoom([
        { number: 1, bytes: 5 },
        { number: 7, bytes: MAX_BYTES },
      ]),
    ).toEqual([7]);
  });
});
