import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { Markdown } from '../../../ui/markdown/Markdown';
import { PersonName } from '../../../ui/people/PersonName';
import { withMentions } from '../forum';
import classes from '../forum.module.css';

/** What a topic that began in chat quotes of its thread, under the names of who wrote it; nobody edits that here. */
export default function ThreadQuotes({ post, cohortId }: { post: Post; cohortId: string }) {
  const { t } = useTranslation('forum');
  return (
    <>
      {post.quotes.map(({ author, bot, body }, index) => (
        // They keep their order and their number.
        <blockquote key={index} className={classes.fromChat}>
          <p className="bold">{author ? <PersonName person={author} cohortId={cohortId} /> : bot}</p>
          {body === null ? (
            <p className="t3">{t('fromChat.gone')}</p>
          ) : (
            <Markdown source={withMentions(body, post.mentions, cohortId)} />
          )}
        </blockquote>
      ))}
      {post.staying > 0 && <p className="t3 mt8">{t('fromChat.staying', { count: post.staying })}</p>}
    </>
  );
}
