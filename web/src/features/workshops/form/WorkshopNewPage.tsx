import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  CreateSeries,
  SeriesPreview,
  WorkshopSeries,
} from '../../../../../src/contracts/workshops/workshop-series';
import type { WorkshopTemplate } from '../../../../../src/contracts/workshops/workshop-copies';
import type { CreateWorkshop, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useCohort, useMembership } from '../../../api/session';
import type { Person } from '../../../api/types';
import { useMayPropose } from '../../../shell/navigation/search';
import { NotFoundPage } from '../../../ui/page/NotFound';
import { PageHeader } from '../../../ui/page/PageHeader';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { workshopKeys } from '../cache';
import { emptyValues, type WorkshopValues } from './form-values';
import { valuesFrom } from './templates';
import { isOut, noRepeat, repeatOf, type RepeatValues } from './repeat-values';

const WorkshopForm = lazyPart(() => import('./WorkshopForm'));
const StartFrom = lazyPart(() => import('./StartFrom'));
const Repeats = lazyPart(() => import('./Repeats'));

/** Proposing makes a draft; it is published from its page. */
export default function WorkshopNewPage() {
  const { t } = useTranslation('workshops');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/workshops/new' });
  const cohort = useCohort();
  const isStaff = useMembership()?.role === 'staff';
  const client = useQueryClient();
  const navigate = useNavigate();

  const [repeat, setRepeat] = useState<RepeatValues | null>(null);
  const [start, setStart] = useState<{ values: WorkshopValues; people: readonly Person[]; times: number } | null>(null);
  const begin = (template: WorkshopTemplate, date: string) =>
    setStart({ values: valuesFrom(template, date), people: template.people, times: (start?.times ?? 0) + 1 });

  const isForOthers = useMayPropose(cohortId) === false;
  // One act of making, however often the button is pressed.
  const [key] = useState(() => crypto.randomUUID());

  const open = async (workshopId: string) => {
    void client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) });
    // Back leads to where one came from, not to a form that is empty again.
    await navigate({ to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId }, replace: true });
  };
  const sendOne = async (body: CreateWorkshop) => {
    const made = await api.post<Workshop>(`/cohorts/${cohortId}/workshops`, body);
    client.setQueryData(workshopKeys.one(cohortId, made.id), made);
    await open(made.id);
  };
  const sendSeries = async (body: CreateWorkshop, series: Pick<CreateSeries, 'repeat' | 'except'>) => {
    const made = await api.post<WorkshopSeries>(`/cohorts/${cohortId}/workshop-series`, { ...body, ...series, key });
    client.setQueryData(workshopKeys.series(cohortId, made.id), made);
    const [first] = made.dates;
    if (first) await open(first.workshopId);
  };
  const send = async (body: CreateWorkshop) => {
    if (!repeat || repeat.unit === 'never') {
      await sendOne(body);
      return;
    }
    const date = Temporal.Instant.from(body.startsAt).toZonedDateTimeISO(body.timeZone).toPlainDate().toString();
    const rule = repeatOf(repeat, date);
    if (!rule) throw new Problem(422, 'invalid', [{ field: '/repeat/until', code: 'no_end' }]);
    const { startsAt, endsAt, timeZone } = body;
    const preview = { startsAt, endsAt, timeZone, repeat: rule };
    const { dates } = await api.post<SeriesPreview>(`/cohorts/${cohortId}/workshop-series/preview`, preview);
    await sendSeries(body, { repeat: rule, except: dates.filter((one) => isOut(repeat, one)).map((one) => one.date) });
  };

  if (isForOthers) return <NotFoundPage />;
  return (
    <div className="page">
      <PageHeader
        title={t(isStaff ? 'new.titleStaff' : 'new.title')}
        lead={t('new.lead')}
        crumbs={[{ label: t('title'), link: { to: '/c/$cohortId/workshops', params: { cohortId } } }]}
      />
      <Part fallback={<RowSkeleton />}>
        <StartFrom cohortId={cohortId} onUse={begin} />
        {cohort && (
          <WorkshopForm
            // Another start is another form.
            key={start?.times ?? 0}
            cohortId={cohortId}
            initial={start?.values ?? emptyValues(cohort.timeZone)}
            people={start?.people}
            act={t('new.act')}
            send={send}
            belowTimes={({ values, errors }) => (
              <Repeats
                cohortId={cohortId}
                values={values}
                errors={errors}
                repeat={repeat ?? noRepeat()}
                onChange={setRepeat}
              />
            )}
            onCancel={() => void navigate({ to: '/c/$cohortId/workshops', params: { cohortId } })}
          />
        )}
      </Part>
    </div>
  );
}
