import type { IncomingHook } from '../../contracts/bridges/webhooks.js';

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
  const { pretext, title, title_link: link, text, fallback } = one;
  const head = title && (link ? `<${link}|${title}>` : `*${title}*`);
  const lines = [pretext, head, text].filter((line) => line !== undefined && line !== '');
  return lines.length > 0 ? lines.join('\n') : (fallback ?? '');
}

/** The text of what Slack's incoming webhooks take, as markdown: `blocks` in the place of `text`, then attachments. Empty: there is none. */
export function slackBody({ text = '', blocks = [], attachments = [] }: IncomingHook): string {
  const fromBlocks = blocks
    .map(blockText)
    .filter((one) => one !== '')
    .join('\n\n');
  const parts = [fromBlocks || text, ...attachments.map(attachmentText)].filter((one) => one.trim() !== '');
  return fromSlack(parts.join('\n\n')).trim();
}
