import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PageOpening } from '../../../../../src/contracts/handbook/handbook-opening';
import { COMMONS_PLACE } from '../../../../../src/contracts/limits';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useLocale } from '../../../time/clock';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { Notice } from '../../../ui/page/State';
import { Readers } from '../../commons/opening/Readers';
import { pathOf, useHandbook } from '../handbook';
import { readIn } from '../shown';
import { aboveIn, toDeleted, toPage, useWhere } from '../where';
import classes from '../handbook.module.css';

const AsRead = lazyPart(async () => ({ default: (await import('./AsRead')).AsRead }));
const OpenPageForm = lazyPart(async () => ({ default: (await import('./OpenPageForm')).OpenPageForm }));

/** From the handbook of a cohort to that of the commons: what would be read, before it is done. */
export default function OpenPagePage() {
  const { cohortId, pageId } = useWhere();
  const query = useQuery({
    queryKey: keys.in(cohortId, 'handbook', 'opening', pageId),
    queryFn: ({ signal }) => api.get<PageOpening>(`${pathOf(cohortId, pageId)}/commons`, { signal }),
  });
  return (
    <div className="page">
      <QueryBoundary query={query} ns="handbook">
        {(opening) => <Opening cohortId={cohortId} pageId={pageId} opening={opening} />}
      </QueryBoundary>
    </div>
  );
}

function Opening({ cohortId, pageId, opening }: { cohortId: string; pageId: string; opening: PageOpening }) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const title = opening[readIn(opening, locale)]?.title ?? '';
  return (
    <>
      <PageHeader
        title={t('opening.title')}
        lead={t('opening.lead', { title })}
        crumbs={[
          ...aboveIn(cohortId, t),
          { label: title, link: toPage(cohortId, pageId) },
          { label: t('opening.title') },
        ]}
      />
      <div className={classes.opening}>
        {opening.commonsPageId !== null && (
          <Notice tone="ok">
            {t('opening.there')}{' '}
            <Link className="link" {...toPage(COMMONS_PLACE, opening.commonsPageId)}>
              {t('commons.see')}
            </Link>
          </Notice>
        )}
        {opening.state === 'deleted' && <DeletedThere />}
        {opening.state === 'free' && (
          <>
            <Readers />
            <Part fallback={<RowSkeleton rows={4} />}>
              <AsRead opening={opening} />
              <OpenPageForm cohortId={cohortId} pageId={pageId} opening={opening} />
            </Part>
          </>
        )}
      </div>
    </>
  );
}

/** Staff of a cohort that is over open its pages, and restore none there. */
function DeletedThere() {
  const { t } = useTranslation('handbook');
  const there = useHandbook(COMMONS_PLACE);
  return (
    <Notice>
      {t('opening.deleted')}{' '}
      {there.data?.abilities.restore && (
        <Link className="link" {...toDeleted(COMMONS_PLACE)}>
          {t('opening.restore')}
        </Link>
      )}
    </Notice>
  );
}
