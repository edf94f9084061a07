import type { NotificationKind } from '../../contracts/notifications/notifications.js';
import { listHeaders, subjectIn, topicListOf } from './topic-list.js';

const [C, T] = ['0123456789abcdef01234567', '89abcdef0123456789abcdef'];
const page = `/c/${C}/forum/${T}`;

describe('a topic as a mailing list', () => {
  it.each<[NotificationKind, string, boolean | null]>([
    ['topic.opened', `${page}#post-1`, true],
    ['forum.mentioned', `${page}#post-1`, true],
    ['topic.replied', `${page}#post-12`, false],
    ['topic.answered', `${page}#post-1`, false],
    ['topic.reminder', page, null],
    ['forum.bookmark', page, null],
    ['chat.mentioned', `/c/${C}/chat/${T}`, null],
    ['topic.replied', '/somewhere', null],
  ])('given %s at %s, then it is the first: %s', (kind, link, isFirst) => {
    expect(topicListOf({ kind, link })).toEqual(isFirst === null ? null : { cohortId: C, topicId: T, isFirst });
  });

  it.each([
    [true, 'Ropes', 'Ropes'],
    [false, ' Ropes ', 'Re: Ropes'],
    [false, ' ', null],
  ])('given the first: %s and the title "%s", then the subject is %s', (isFirst, title, subject) => {
    expect(subjectIn({ cohortId: C, topicId: T, isFirst }, { title })).toBe(subject);
  });

  it('names the list in our domain', () => {
    expect(listHeaders({ cohortId: C, topicId: T, isFirst: true }, 'https://cordee.test:8443')).toEqual({
      'List-Id': `<${T}.forum.cordee.test>`,
      'List-Archive': `<https://cordee.test:8443${page}>`,
    });
  });
});
