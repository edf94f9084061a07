import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreateWorkshop, Workshop } from '../../../../src/contracts/workshops';
import { api } from '../../api/http';
import { PageHeader } from '../../ui/PageHeader';
import { QueryBoundary } from '../../ui/QueryBoundary';
import { RowSkeleton } from '../../ui/RowSkeleton';
import { Notice } from '../../ui/State';
import { workshopKeys } from './cache';
import { valuesOf } from './form-values';
import { useWorkshop } from './queries';

const WorkshopForm = lazy(() => import('./WorkshopForm'));

export default function WorkshopEditPage() {
  const { cohortId, workshopId } = useParams({ from: '/shell/c/$cohortId/workshops/$workshopId/edit' });
  return (
    <div className="page">
      <QueryBoundary query={useWorkshop(cohortId, workshopId)} ns="workshops">
        {(workshop) => <Edit workshop={workshop} />}
      </QueryBoundary>
    </div>
  );
}

/** The form keeps what was loaded when it opened; the server refuses it (`stale`) when somebody else changed anything meanwhile. */
function Edit({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { cohortId, id, title, revision, edition, people, abilities, status } = workshop;
  const client = useQueryClient();
  const navigate = useNavigate();
  const back = () => navigate({ to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: id } });

  const send = async (body: CreateWorkshop) => {
    const fresh = await api.patch<Workshop>(`/cohorts/${cohortId}/workshops/${id}`, { ...body, revision, edition });
    client.setQueryData(workshopKeys.one(cohortId, id), fresh);
    void client.invalidateQueries({ queryKey: workshopKeys.all(cohortId) });
    await back();
    return fresh;
  };

  return (
    <>
      <PageHeader
        title={t('edit.title', { title })}
        lead={status === 'published' ? t('edit.lead') : undefined}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/workshops', params: { cohortId } } },
          { label: title, link: { to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: id } } },
        ]}
      />
      {abilities.edit ? (
        <Suspense fallback={<RowSkeleton />}>
          <WorkshopForm
            cohortId={cohortId}
            initial={valuesOf(workshop)}
            people={people}
            act={t('edit.save')}
            send={send}
            onCancel={() => void back()}
          />
        </Suspense>
      ) : (
        <div className="mt16">
          <Notice tone="alert">{t('edit.closed')}</Notice>
        </div>
      )}
    </>
  );
}
