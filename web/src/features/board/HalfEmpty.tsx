import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contracts/cohorts/cohorts';
import { useLocale, useZone } from '../../time/clock';
import { formatShortDay } from '../../time/format';
import { Group } from '../../ui/page/Group';
import { ButtonLink } from '../../ui/ButtonLink';

/** Workshops to come with more than half of their places free. */
export function HalfEmpty({ workshops, cohortId }: { workshops: Overview['halfEmptyWorkshops']; cohortId: string }) {
  const { t } = useTranslation('board');
  const zone = useZone();
  const locale = useLocale();
  return (
    <div id="halfEmpty">
      <Group title={t('halfEmpty.title')} count={workshops.length}>
        {workshops.length === 0 && <p className="t2 mt12">{t('halfEmpty.none')}</p>}
        <ul className="list tight">
          {workshops.map(({ workshopId, title, startsAt, going, capacity }) => (
            <li key={workshopId} className="row">
              <div className="grow">
                <Link className="title" to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId }}>
                  {title}
                </Link>
                <div className="t2">
                  {formatShortDay(startsAt, zone, locale)}, {t('halfEmpty.places', { going, capacity })}
                </div>
              </div>
              <ButtonLink
                size="sm"
                to="/c/$cohortId/workshops/$workshopId"
                params={{ cohortId, workshopId }}
                aria-label={t('openThe', { title })}
              >
                {t('open')}
              </ButtonLink>
            </li>
          ))}
        </ul>
      </Group>
    </div>
  );
}
