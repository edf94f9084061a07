import { textFrom } from '../imports/imported-texts.js';
import type { SlackFile, SlackMessage } from './slack-shapes.js';
import { slackEmoji, withSlackEmoji } from './slack-emoji.js';
import { type Naming, fromSlack } from './slack-text.js';

/** What is shown of a message with what hangs on it. */
const LONGEST_BODY = 50_000;

/** What people say, and what programs say in a channel; everything else only tells what happened ("has joined the channel"). */
const SAID = new Set([
  undefined,
  'bot_message',
  'me_message',
  'thread_broadcast',
  'reply_broadcast',
  'file_share',
  'file_comment',
  'tombstone',
]);

/** False for notices such as "has joined the channel". */
export const isSaid = ({ subtype }: SlackMessage): boolean => SAID.has(subtype ?? undefined);

/** Only a thread hangs on it any more. */
export const isTombstone = ({ subtype }: SlackMessage): boolean => subtype === 'tombstone';

/** The `ts` of the message that it replies to, or null for one of its own. */
export const rootOf = ({ ts, thread_ts: root }: SlackMessage): string | null => (root && root !== ts ? root : null);

/** The name of the program that wrote it, or null for a person. */
export function programOf(message: SlackMessage): string | null {
  if (message.user === 'USLACKBOT') return 'Slackbot';
  if (message.user && message.subtype !== 'bot_message') return null;
  return message.bot_profile?.name || message.username || (message.bot_id ? 'Slack' : null);
}

/** The people whom a message needs: who wrote it, reacted, and is named. */
export function peopleIn(message: SlackMessage): string[] {
  const named = [...(message.text ?? '').matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g)].flatMap(([, id]) => id ?? []);
  const writer = programOf(message) === null && message.user ? [message.user] : [];
  return [...new Set([...writer, ...named, ...(message.reactions ?? []).flatMap((one) => one.users)])];
}

/** The text as markdown, with what was attached and the names of files whose bytes did not come along. */
export function bodyOf(message: SlackMessage, naming: Naming, missing: readonly SlackFile[]): string {
  if (isTombstone(message)) return '';
  const said = withSlackEmoji(fromSlack(message.text ?? '', naming)).trim();
  const cards = (message.attachments ?? [])
    // What Slack itself drew of a link is a preview, not a text.
    .filter((one) => !one.from_url && !one.original_url)
    .map(({ pretext, title, title_link: link, text, fallback }) => {
      const head = title && (link ? `<${link}|${title}>` : `*${title}*`);
      const lines = [pretext, head, text].filter((line): line is string => Boolean(line));
      return withSlackEmoji(fromSlack((lines.length > 0 ? lines : [fallback ?? '']).join('\n'), naming));
    });
  const files = missing.map(({ name, title, permalink }) => {
    const words = (name || title || 'file').replace(/[[\]\\]/g, ' ');
    return permalink && /^https:\/\/\P{Surrogate}*$/u.test(permalink)
      ? `📎 [${words}](${encodeURI(permalink)})`
      : `📎 ${words}`;
  });
  const parts = [message.subtype === 'me_message' && said ? `_${said}_` : said, ...cards, files.join('\n')];
  return textFrom(parts.filter((part) => part.trim() !== '').join('\n\n'), LONGEST_BODY);
}

/** Reactions as Cordée keeps them, each emoji once. `unknown` counts those of emoji that the workspace made itself. */
export function reactionsOf<Id>(
  { reactions }: SlackMessage,
  personOf: (slackId: string) => Id | undefined,
): { reactions: { emoji: string; userIds: Id[] }[]; unknown: number } {
  const byEmoji = new Map<string, Set<Id>>();
  let unknown = 0;
  for (const { name, users } of reactions ?? []) {
    const emoji = slackEmoji(name);
    if (!emoji) {
      unknown += users.length;
      continue;
    }
    const people = byEmoji.get(emoji) ?? new Set<Id>();
    for (const user of users) {
      const person = personOf(user);
      if (person !== undefined) people.add(person);
    }
    if (people.size > 0) byEmoji.set(emoji, people);
  }
  return { reactions: [...byEmoji].map(([emoji, people]) => ({ emoji, userIds: [...people] })), unknown };
}
