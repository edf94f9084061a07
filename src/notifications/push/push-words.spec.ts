import { NotificationKind } from '../../contracts/notifications/notifications.js';
import { pushTitle } from './push-words.js';

const SECRET = 'the secret words';
/** What people write, by the names under which notices hold it. */
const WRITTEN = ['excerpt', 'text', 'about', 'word', 'reason', 'answer', 'subject', 'ownEn', 'ownFr'];
const params = (rest: Record<string, string | number> = {}) => ({
  ...{ by: 'Claire', with: 'Hanna', to: 'Sam', channel: 'general', title: 'Codes', count: 1 },
  ...Object.fromEntries(WRITTEN.map((name) => [name, SECRET])),
  ...rest,
});

describe.each(['en', 'fr'] as const)('the title of a push (%s)', (locale) => {
  const reader = { locale, timeZone: 'Europe/Paris' };

  it.each(NotificationKind.options)('given %s, then it says something, and nothing that somebody wrote', (kind) => {
    for (const rung of ['d1', 'd3', 'h24', 'h48', 'h96', 'd7'])
      for (const part of ['from', 'to', 'fellow', 'coach']) {
        const title = pushTitle({ kind, params: params({ rung, part }), why: 'self' }, reader);
        expect(title.length).toBeGreaterThan(5);
        expect(title).not.toContain(SECRET);
      }
  });

  it('given a kind that quotes nobody, then it is the sentence of the inbox', () => {
    expect(pushTitle({ kind: 'chat.direct', params: params(), why: 'participant' }, reader)).toBe(
      locale === 'en' ? 'Claire wrote to you' : 'Claire vous a écrit',
    );
  });
});
