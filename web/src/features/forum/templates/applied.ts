import type { TopicTemplate } from '../../../../../src/contracts/forum/templates';
import type { Locale } from '../../../api/types';
import { textIn } from '../../forum-settings/languages';
import type { Words } from '../writing/draft-state';

const MAX_TAGS = 5;

/** What a template changes of what is typed. */
export type Begun = Pick<Words, 'kind' | 'body' | 'tags'>;

/** The template whose text stands there, in whatever language, as nobody has typed in it yet. */
const untouched = (body: string, templates: readonly TopicTemplate[]): TopicTemplate | undefined =>
  templates.find(({ texts }) => [texts.en, texts.fr].some((text) => text !== '' && text.trim() === body.trim()));

/** Is there nothing of one's own? Then a template fills in the text without a question. */
export const isFree = (body: string, templates: readonly TopicTemplate[]): boolean =>
  body.trim() === '' || untouched(body, templates) !== undefined;

/** A draft that began with a template has it already. */
export const beganWith = (body: string, { texts }: TopicTemplate): boolean =>
  [texts.en, texts.fr].some((text) => text !== '' && body.trimStart().startsWith(text.split('\n', 1)[0] ?? text));

/** With a template in the place of what is free, or below what somebody typed: of that nothing goes. Its tags stand behind theirs, as far as there is room. */
export function applied(
  typed: Begun,
  template: TopicTemplate,
  { templates, locale }: { templates: readonly TopicTemplate[]; locale: Locale },
): Begun {
  const text = textIn(template.texts, locale);
  const before = untouched(typed.body, templates);
  const tags = typed.tags.filter((tag) => !before?.tags.includes(tag));
  return {
    kind: template.kind,
    body: isFree(typed.body, templates) ? text : `${typed.body.trimEnd()}\n\n${text}`,
    tags: [...new Set([...tags, ...template.tags])].slice(0, Math.max(MAX_TAGS, tags.length)),
  };
}
