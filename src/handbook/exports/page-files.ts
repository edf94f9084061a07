import { slugOf } from '../../common/texts/slug.js';
import type { PageTitles, PageWords } from '../../contracts/handbook/handbook.js';
import type { Locale } from '../../contracts/primitives.js';
import { LANGUAGES } from '../page-words.js';
import type { Place } from '../tree.js';

/** A page in one language as a file of an archive. */
export interface PageFile {
  pageId: string;
  language: Locale;
  path: string;
}

/** Where the pages of a handbook stand in an archive: `02-working-in-an-agency/01-publish-code.en.md`, numbered in their order. Each stands after the one that it is below. */
export function filesOf(pages: readonly (Place & { title: PageTitles })[]): PageFile[] {
  const folders = new Map<string, string>();
  const counts = new Map<string, number>();
  return pages.flatMap(({ id, parentId, title }) => {
    const folder = (parentId !== null && folders.get(parentId)) || '';
    const number = (counts.get(folder) ?? 0) + 1;
    counts.set(folder, number);
    const name = `${folder}${String(number).padStart(2, '0')}-${slugOf(title.en ?? title.fr ?? '') ?? 'page'}`;
    folders.set(id, `${name}/`);
    return LANGUAGES.flatMap((language) =>
      title[language] === null ? [] : [{ pageId: id, language, path: `${name}.${language}.md` }],
    );
  });
}

/** What is said of a page before its text; dates as instants, null for what is not there. */
export type FrontMatter = Record<string, string | number | null>;

/** A page as Markdown with front matter (YAML: a text in the quotes of JSON is one of YAML), its title in it alone. */
export function markdownFile({ title, body }: PageWords, facts: FrontMatter): string {
  const lines = Object.entries({ title, ...facts }).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\n${body}\n`;
}
