import { codePieces } from '../../../../src/common/markdown/code-pieces';
import { withGroupWords } from '../../../../src/common/texts/groups';
import type { Locale } from '../../api/types';

/** Somebody in a sent text. */
export const TOKEN = /<@([0-9a-f]{24})>/gi;

/** A sent text as one types it; its groups in the words of a language. */
export function fromTokens(body: string, nameOf: (id: string) => string, locale: Locale): string {
  return withGroupWords(
    body.replace(TOKEN, (_, id: string) => `@${nameOf(id.toLowerCase())}`),
    locale,
  );
}

const escaped = (name: string) => name.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');

/** A sent text as markdown: names become links to people (`hrefOf` null: bold), groups and `@channel` are bold. In code they are plain. */
export function toMarkdown(
  body: string,
  nameOf: (id: string) => string,
  hrefOf: (id: string) => string | null,
  locale: Locale,
): string {
  return codePieces(body)
    .map(({ text, isCode }) => (isCode ? fromTokens(text, nameOf, locale) : marked(text, nameOf, hrefOf, locale)))
    .join('');
}

function marked(
  prose: string,
  nameOf: (id: string) => string,
  hrefOf: (id: string) => string | null,
  locale: Locale,
): string {
  return withGroupWords(prose, locale, (word) => `**${word}**`)
    .replace(TOKEN, (_, raw: string) => {
      const id = raw.toLowerCase();
      const name = escaped(nameOf(id));
      const href = hrefOf(id);
      return href ? `[@${name}](${href})` : `**@${name}**`;
    })
    .replace(/(^|[\s(])@channel(?![\w-])/g, '$1**@channel**');
}
