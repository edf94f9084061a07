import { stringify } from 'yaml';
import { changeOutsideCode } from '../../common/markdown/code-pieces.js';
import { zonedOf } from '../../common/times/zoned.js';
import type { Post, TopicSummary } from '../../contracts/forums.js';
import type { Locale } from '../../contracts/primitives.js';
import { withMarksAs } from '../../common/texts/forum/quote-marks.js';
import { withNames } from '../topic.js';
import { pathOfFile } from './safe-names.js';

/** For whom a forum is written out: the language of the few words of ours, the zone of the times, and where the installation is. */
export interface ExportReader {
  locale: Locale;
  timeZone: string;
  publicUrl: string;
}

const WORDS = {
  en: { answer: 'Answer', former: 'Former member', gone: 'no longer there', votes: 'Votes', choice: 'Choice' },
  fr: { answer: 'Réponse', former: 'Ancien membre', gone: 'plus là', votes: 'Votes', choice: 'Choix' },
} as const;

/** What stands before the posts: what the topic is, as YAML that programs read. `answer` is the number of the post that is the answer. */
export function frontMatter(
  { cohortId, answer, ...topic }: TopicSummary & { cohortId: string; answer: number | null },
  question: Post | undefined,
  reader: ExportReader,
): string {
  const { id, title, kind, tags, state, author, closed, posts, votes } = topic;
  const facts = {
    ...{ title, id, link: linkTo(reader, cohortId, id), kind, tags, state, author: nameOf(author, reader) },
    ...(closed && {
      closed: { how: closed.how, at: timeOf(closed.at, reader), ...(closed.why && { why: closed.why }) },
    }),
    ...{ created: timeOf(topic.createdAt, reader), updated: timeOf(topic.lastPostAt, reader) },
    ...{ posts, votes, ...(answer !== null && { answer }) },
    ...(question?.poll && { poll: pollOf(question.poll, reader) }),
  };
  // So that readers of YAML 1.1, of which there are many, take a text for a text.
  return `---\n${stringify(facts, { version: '1.1', lineWidth: 0, blockQuote: false })}---\n\n# ${plain(title)}\n`;
}

/** What the text of a post is before {@link portableMarkdown}: names in the place of ids, and addresses that lead somewhere from outside. */
export function bodyOf(post: Post, cohortId: string, reader: ExportReader): string {
  const quoted = new Map(post.quoted.map((one) => [one.id, one]));
  const marked = withMarksAs(post.body ?? '', (postId) => {
    const one = quoted.get(postId);
    if (!one) return `*${WORDS[reader.locale].gone}*`;
    const place = one.topicId === post.topicId ? `#${one.number}` : '';
    const link = linkTo(reader, cohortId, one.topicId, one.number);
    return `**${plain(nameOf(one.author, reader))}** ${place || `<${link}>`}:`;
  });
  const files = new Map(post.attachments.map(({ id, name }) => [id, pathOfFile(name, id)]));
  const leading = changeOutsideCode(marked, (prose) =>
    prose.replace(
      /(\]\()\/(files\/uploads\/([0-9a-f]{24})(?:\/small|\/large)?|[^/)\s][^)\s]*)/g,
      (_all, open: string, path: string, id?: string) => {
        const file = id && files.get(id);
        return `${open}${file ? `../${encodeURI(file)}` : `${reader.publicUrl}/${path}`}`;
      },
    ),
  );
  return named(leading, post, reader);
}

/** One post as it is shown on its page. `body`: what {@link portableMarkdown} made of {@link bodyOf}; `quotes`: the same of the messages that it quotes. */
export function postMarkdown(
  post: Post,
  { body, quotes }: { body: string; quotes: string[] },
  reader: ExportReader,
): string {
  const words = WORDS[reader.locale];
  const at = timeOf(post.createdAt, reader);
  const facts = [
    `post ${post.number}`,
    `id ${post.id}`,
    `created ${at}`,
    ...(post.editedAt ? [`edited ${timeOf(post.editedAt, reader)}`] : []),
  ];
  const said = [plain(nameOf(post.author, reader)), at, ...(post.isAnswer ? [`**${words.answer}**`] : [])];
  const parts = [
    // No text of a post holds such a line outside of its code: nobody writes a reply in another name.
    `<!-- ${facts.join(', ')}${post.isAnswer ? ', answer' : ''} -->`,
    `## ${post.number}. ${said.join(' · ')}`,
    post.heading === null ? '' : `### ${plain(post.heading)}`,
    body,
    ...quotes,
    post.poll ? pollTable(post.poll, words) : '',
    post.attachments
      .map(({ id, name, alt, kind }) => {
        const link = `[${plain(alt || name)}](../${encodeURI(pathOfFile(name, id))})`;
        return `- ${kind === 'image' ? '!' : ''}${link}`;
      })
      .join('\n'),
  ];
  return `\n${parts.filter((part) => part.trim() !== '').join('\n\n')}\n`;
}

/** The messages of chat that a post quotes, as quotations; those that are gone there have no words. */
export const quotesOf = (post: Post, reader: ExportReader): { by: string; body: string }[] =>
  post.quotes.map(({ author, bot, body }) => ({
    by: `**${plain(bot ?? (author ? nameOf(author, reader) : WORDS[reader.locale].former))}**`,
    body: body === null ? `*${WORDS[reader.locale].gone}*` : named(body, post, reader),
  }));

/** A text as a quotation of somebody. */
export const quotedAs = (by: string, body: string): string =>
  [by, '', ...body.split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n');

/** An instant in the zone of the cohort, which it says. */
export const timeOf = (instant: string, { timeZone }: ExportReader): string =>
  zonedOf(new Date(instant), timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });

const named = (body: string, post: Post, reader: ExportReader): string =>
  withNames(body, new Map(post.mentions.map((person) => [person.id, plain(nameOf(person, reader))])));

function pollOf(
  { question, options, voters, multiple, anonymous, isOpen, closesAt, result }: NonNullable<Post['poll']>,
  reader: ExportReader,
) {
  return {
    ...{ question, multiple, anonymous, open: isOpen, ...(closesAt && { closes: timeOf(closesAt, reader) }) },
    ...{ voters, result, options: options.map(({ text, votes }) => ({ text, ...(votes !== null && { votes }) })) },
  };
}

function pollTable({ question, options }: NonNullable<Post['poll']>, words: { choice: string; votes: string }): string {
  const rows = options.map(({ text, votes }) => `| ${plain(text)} | ${votes ?? '—'} |`);
  return [`**${plain(question)}**`, '', `| ${words.choice} | ${words.votes} |`, '| --- | ---: |', ...rows].join('\n');
}

const nameOf = ({ name }: { name: string }, { locale }: ExportReader): string => name || WORDS[locale].former;

const linkTo = ({ publicUrl }: ExportReader, cohortId: string, topicId: string, number?: number): string =>
  `${publicUrl}/c/${cohortId}/forum/${topicId}${number === undefined ? '' : `#post-${number}`}`;

/** A line of text that is none of markdown. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&');
