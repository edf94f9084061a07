import { IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TopicSummary } from '../../../../src/contracts/forums';
import { useNow } from '../../time/clock';
import { State } from '../../ui/page/State';
import { When } from '../../ui/times/When';
import { ageOf, waitTone } from './forum';
import { useAge } from './words';

type Standing = Pick<TopicSummary, 'state' | 'createdAt' | 'lastPostAt' | 'lastAuthor'>;

/** Where a topic stands: solved, how long it has waited, or who wrote last. */
export function TopicState({ topic }: { topic: Standing }) {
  const { t } = useTranslation('forum');
  const now = useNow();
  const age = useAge();
  if (topic.state === 'solved') {
    return (
      <State tone="ok" icon={IconCircleCheck}>
        {t('solved')}
      </State>
    );
  }
  if (topic.state === 'unanswered') {
    return (
      <>
        <State tone={waitTone(topic.createdAt, now)} icon={IconClock}>
          {age(ageOf(topic.createdAt, now))}
        </State>
        <small>{t('noReply')}</small>
      </>
    );
  }
  return (
    <span className="t2">
      {t('lastBy', { name: firstName(topic.lastAuthor.name) || t('common:formerMember') })}{' '}
      <When at={topic.lastPostAt} />
    </span>
  );
}

const firstName = (name: string) => name.split(' ')[0] ?? '';
