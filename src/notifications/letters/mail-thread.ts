import type { NoticeParams } from '../inbox/notification.schema.js';

/** A thing with a page of its own: `/c/<cohort>/workshops/<id>`, `/c/<cohort>/coaching/sessions/<id>`, `/chat/<id>`. */
const PAGE = /([a-z]+)\/([0-9a-f]{24})$/;

/**
 * Names the thing that a mail is about, the same in every mail about it, so that mail programs put them together; null for what has no
 * page of its own. No person is in it: it is the same for everybody.
 */
export function threadKeyOf({ params, link }: { params: NoticeParams; link: string }): string | null {
  if (typeof params.milestoneId === 'string') return `milestone-${params.milestoneId}`;
  const [, noun, id] = PAGE.exec(link.replace(/[?#].*$/, '')) ?? [];
  return noun && noun !== 'c' && id ? `${noun}-${id}` : null;
}
