import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NotificationKind } from '../../../../../src/contracts/notifications/notifications';
import { groupOf } from '../../../../../src/notifications/rules/preferences';
import { keys } from '../../../api/keys';
import type { Notification } from '../../../api/types';
import { watchOf } from './watch';

const notice = (some: Partial<Notification>) => ({ cohortId: 'c', params: {}, ...some }) as Notification;
const wordsOf = (language: string): object =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '..', `${language}.json`), 'utf8')) as object;
const wordAt = (words: object, key: string) =>
  key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], words);

describe('what I watch', () => {
  it.each([
    ['watching_tag', 'tags/caf%C3%A9/subscription', 'tag'],
    ['watching_forum', 'forum/subscription', 'forum'],
  ] as const)('that came by %s can be stopped there, and taken up again as closely', (why, path, kind) => {
    const params = { topicId: 't', tag: 'café', level: 'watching_first' };
    const one = notice({ kind: 'topic.opened', why, params });
    expect(watchOf(one)).toMatchObject({
      ...{ kind, path: `/cohorts/${one.cohortId}/${path}` },
      ...{ on: { level: 'watching_first' }, off: { level: 'normal' } },
    });
  });

  it.each(['topic.replied', 'topic.answered', 'topic.reminder'] as const)(
    'given %s of a topic that I watch, then the topic',
    (kind) => {
      expect(watchOf(notice({ kind, why: 'watching', params: { topicId: 't' } }))).toEqual({
        ...{ kind: 'topic', key: 't', path: '/cohorts/c/topics/t/subscription' },
        ...{ on: { level: 'watching' }, off: { level: 'normal' } },
        shownBy: keys.topic('c', 't'),
      });
    },
  );

  it('given what is said in a channel that I watch, then the channel', () => {
    expect(watchOf(notice({ kind: 'chat.watched', why: 'watching', params: { channelId: 'k' } }))).toMatchObject({
      ...{ kind: 'channel', path: '/channels/k/watched', off: { watched: false } },
    });
  });

  it.each(['author', 'mentioned', 'staff', 'craft'])('given it came as %s, then nothing that I watch', (why) => {
    expect(watchOf(notice({ kind: 'topic.replied', why, params: { topicId: 't' } }))).toBeNull();
  });
});

describe('what is always on', () => {
  it.each(NotificationKind.options.filter((kind) => groupOf(kind) === null))(
    'given %s, then a sentence says why, in both languages',
    (kind) => {
      for (const words of ['en', 'fr'].map(wordsOf)) expect(wordAt(words, `always.${kind}`)).toMatch(/\.$/);
    },
  );
});
