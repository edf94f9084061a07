import { QueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys';
import {
  ageOf,
  applyRead,
  quoted,
  shownPost,
  shownTyped,
  tokensToTyped,
  typedPost,
  waitTone,
  withMentions,
} from './forum';
import { toCalls } from '../../ui/naming/as-sent';

const NOW = Date.parse('2026-10-13T09:45:00Z');
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
const ZOE = '65f000000000000000000001';

describe('an unanswered topic', () => {
  it.each([
    [5, undefined],
    [48, 'wait'],
    [95.9, 'wait'],
    [96, 'alert'],
  ])('after %d hours', (hours, tone) => expect(waitTone(ago(hours), NOW)).toBe(tone));

  it('says its age in days and hours, and never less than nothing', () => {
    expect(ageOf(ago(99.5), NOW)).toEqual({ days: 4, hours: 3, minutes: 30 });
    expect(ageOf(ago(-1), NOW)).toEqual({ days: 0, hours: 0, minutes: 0 });
  });
});

describe('a topic that is read', () => {
  it.each([
    ['normal', 'tracking', 'tracking'],
    ['normal', 'watching', 'normal'],
    ['muted', 'tracking', 'muted'],
    ['watching', 'watching', 'watching'],
  ] as const)('shown as %s and answered with %s, is followed as %s', (shown, answered, subscription) => {
    const client = new QueryClient();
    const key = keys.topic('c7', 't1');
    client.setQueryData(key, { id: 't1', readNumber: 2, unread: 3, subscription: shown });
    applyRead(client, { cohortId: 'c7', topicId: 't1', readNumber: 5, unread: 0, subscription: answered });
    expect(client.getQueryData(key)).toMatchObject({ readNumber: 5, unread: 0, subscription });
    client.clear();
  });
});

describe('a text', () => {
  it('links who is named, and leaves what names nobody', () => {
    const body = `Ask <@${ZOE}> or <@65f000000000000000000002>`;
    expect(withMentions(body, [{ id: ZOE, name: 'Zoé [x]', avatarUrl: null }], 'c7')).toBe(
      `Ask [@Zoé x](/c/c7/people/${ZOE}) or <@65f000000000000000000002>`,
    );
  });

  it('is quoted line by line, with names and no ids', () => {
    const mentions = [{ id: ZOE, name: 'Zoé', avatarUrl: null }];
    const post = { mentions, number: 2, author: { id: ZOE, name: 'Zoé <A>', avatarUrl: null } };
    expect(quoted({ ...post, body: `one\n\nask <@${ZOE}>\n` })).toBe('> <#2 Zoé A>\n>\n> one\n> \n> ask @Zoé\n\n');
    expect(quoted({ ...post, body: '> <#1 Ali>\n> before\n\nmine' })).toBe('> <#2 Zoé A>\n>\n> mine\n\n');
    expect(quoted({ ...post, body: '> only a quotation' })).toBe('> <#2 Zoé A>\n>\n> > only a quotation\n\n');
  });

  it('says whom it quotes, and leads to their posts; as one types it, it says so by number', () => {
    const [here, there, gone] = ['a', 'b', 'c'].map((digit) => digit.repeat(24)) as [string, string, string];
    const author = { id: ZOE, name: 'Zoé [A]', avatarUrl: null };
    const post = {
      ...{ topicId: 't1', mentions: [] },
      body: [here, there, gone].map((id) => `> <#${id}>\n> words`).join('\n\n'),
      quoted: [
        { id: here, topicId: 't1', number: 3, author },
        { id: there, topicId: 't2', number: 4, author: { ...author, name: '' } },
      ],
    };
    expect(shownPost(post, 'c1', 'gone').split('\n\n')).toEqual([
      '> [Zoé A ↩](/c/c1/forum/t1#post-3)\n> words',
      '> [#4 ↩](/c/c1/forum/t2#post-4)\n> words',
      '> *gone*\n> words',
    ]);
    expect(typedPost(post).split('\n\n')).toEqual([
      '> <#3 Zoé [A]>\n> words',
      `> <#${there}>\n> words`,
      `> <#${gone}>\n> words`,
    ]);
    expect(shownTyped('> <#3 Zoé>\n> words')).toBe('> **Zoé**\n> words');
  });

  it('is changed with names, and names the same people after', () => {
    const mentions = [{ id: ZOE, name: 'Zoé', avatarUrl: null }];
    const body = `Ask <@${ZOE}> or <@65f000000000000000000002>`;
    const typed = tokensToTyped(body, mentions);
    expect(typed).toBe('Ask @Zoé or <@65f000000000000000000002>');
    expect(toCalls(typed, [], mentions)).toBe(body);
  });
});
