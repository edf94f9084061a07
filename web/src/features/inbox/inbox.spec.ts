import type { Inbox, Notification } from '../../api/types';
import { beforeWhy, withMoved, withNotice, withNoticeIn, withRead } from './inbox';
import { putsOf, undoOf } from './places';

const notice = (id: string, readAt: string | null = null) =>
  ({
    id,
    kind: 'chat.direct',
    title: id,
    params: {},
    readAt,
    at: '2026-10-13T09:00:00Z',
    place: 'inbox',
  }) as Notification;
const inbox = (...items: Notification[]): Inbox => ({
  items,
  nextCursor: null,
  unread: items.filter((item) => item.readAt === null).length,
  unreadOf: { waiting: 0, mentions: 0 },
});
const NOW = '2026-10-13T10:00:00Z';

describe('the inbox in the cache', () => {
  it('takes a live notice as a fetch would show it: first, and counted', () => {
    expect(withNotice(inbox(notice('a')), notice('b'))).toEqual(inbox(notice('b'), notice('a')));
  });

  it('takes a notice once, however often it is delivered', () => {
    const once = withNotice(inbox(), notice('a'));
    expect(withNotice(once, notice('a'))).toEqual(once);
  });

  it('says what a known notice says now, where it stands', () => {
    const more = { ...notice('a'), title: '3 new messages' };
    expect(withNotice(inbox(notice('b'), notice('a')), more)).toEqual(inbox(notice('b'), more));
  });

  it('takes no notice of a later page for news, nor one that was read', () => {
    const first = { ...inbox(notice('b')), nextCursor: 'next', unread: 3 };
    const earlier = { ...notice('a'), at: '2026-10-12T09:00:00Z' };
    expect(withNotice(first, earlier)).toBe(first);
    expect(withNotice(inbox(notice('b')), earlier).items.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(withNotice(first, notice('c', NOW))).toBe(first);
    const data = { pages: [first, inbox(earlier)], pageParams: [undefined, 'next'] };
    const words = { ...earlier, body: 'edited' };
    expect(withNoticeIn(data, words).pages).toEqual([first, inbox(words)]);
    expect(withNoticeIn({ ...data, pages: [first] }, notice('c')).pages[0]?.items).toHaveLength(2);
  });

  it('says the later of two messages of a conversation, whichever came first', () => {
    const said = (seq: number) => ({ ...notice('a'), params: { seq } });
    expect(withNotice(inbox(said(3)), said(2))).toEqual(inbox(said(3)));
    expect(withNotice(inbox(said(2)), said(3))).toEqual(inbox(said(3)));
  });

  it('counts only what was unread when notices are read', () => {
    const after = withRead(inbox(notice('a'), notice('b'), notice('c', NOW)), {
      ids: ['a', 'c'],
      before: null,
      readAt: NOW,
    });
    expect(after.unread).toBe(1);
    expect(after.items.map((item) => item.readAt)).toEqual([NOW, null, NOW]);
  });

  it('counts apart what waits and what names me, as both come, are read and leave', () => {
    const asked = { ...notice('b'), kind: 'request.asked' as const };
    const named = { ...notice('c'), kind: 'chat.mentioned' as const };
    const both = withNotice(withNotice(inbox(notice('a')), asked), named);
    expect([both.unread, both.unreadOf]).toEqual([3, { waiting: 1, mentions: 1 }]);
    expect(withRead(both, { ids: ['c'], before: null, readAt: NOW }).unreadOf).toEqual({ waiting: 1, mentions: 0 });
    expect(withRead(both, { ids: null, before: NOW, readAt: NOW }).unreadOf).toEqual({ waiting: 0, mentions: 0 });
    expect(withMoved(both, { ids: ['b'], place: 'done' }).unreadOf).toEqual({ waiting: 0, mentions: 1 });
  });

  it('reads everything, also what is on later pages', () => {
    const after = withRead({ ...inbox(notice('a')), unread: 40 }, { ids: null, before: NOW, readAt: NOW });
    expect(after.unread).toBe(0);
    expect(after.items[0]?.readAt).toBe(NOW);
  });

  it('leaves what came after all was read', () => {
    const later = { ...notice('b'), at: '2026-10-13T10:00:01Z' };
    const after = withRead(inbox(later, notice('a')), { ids: null, before: NOW, readAt: NOW });
    expect(after).toEqual(inbox(later, notice('a', NOW)));
  });
});

describe('notices that stand elsewhere', () => {
  const snoozed = (id: string, at: string) => ({ ...notice(id), place: 'snoozed' as const, at });

  it('leave the list and its count; what was read does not count, and what stands there already stays', () => {
    const all = inbox(notice('a'), notice('b', NOW), notice('c'));
    expect(withMoved(all, { ids: ['a', 'b', 'x'], place: 'done' })).toEqual(inbox(notice('c')));
    expect(withMoved(all, { ids: ['a'], place: 'inbox' })).toBe(all);
    const away = { ...inbox(snoozed('a', NOW)), unread: 3 };
    expect(withMoved(away, { ids: ['a'], place: 'inbox' })).toEqual({ ...inbox(), unread: 3 });
  });

  it('are sent no more at once than the server takes', () => {
    const ids = Array.from({ length: 230 }, (_, index) => String(index));
    const puts = putsOf(ids, { place: 'snoozed', until: NOW });
    expect(puts.map((put) => put.ids.length)).toEqual([200, 30]);
    expect(puts[1]).toMatchObject({ place: 'snoozed', until: NOW });
  });

  it('go back to where each stood', () => {
    const LATER = '2026-10-14T10:00:00Z';
    const some = [notice('a'), snoozed('b', NOW), notice('c'), snoozed('d', LATER), snoozed('e', NOW)];
    expect(undoOf(some, Date.parse(NOW) - 1)).toEqual([
      { place: 'inbox', ids: ['a', 'c'] },
      { place: 'snoozed', ids: ['b', 'e'], until: NOW },
      { place: 'snoozed', ids: ['d'], until: LATER },
    ]);
    // By then two of them would have come back.
    expect(undoOf(some, Date.parse(NOW))).toEqual([
      { place: 'inbox', ids: ['a', 'b', 'c', 'e'] },
      { place: 'snoozed', ids: ['d'], until: LATER },
    ]);
  });
});

describe('the line under a notice', () => {
  it.each([
    ['lundi 7 décembre à 14:00 (Paris)', 'lundi 7 décembre à 14:00 (Paris) · '],
    ['ok, merci', 'ok, merci · '],
    ['On commence ?', 'On commence ? '],
    ['« Salle fermée. »', '« Salle fermée. » '],
    ['', ''],
  ])('tells apart what was said and why it came: %s', (body, line) => {
    expect(beforeWhy(body)).toBe(line);
  });
});
