import type { Inbox, Notification } from '../../api/types';
import { beforeWhy, withNotice, withRead } from './inbox';

const notice = (id: string, readAt: string | null = null) =>
  ({ id, kind: 'chat.direct', title: id, readAt, createdAt: '2026-10-13T09:00:00Z' }) as Notification;
const inbox = (...items: Notification[]): Inbox => ({
  items,
  nextCursor: null,
  unread: items.filter((item) => item.readAt === null).length,
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

  it('counts only what was unread when notices are read', () => {
    const after = withRead(inbox(notice('a'), notice('b'), notice('c', NOW)), {
      ids: ['a', 'c'],
      before: null,
      readAt: NOW,
    });
    expect(after.unread).toBe(1);
    expect(after.items.map((item) => item.readAt)).toEqual([NOW, null, NOW]);
  });

  it('reads everything, also what is on later pages', () => {
    const after = withRead({ ...inbox(notice('a')), unread: 40 }, { ids: null, before: NOW, readAt: NOW });
    expect(after.unread).toBe(0);
    expect(after.items[0]?.readAt).toBe(NOW);
  });

  it('leaves what came after all was read', () => {
    const later = { ...notice('b'), createdAt: '2026-10-13T10:00:01Z' };
    const after = withRead(inbox(later, notice('a')), { ids: null, before: NOW, readAt: NOW });
    expect(after).toEqual(inbox(later, notice('a', NOW)));
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
