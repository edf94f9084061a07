import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

const here = import.meta.dirname;
const folders = [path.join(here, 'words'), path.join(here, '../features')].flatMap((root) =>
  readdirSync(root).map((name) => path.join(root, name)),
);

type Words = { [key: string]: string | Words };

function read(folder: string, language: string): Map<string, string> {
  const words = JSON.parse(readFileSync(path.join(folder, `${language}.json`), 'utf8')) as Words;
  return new Map(flat(words, ''));
}

function flat(words: Words, above: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as [string, string]] : flat(value, `${above}${key}.`),
  );
}

/** The names of what a message is filled with, as ICU reads it. */
function parametersOf(message: string, language: string): string[] {
  const names = new Set<string>();
  const walk = (parts: readonly object[]) => {
    for (const part of parts as {
      type: number;
      value?: string;
      options?: Record<string, { value: object[] }>;
      children?: object[];
    }[]) {
      if (part.type !== LITERAL && part.type !== POUND && part.value !== undefined) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) walk(option.value);
      if (part.children) walk(part.children);
    }
  };
  walk(new IntlMessageFormat(message, language).getAst());
  return [...names].sort();
}

const LITERAL = 0;
const POUND = 7;

describe.each(folders.map((folder) => [path.basename(folder), folder]))('words of %s', (_name, folder) => {
  const en = read(folder, 'en');
  const fr = read(folder, 'fr');

  it('has the same keys in English and French', () => {
    expect([...fr.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it('has readable messages that take the same parameters', () => {
    for (const [key, message] of en) {
      const other = fr.get(key) ?? '';
      expect({ key, takes: parametersOf(other, 'fr') }).toEqual({ key, takes: parametersOf(message, 'en') });
    }
  });

  it('writes French as it is printed: a hard space before : ; ? ! and inside guillemets, a curly apostrophe', () => {
    for (const [key, message] of fr) {
      // Inside of braces ICU speaks its own language; addresses keep their colon.
      const words = message.replace(/\{\w+, (plural|select|selectordinal),/g, '').replace(/https?:/g, '');
      expect({
        key,
        bad: /[^\u00a0\u202f\s][:;?!](?=\s|$)|(?<![\u00a0\u202f]) [:;?!»]|« |\p{L}'\p{L}/iu.exec(words)?.[0],
      }).toEqual({ key, bad: undefined });
    }
  });

  it('calls a letter that comes by the net an email, un courriel, and nothing else', () => {
    const others = (words: Map<string, string>, other: RegExp) =>
      [...words.values()].filter((word) => other.test(word));
    expect(others(en, /\be-mails?\b|\bmails?\b(?! server)/i)).toEqual([]);
    expect(others(fr, /\be-?mails?\b(?! ?[{};])|\bmails?\b|électronique|\bmél\b/i)).toEqual([]);
  });
});
