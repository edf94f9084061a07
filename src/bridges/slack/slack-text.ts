import { invalidField } from '../../common/problem.js';
import { beginningOf } from '../../common/texts/cut.js';
import { IncomingHook } from '../../contracts/bridges/webhooks.js';
import { HOOK } from '../../infra/http/bodies/body-sizes.js';
import { isTooMuch } from '../../infra/http/bodies/json-bounds.js';

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;

/** What stands in a text for a person (`U...`) or a channel (`C...`) of Slack, its sign included: `@Inès`, `#general`. */
export type Naming = (id: string) => string | undefined;

const unknown: Naming = () => undefined;

/**
 * Slack's own marks (mrkdwn) as markdown: `*bold*`, `~struck~`, `<link|words>`, `<@U123>`, `<!channel>`. Code stays as it is.
 * Source: docs of Slack, "Formatting text for app surfaces".
 */
export function fromSlack(text: string, naming: Naming = unknown): string {
  return text
    .split(CODE)
    .map((part, index) => unescaped(index % 2 === 1 ? part : marked(part, naming)))
    .join('');
}

function marked(text: string, naming: Naming): string {
  return text
    .replace(/(^|[\s(>_~])\*(\S(?:[^*\n]*\S)?)\*(?=$|[\s).,:;!?_~<])/gm, '$1**$2**')
    .replace(/(^|[\s(>_*])~(\S(?:[^~\n]*\S)?)~(?=$|[\s).,:;!?_*<])/gm, '$1~~$2~~')
    .replace(/<([^<>\n]+)>/g, (whole, inside: string) => reference(inside, naming) ?? whole);
}

function reference(inside: string, naming: Naming): string | null {
  const [target = '', label] = inside.split('|', 2);
  if (/^(https?:|mailto:)/i.test(target)) return label && label !== target ? `[${label}](${target})` : target;
  if (/^[@#]/.test(target)) return naming(target.slice(1)) ?? `${target[0]}${label || target.slice(1)}`;
  if (target.startsWith('!')) return label ?? `@${target.slice(1).replace(/\^.*$/, '')}`;
  return null;
}

const unescaped = (text: string) => text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);

const textOf = (text: string | { text?: string | undefined } | undefined) =>
  typeof text === 'string' ? text : (text?.text ?? '');

function blockText({ type, text, fields = [], elements = [] }: NonNullable<IncomingHook['blocks']>[number]): string {
  if (type === 'divider') return '---';
  const words = textOf(text);
  const rest = [...fields, ...elements].map(textOf).filter((one) => one !== '');
  return [type === 'header' && words !== '' ? `*${words}*` : words, ...rest].filter((one) => one !== '').join('\n');
}

function attachmentText(one: NonNullable<IncomingHook['attachments']>[number]): string {
  const { pretext, author_name: author, title, title_link: link, text, fallback, fields = [], footer, color } = one;
  const head = title && (link ? `<${link}|${title}>` : `*${title}*`);
  const named = fields.map((field) => [field.title && `*${field.title}*`, field.value].filter(Boolean).join(': '));
  const lines = [author, head, text, ...named, footer && `_${footer}_`].filter(Boolean);
  const whole = lines.length > 0 ? lines.join('\n') : (fallback ?? '');
  const marked = whole === '' ? '' : [signOf(color), whole].filter(Boolean).join(' ');
  return [pretext, marked].filter(Boolean).join('\n');
}

/** A message has no coloured bar: the colours that say how something went are a sign before it. */
function signOf(color: string | undefined): string | undefined {
  return color === undefined ? undefined : SIGNS.get(color.toLowerCase());
}

const SIGNS = new Map([
  ['good', '🟢'],
  ['warning', '🟠'],
  ['danger', '🔴'],
]);

/** So much of a message is read: a hundred kilobytes of marks would hold up everybody, and a message of ours is far shorter. */
const MAX_READ = 32_000;

/** What a form brings is JSON in its one field (Slack's docs, "Sending messages using incoming webhooks"). Throws 422 for what is none, or has more in it than is read of JSON. */
export function openedHook(hook: IncomingHook): IncomingHook {
  if (hook.payload === undefined) return hook;
  const isReadable = !isTooMuch(Buffer.from(hook.payload), HOOK.values);
  const opened = IncomingHook.omit({ payload: true }).safeParse(isReadable ? parsed(hook.payload) : null);
  if (!opened.success) throw invalidField('/payload', 'wrong_format');
  return opened.data;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** The text of what Slack's incoming webhooks take, as markdown: `blocks` in the place of `text`, then attachments. Empty: there is none. */
export function slackBody({ text = '', blocks = [], attachments = [] }: IncomingHook): string {
  const fromBlocks = blocks
    .map(blockText)
    .filter((one) => one !== '')
    .join('\n\n');
  const parts = [fromBlocks || text, ...attachments.map(attachmentText)].filter((one) => one.trim() !== '');
  return fromSlack(beginningOf(parts.join('\n\n'), MAX_READ)).trim();
}
