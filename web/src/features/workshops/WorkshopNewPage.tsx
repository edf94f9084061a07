import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateWorkshop, Workshop } from '../../../../src/contracts/workshops';
import { api } from '../../api/http';
import { useCohort, useMembership } from '../../api/session';
import { PageHeader } from '../../ui/PageHeader';
import { RowSkeleton } from '../../ui/RowSkeleton';
import { workshopKeys } from './cache';
import { emptyValues } from './form-values';

const WorkshopForm = lazy(() => import('./WorkshopForm'));

/** Proposing makes a draft; it is published from its page. */
export default function WorkshopNewPage() {
  const { t } = useTranslation('workshops');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/workshops/new' });
  const cohort = useCohort();
  const isStaff = useMembership()?.role === 'staff';
  const client = useQueryClient();
  const navigate = useNavigate();

  const send = async (body: CreateWorkshop) => {
    const made = await api.post<Workshop>(`/cohorts/${cohortId}/workshops`, body);
    client.setQueryData(workshopKeys.one(cohortId, made.id), made);
    void client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) });
    await navigate({ to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: made.id } });
    return made;
  };

  return (
    <div className="page">
      <PageHeader
        title={t(isStaff ? 'new.titleStaff' : 'new.title')}
        lead={t('new.lead')}
        crumbs={[{ label: t('title'), link: { to: '/c/$cohortId/workshops', params: { cohortId } } }]}
      />
      <Suspense fallback={<RowSkeleton />}>
        {cohort && (
          <WorkshopForm
            cohortId={cohortId}
            initial={emptyValues(cohort.timeZone)}
            act={t('new.act')}
            send={send}
            onCancel={() => void navigate({ to: '/c/$cohortId/workshops', params: { cohortId } })}
          />
        )}
      </Suspense>
    </div>
  );
}
