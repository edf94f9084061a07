import type { Message } from '../../contracts/chat/chat.js';
import { BODY, type ExportReader, bodyOf, messageHtml, pageHead } from './channel-export.js';

const names = new Map([['a'.repeat(24), 'Inès <b>']]);
const reader: ExportReader = { locale: 'fr', timeZone: 'Europe/Paris', nameOf: (id) => names.get(id) };
const message = {
  id: 'f'.repeat(24),
  senderId: 'a'.repeat(24),
  body: 'Hello **all**',
  threadId: null,
  bot: null,
  attachments: [],
  createdAt: '2026-10-25T00:30:00.000Z',
  editedAt: null,
  deletedAt: null,
} as unknown as Message;

const htmlOf = (one: Message) => messageHtml(one, BODY.here(bodyOf(one, reader)), reader);

describe('a channel written out as a page', () => {
  it('shows names, times in the zone, and markdown', () => {
    const html = htmlOf(message);
    expect(html).toContain('Inès &#x3C;b>');
    expect(html).toContain('<strong>all</strong>');
    expect(html).toMatch(/25 oct\. 2026, 02:30/);
  });

  it.each([
    ['<script>alert(1)</script>', '<script'],
    ['[x](javascript:alert(1))', '="javascript:'],
    ['<img src=x onerror=alert(1)>', '<img'],
    [`<@${'a'.repeat(24)}>`, '<b>'],
  ])('given %s, then the page holds no %s', (body, never) => {
    expect(htmlOf({ ...message, body })).not.toContain(never);
  });

  it('given a deleted one, a reply or a webhook, then it says so', () => {
    expect(htmlOf({ ...message, deletedAt: message.createdAt, body: '' })).toContain('supprimé');
    expect(htmlOf({ ...message, threadId: 'e'.repeat(24) })).toContain('class="reply"');
    expect(htmlOf({ ...message, bot: { name: 'CI' } })).toContain('CI');
    expect(htmlOf({ ...message, senderId: 'b'.repeat(24) })).toContain('Ancien membre');
  });

  it('names the channel in the head, as text', () => {
    expect(pageHead('x</title><script>', new Date(0), reader)).not.toContain('<script');
  });
});
