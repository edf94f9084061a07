import { NotificationKind } from '../../contracts/notifications/notifications.js';
import { DEFAULT_PREFERENCES, canWait, channelsFor, isPushed } from './preferences.js';

describe('channels', () => {
  const allOff = {
    ...DEFAULT_PREFERENCES,
    kinds: Object.fromEntries(
      Object.keys(DEFAULT_PREFERENCES.kinds).map((group) => [group, { inbox: false, mail: false }]),
    ) as typeof DEFAULT_PREFERENCES.kinds,
  };
  const always = [
    'account.security',
    'session.cancelled',
    'session.moved',
    'session.handed_over',
    'workshop.cancelled',
    'cohort.closed',
    'webhook.stopped',
    'mail.stopped',
    'mail.unreachable',
    'note.self',
    'forum.bookmark',
    'chat.reminder',
    'reminder.trial',
    'message.unsent',
    'application.message',
    'project.asked',
    'report.opened',
    'report.closed',
    'post.flagged',
    'post.hidden',
    'post.settled',
    'flag.answered',
    'commons.flagged',
    'operation.alert',
    'operation.over',
  ];

  it.each(NotificationKind.options)('given all switched off, then %s reaches nobody unless it must', (kind) => {
    expect(channelsFor(kind, allOff)).toEqual(always.includes(kind) ? ['inbox', 'mail'] : []);
  });

  it.each([
    [{ inbox: true, mail: false }, true],
    [{ inbox: true, mail: false, push: true }, true],
    [{ inbox: true, mail: true, push: false }, false],
    [{ inbox: false, mail: true, push: true }, false],
  ])('given %j, then devices: %s; what nobody can switch off goes there in any case', (forum, expected) => {
    const preferences = { ...DEFAULT_PREFERENCES, kinds: { ...DEFAULT_PREFERENCES.kinds, forum } };
    expect(isPushed('topic.replied', preferences)).toBe(expected);
    expect(isPushed('session.cancelled', preferences)).toBe(true);
  });

  it('given what must reach people, then it does not wait for the morning', () => {
    expect(always.slice(0, 4).map((kind) => canWait(kind as NotificationKind))).toEqual([false, false, false, false]);
    expect([canWait('operation.alert'), canWait('operation.over')]).toEqual([false, true]);
    expect([canWait('topic.replied'), canWait('workshop.promoted')]).toEqual([true, false]);
  });
});
