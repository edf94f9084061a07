import { threadKeyOf } from './mail-thread.js';

const C = '0123456789abcdef01234567';
const ID = '89abcdef0123456789abcdef';

describe('what a mail is about', () => {
  it.each([
    [`/c/${C}/workshops/${ID}`, `workshops-${ID}`],
    [`/c/${C}/coaching/sessions/${ID}`, `sessions-${ID}`],
    [`/c/${C}/coaching/requests/${ID}`, `requests-${ID}`],
    [`/c/${C}/forum/${ID}#post-3`, `forum-${ID}`],
    [`/c/${C}/chat/${ID}?message=${C}`, `chat-${ID}`],
    [`/chat/${ID}`, `chat-${ID}`],
  ])('given %s, then %s', (link, key) => {
    expect(threadKeyOf({ params: {}, link })).toBe(key);
  });

  it.each([`/c/${C}`, `/c/${C}/week`, `/c/${C}/coaching?tab=slots&coach=${ID}`, '/', '/settings'])(
    'given %s, then nothing that has a page of its own',
    (link) => {
      expect(threadKeyOf({ params: {}, link })).toBeNull();
    },
  );

  it('given a milestone, then the milestone, though its page is the calendar', () => {
    expect(threadKeyOf({ params: { milestoneId: ID }, link: `/c/${C}/calendar` })).toBe(`milestone-${ID}`);
  });
});
