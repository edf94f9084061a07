import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contracts/cohorts/cohorts';
import { useNow } from '../../time/clock';
import { Group } from '../../ui/page/Group';
import { PersonName } from '../../ui/people/PersonName';
import classes from './board.module.css';

const HOUR_MS = 3_600_000;
/** As in the forum. */
const LATE_HOURS = 96;

/** Questions nobody has answered, the oldest first. */
export function Unanswered({ topics, cohortId }: { topics: Overview['unansweredTopics']; cohortId: string }) {
  const { t } = useTranslation('board');
  const now = useNow();
  return (
    <div id="unanswered">
      <Group title={t('unanswered.title')} count={topics.length} className="">
        {topics.length === 0 ? (
          <p className="t2 mt12">{t('unanswered.none')}</p>
        ) : (
          <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('unanswered.title')}>
            <table className={`${classes.table} mt8`}>
              <thead>
                <tr>
                  <th scope="col">{t('unanswered.topic')}</th>
                  <th scope="col">{t('unanswered.by')}</th>
                  <th scope="col" className={classes.end}>
                    {t('unanswered.age')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {topics.map(({ topicId, title, author, askedAt }) => {
                  const hours = Math.max(0, Math.floor((now - Date.parse(askedAt)) / HOUR_MS));
                  return (
                    <tr key={topicId}>
                      <td>
                        <Link className="title" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId }}>
                          {title}
                        </Link>
                      </td>
                      <td className="t2">
                        <PersonName person={author} cohortId={cohortId} />
                      </td>
                      <td className={`${classes.end} nowrap ${hours >= LATE_HOURS ? classes.late : ''}`}>
                        {hours < 24
                          ? t('unanswered.hours', { hours })
                          : t('unanswered.days', { days: Math.floor(hours / 24), hours: hours % 24 })}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Group>
    </div>
  );
}
