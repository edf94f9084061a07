import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { COMMONS_PLACE } from '../../../../../src/contracts/limits';
import { useLocale } from '../../../time/clock';
import { byParent, titleIn } from '../shown';
import { toPage } from '../where';
import classes from '../handbook.module.css';

/** Below the text: the pages below it, and where it comes from. */
export function Around({ cohortId, page, handbook }: { cohortId: string; page: HandbookPage; handbook: Handbook }) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const below = byParent(handbook.items).get(page.id) ?? [];
  const hasOrigin = Boolean(page.topic || page.thread || page.workshop || page.openedFrom || page.copiedFrom !== null);
  return (
    <footer className={classes.around}>
      {below.length > 0 && (
        <section>
          <h2>{t('pagesBelow')}</h2>
          <ul>
            {below.map((one) => {
              const { text, lang } = titleIn(one, locale);
              return (
                <li key={one.id} lang={lang}>
                  <Link className={classes.to} {...toPage(cohortId, one.id)}>
                    {text}
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {hasOrigin && (
        <section>
          <h2>{t('origin')}</h2>
          <ul>
            {page.topic && (
              <li>
                {t('fromTopic')}{' '}
                <Link className="link" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: page.topic.id }}>
                  {page.topic.title}
                </Link>
              </li>
            )}
            {page.thread && (
              <li>
                <Link
                  className="link"
                  to="/c/$cohortId/chat/$channelId"
                  params={{ cohortId, channelId: page.thread.channelId }}
                  search={{ thread: page.thread.messageId } as never}
                >
                  {t('fromThread')}
                </Link>
              </li>
            )}
            {page.workshop && (
              <li>
                {t('fromWorkshop')}{' '}
                <Link
                  className="link"
                  to="/c/$cohortId/workshops/$workshopId"
                  params={{ cohortId, workshopId: page.workshop.id }}
                >
                  {page.workshop.title}
                </Link>
              </li>
            )}
            {page.openedFrom && (
              <li>
                <Link className="link" {...toPage(page.openedFrom.cohortId, page.openedFrom.pageId)}>
                  {t('commons.from')}
                </Link>
              </li>
            )}
            {page.copiedFrom !== null && <li>{t('copiedFrom', { cohort: page.copiedFrom })}</li>}
          </ul>
        </section>
      )}
      {page.inCommons !== null && (
        <section>
          <h2>{t('commons.open')}</h2>
          <p>
            <Link className="link" {...toPage(COMMONS_PLACE, page.inCommons)}>
              {t('commons.see')}
            </Link>
          </p>
        </section>
      )}
    </footer>
  );
}
