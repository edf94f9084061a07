import { useTranslation } from 'react-i18next';
import { useMe } from '../api/session';
import type { ChannelSummary, Membership } from '../api/types';
import { ButtonLink } from '../ui/ButtonLink';
import { lazyPart } from '../ui/page/lazy-part';
import { Part } from '../ui/forms/Part';
import { usePageTitle } from '../ui/page/title';

const BegunInCohort = lazyPart(() => import('./BegunInCohort'));

/** In the place of every page of a cohort that I was taken out of while I looked at it. */
export function LeftCohort({ membership, channels }: { membership: Membership; channels: ChannelSummary[] }) {
  const { t } = useTranslation();
  const name = membership.cohortName;
  const [next] = useMe().memberships;
  usePageTitle(t('left.cohort', { name }));
  return (
    <div className="page">
      <div className="measure" role="status">
        <h1 tabIndex={-1}>{t('left.cohort', { name })}</h1>
        <p className="t2 md mt8">{t('left.cohortWhat')}</p>
        <Part>
          <BegunInCohort cohortId={membership.cohortId} channels={channels} />
        </Part>
        <div className="row mt24">
          {next ? (
            <ButtonLink to="/c/$cohortId/week" params={{ cohortId: next.cohortId }} variant="filled">
              {t('left.toCohort', { name: next.cohortName })}
            </ButtonLink>
          ) : (
            <ButtonLink to="/inbox" variant="filled">
              {t('left.toInbox')}
            </ButtonLink>
          )}
        </div>
      </div>
    </div>
  );
}
