import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { fold } from '../../../../src/common/texts/fold';
import { Group } from '../../ui/page/Group';
import { useSimilar } from './forum';
import classes from './forum.module.css';
import { TopicFacts } from './topic/TopicFacts';

/** What was asked before in like words, while one types. Opens in a new tab, so that the question is not lost. */
export function SimilarTopics({ cohortId, title }: { cohortId: string; title: string }) {
  const { t } = useTranslation('forum');
  const topics = useSimilar(cohortId, title).data ?? [];
  const shown = title.trim().length >= 4 ? topics : [];
  return (
    <div aria-live="polite">
      {shown.length > 0 && (
        <Group title={t('oneOfThese')} count={shown.length} right={t('whileYouWrite')} className="">
          <ul className={`list ${classes.similar}`}>
            {shown.map((topic) => (
              <li key={topic.id}>
                <div className="grow">
                  <Link
                    className="title"
                    target="_blank"
                    to="/c/$cohortId/forum/$topicId"
                    params={{ cohortId, topicId: topic.id }}
                  >
                    <Marked text={topic.title} words={title} />
                  </Link>
                  <TopicFacts topic={topic} />
                  {topic.excerpt && <p className="t2 mt4">{topic.excerpt}</p>}
                </div>
              </li>
            ))}
          </ul>
        </Group>
      )}
    </div>
  );
}

/** The words that two questions share are marked. */
function Marked({ text, words }: { text: string; words: string }) {
  const asked = new Set(fold(words).match(/[\p{L}\p{N}]{4,}/gu) ?? []);
  return text
    .split(/([\p{L}\p{N}]+)/u)
    .map((part, index) => <Fragment key={index}>{asked.has(fold(part)) ? <mark>{part}</mark> : part}</Fragment>);
}
