import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { useLocale } from '../../../time/clock';
import { formatFullDate } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { When } from '../../../ui/times/When';
import { SlowLine } from '../slow/SlowLine';
import { marksOf } from './marks';
import classes from './moderation.module.css';

/** Above a topic: that it is closed, pinned or slow, by whom, when and why; of a duplicate, where it was asked before. */
export function TopicStandings({ topic }: { topic: Topic }) {
  const { t } = useTranslation('forum');
  const locale = useLocale();
  const { cohortId, duplicateOf, pinned } = topic;
  const until = pinned ? formatFullDate(pinned.until, locale) : '';
  return (
    <div className={classes.standings} role="status">
      {marksOf(topic).map(({ word, icon, done }) => (
        <div key={word} className={classes.standing}>
          <Icon of={icon} size={16} />
          <div>
            {t(`moderation.says.${word}`, { name: done.by.name || t('common:formerMember'), until })}{' '}
            <When at={done.at} className="t3" />
            {done.why !== null && <p className="t3">{done.why}</p>}
            {word === 'duplicate' && duplicateOf && (
              <p>
                <Link className="link" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: duplicateOf.id }}>
                  {duplicateOf.title}
                </Link>
              </p>
            )}
          </div>
        </div>
      ))}
      {topic.slow && <SlowLine slow={topic.slow} />}
    </div>
  );
}
