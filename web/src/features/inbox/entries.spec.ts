import 'temporal-polyfill/global';
import type { Notification } from '../../api/types';
import { type Entry, entriesOf, unreadOf } from './entries';

const notice = (id: string, subject: string | null, at = '2026-10-13T09:00:00Z', readAt: string | null = null) =>
  ({ id, subject, at, readAt, place: 'inbox' }) as Notification;
const idsOf = (entries: Entry[]) => entries.map(({ latest, earlier }) => [latest, ...earlier].map(({ id }) => id));
const ZONE = 'Europe/Paris';

describe('the entries of the inbox', () => {
  it('given notices of one thing, then one entry where the latest stands, newest first', () => {
    const some = [notice('d', 'forum-1'), notice('c', 'chat-1'), notice('b', 'forum-1'), notice('a', 'forum-1')];
    expect(idsOf(entriesOf(some, ZONE))).toEqual([['d', 'b', 'a'], ['c']]);
  });

  it('given what is about nothing in particular, then each stands by itself', () => {
    expect(idsOf(entriesOf([notice('b', null), notice('a', null)], ZONE))).toEqual([['b'], ['a']]);
  });

  it('given one thing on two days of the zone, then an entry for each day', () => {
    const some = [notice('b', 'forum-1', '2026-10-12T22:30:00Z'), notice('a', 'forum-1', '2026-10-12T21:30:00Z')];
    expect(idsOf(entriesOf(some, ZONE))).toEqual([['b'], ['a']]);
    expect(idsOf(entriesOf(some, 'America/Montreal'))).toEqual([['b', 'a']]);
  });

  it('given a notice joins, then its entry keeps its key', () => {
    const before = [notice('b', 'chat-1'), notice('a', 'forum-1')];
    const keyOf = (all: Notification[]) => entriesOf(all, ZONE).find(({ latest }) => latest.subject === 'forum-1')?.key;
    expect(keyOf([notice('c', 'forum-1'), ...before])).toBe(keyOf(before));
  });

  it('given some are read, then those that are not are named, no more than are marked at once', () => {
    const some = [notice('c', 'x'), notice('b', 'x', undefined, '2026-10-13T10:00:00Z'), notice('a', 'x')];
    expect(entriesOf(some, ZONE).map(unreadOf)).toEqual([['c', 'a']]);
    const many = Array.from({ length: 230 }, (_, index) => notice(String(index), 'x'));
    expect(entriesOf(many, ZONE).flatMap(unreadOf)).toHaveLength(200);
  });
});
