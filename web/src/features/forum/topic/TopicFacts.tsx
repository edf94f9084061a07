import { IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TopicSummary } from '../../../../../src/contracts/forums';
import { useNow } from '../../../time/clock';
import { State } from '../../../ui/page/State';
import { ageOf, waitTone } from '../forum';
import { useAge } from '../words';

/** A topic's standing in one short line: solved, replies, or how long it has waited. */
export function TopicFacts({ topic }: { topic: TopicSummary }) {
  const { t } = useTranslation('forum');
  const now = useNow();
  const age = useAge();
  return (
    <div className="meta">
      {topic.state === 'solved' && (
        <State tone="ok" icon={IconCircleCheck}>
          {t('solved')}
        </State>
      )}
      {topic.state === 'unanswered' ? (
        <State tone={waitTone(topic.createdAt, now)} icon={IconClock}>
          {t('noAnswerFor', { age: age(ageOf(topic.createdAt, now)) })}
        </State>
      ) : (
        <span>{t('replies', { count: topic.posts - 1 })}</span>
      )}
    </div>
  );
}
