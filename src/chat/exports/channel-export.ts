import type { Element, ElementContent, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { withOrdinal } from '../../common/times/instants.js';
import { markdownHtml } from '../../common/markdown/markdown-html.js';
import type { Message } from '../../contracts/chat/chat.js';
import type { Locale } from '../../contracts/primitives.js';
import type { TextTask } from '../../infra/threads/long-texts.js';
import { withNames } from '../messages/message.js';

/** For whom a channel is written out: language, zone of the times, and the names of people by id. */
export interface ExportReader {
  locale: Locale;
  timeZone: string;
  nameOf: (id: string) => string | undefined;
}

const WORDS = {
  en: { deleted: 'This message was deleted.', edited: 'edited', reply: 'reply', former: 'Former member', of: 'as of' },
  fr: { deleted: 'Ce message a été supprimé.', edited: 'modifié', reply: 'réponse', former: 'Ancien membre', of: 'au' },
} as const;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
article{margin:1rem 0}article.reply{margin-left:2rem;padding-left:1rem;border-left:2px solid #ccc}
header{font-weight:600}time,small{font-weight:400;color:#555;font-size:.85em;margin-left:.5em}
p{margin:.2em 0}p.as-typed{white-space:pre-wrap}pre{overflow:auto;background:#f4f4f4;padding:.5em}`;

/** What is raw in it was written by us, of a text that may be shown. */
const printer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze();

const text = (value: string): ElementContent => ({ type: 'text', value });
const element = (tagName: string, children: ElementContent[], properties: Element['properties'] = {}): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});
const print = (children: Root['children']): string => printer.stringify({ type: 'root', children });

/** The page before its first message. */
export function pageHead(name: string, at: Date, reader: ExportReader): string {
  const title = `#${name}`;
  const when = `${WORDS[reader.locale].of} ${timeIn(at.toISOString(), reader)}`;
  const head = element('head', [
    element('meta', [], { charSet: 'utf-8' }),
    element('title', [text(title)]),
    element('style', [text(STYLE)]),
  ]);
  const lines = print([head, element('h1', [text(title)]), element('p', [text(when)])]);
  return `<!doctype html>\n<html lang="${reader.locale}">${lines}\n`;
}

/** How the text of a message becomes HTML. */
export const BODY: TextTask<string> = {
  ...{
    file: new URL('../../common/markdown/markdown-html', import.meta.url),
    name: 'markdownHtml',
    here: markdownHtml,
  },
};

/** What a message says, with the names of people. */
export const bodyOf = ({ body, deletedAt }: Message, { nameOf, locale }: ExportReader): string =>
  deletedAt ? '' : withNames(body, nameOf, locale);

/** One message of the page, as it is shown in the channel; the names of its files, not the files. `bodyHtml`: what {@link BODY} made of {@link bodyOf}. */
export function messageHtml(message: Message, bodyHtml: string, reader: ExportReader): string {
  const words = WORDS[reader.locale];
  const { senderId, bot, createdAt, threadId, deletedAt, editedAt } = message;
  const notes = [...(threadId ? [words.reply] : []), ...(editedAt ? [words.edited] : [])];
  const by = element('header', [
    text(bot?.name ?? reader.nameOf(senderId) ?? words.former),
    element('time', [text(timeIn(createdAt, reader))], { dateTime: createdAt }),
    ...notes.map((note) => element('small', [text(note)])),
  ]);
  const body = deletedAt
    ? [element('p', [element('em', [text(words.deleted)])])]
    : [{ type: 'raw', value: bodyHtml } as unknown as ElementContent];
  const files = message.attachments.map((file) => element('p', [element('small', [text(`📎 ${file.name}`)])]));
  const properties = { id: `m-${message.id}`, ...(threadId && { className: ['reply'] }) };
  return `${print([element('article', [by, ...body, ...files], properties)])}\n`;
}

function timeIn(instant: string, { locale, timeZone }: ExportReader): string {
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB';
  const written = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return withOrdinal(written.format(new Date(instant)), locale);
}
