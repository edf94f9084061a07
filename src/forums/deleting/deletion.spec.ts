import { Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { KEPT, mayRestore, mayRevive } from './deletion.js';

const actor = (userId: string, role: CohortActor['role'] = 'fellow') => ({ userId, role }) as CohortActor;
const since = new Date('2026-10-01T10:00:00Z');
const later = (ms: number) => new Date(since.getTime() + ms);
const own = { authorId: 'zoe', byId: 'zoe', keptSince: since };
const removed = { ...own, byId: 'staff' };

describe('who may restore a post', () => {
  it.each([
    ['its author what they deleted', actor('zoe'), own, true],
    ['its author what staff removed', actor('zoe'), removed, false],
    ['its author of what staff deleted the topic', actor('zoe'), { ...own, topicRemoved: true }, false],
    ['its author what was deleted before it was kept who did', actor('zoe'), { ...own, byId: null }, false],
    ['an author who is staff what other staff removed', actor('zoe', 'staff'), removed, true],
    ['staff what its author deleted', actor('s', 'staff'), own, true],
    ['another fellow', actor('ali'), own, false],
    ['another fellow who is said to have deleted it', actor('ali'), { ...own, byId: 'ali' }, false],
    ['an admin of the installation', actor('a', 'admin'), own, false],
    ['staff what has no words any more', actor('s', 'staff'), { ...own, keptSince: null }, false],
  ])('%s: %#', (_who, who, deletion, may) => expect(mayRestore(who, deletion, later(1000))).toBe(may));

  it('for thirty days', () => {
    expect(mayRestore(actor('zoe'), own, later(KEPT))).toBe(true);
    expect(mayRestore(actor('zoe'), own, later(KEPT + 1))).toBe(false);
    expect(mayRestore(actor('s', 'staff'), own, later(KEPT + 1))).toBe(false);
  });
});

describe('whose post brings its deleted topic back', () => {
  const [zoe, ali] = [new Types.ObjectId(), new Types.ObjectId()];
  const endedBy = (byId: Types.ObjectId) => ({ ended: { postId: new Types.ObjectId(), byId, removed: false } });
  const [question, reply] = [
    { number: 1, authorId: zoe },
    { number: 2, authorId: ali },
  ];

  it.each([
    ['who deleted it, with any', actor(String(ali)), endedBy(ali), reply, true],
    ['who asked, with the question', actor(String(zoe)), endedBy(ali), question, true],
    ['who replied, to what another deleted', actor(String(ali)), endedBy(zoe), reply, false],
    [
      'who asked, with a reply, what another deleted',
      actor(String(zoe)),
      endedBy(ali),
      { ...reply, authorId: zoe },
      false,
    ],
    ['who replied, where it was not kept', actor(String(ali)), {}, reply, false],
    ['staff', actor('s', 'staff'), endedBy(zoe), reply, true],
  ])('%s', (_who, who, topic, post, may) => expect(mayRevive(who, topic, post)).toBe(may));
});
