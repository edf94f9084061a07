import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopSeries } from '../../../../../src/contracts/workshops/workshop-series';
import type { CreateWorkshop, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useMe, useMembership } from '../../../api/session';
import { ConfirmDialog } from '../../../ui/confirm';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { Notice } from '../../../ui/page/State';
import { closedAmong, useClosedDays } from '../../../ui/times/closed-days';
import { ClosedList } from '../../../ui/times/OnClosedDay';
import { toast } from '../../../ui/toast';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { workshopKeys } from '../cache';
import { valuesOf } from './form-values';
import { hostsShown } from './hosts';
import { useWorkshop } from '../queries';
import { tooFew } from '../registrations/registration';
import { ScopeField } from './ScopeField';
import { movedDays } from '../series/moved-days';
import { pathOfSeries, type Scope, useSeries } from '../series/series';

const WorkshopForm = lazyPart(() => import('./WorkshopForm'));

export default function WorkshopEditPage() {
  const { cohortId, workshopId } = useParams({ from: '/shell/c/$cohortId/workshops/$workshopId/edit' });
  return (
    <div className="page">
      <QueryBoundary query={useWorkshop(cohortId, workshopId)} ns="workshops">
        {(workshop) => (workshop.series ? <EditDate workshop={workshop} /> : <Edit workshop={workshop} />)}
      </QueryBoundary>
    </div>
  );
}

/** A date of a series: this one, or several. */
function EditDate({ workshop }: { workshop: Workshop }) {
  return (
    <QueryBoundary query={useSeries(workshop)} ns="workshops">
      {(series) => <Edit workshop={workshop} series={series} />}
    </QueryBoundary>
  );
}

/** The form keeps what was loaded when it opened; the server refuses it (`stale`) when somebody else changed anything meanwhile. */
function Edit({ workshop, series }: { workshop: Workshop; series?: WorkshopSeries }) {
  const { t } = useTranslation('workshops');
  const { cohortId, id, title, abilities, status } = workshop;
  const [seen] = useState({ revision: workshop.revision, edition: workshop.edition, series: series?.edition ?? 0 });
  const [scope, setScope] = useState<Scope>('one');
  const me = useMe();
  const membership = useMembership();
  const client = useQueryClient();
  const navigate = useNavigate();
  const closedDays = useClosedDays(cohortId).data?.items ?? [];
  const [asking, setAsking] = useState<Asking | null>(null);
  const back = () => navigate({ to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: id } });

  const sendOne = async (body: CreateWorkshop) => {
    const { revision, edition } = seen;
    const fresh = await api.patch<Workshop>(`/cohorts/${cohortId}/workshops/${id}`, { ...body, revision, edition });
    client.setQueryData(workshopKeys.one(cohortId, id), fresh);
  };
  const mustBeMeant = async (question: Question | null, code: string) => {
    const isMeant = !question || (await new Promise<boolean>((answer) => setAsking({ ...question, answer })));
    if (!isMeant) throw new Problem(0, code);
  };
  const aboutPlaces = (body: CreateWorkshop): Question | null => {
    const fewer = fewerThanGoing(workshop, scope === 'one' ? undefined : series, body);
    const what = fewer && t('fewer.what', { over: fewer.going - fewer.places });
    return fewer && { title: t('fewer.title', { ...fewer }), what, act: t('fewer.act'), keep: t('fewer.keep') };
  };
  /** The form says it of the day that it has itself, and knows nothing of the others. */
  const aboutDays = (body: CreateWorkshop): Question | null => {
    if (scope === 'one' || !series) return null;
    const days = closedAmong(movedDays(series.dates, { scope, workshopId: id, after: body }, Date.now()), closedDays);
    if (days.length === 0) return null;
    return {
      title: t('onClosed.askMove', { title, count: days.length }),
      what: <ClosedList days={days} />,
      act: t(`edit.save_${scope}`),
      keep: t('onClosed.back'),
    };
  };
  const send = async (body: CreateWorkshop) => {
    await mustBeMeant(aboutPlaces(body), 'places_kept');
    await mustBeMeant(aboutDays(body), 'days_kept');
    if (scope === 'one' || !series) await sendOne(body);
    else await api.patch(pathOfSeries(cohortId, series.id), { ...body, scope, workshopId: id, edition: seen.series });
    // Who took themselves out of a draft does not see it any more: there is nothing to go back to.
    const isOut = status === 'draft' && membership?.role !== 'staff' && !body.hosts.includes(me.id);
    if (isOut) {
      toast(t('edit.out', { title }));
      await navigate({ to: '/c/$cohortId/workshops', params: { cohortId } });
    } else await back();
    void client.invalidateQueries({ queryKey: workshopKeys.all(cohortId) });
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
        <Part fallback={<RowSkeleton />}>
          <WorkshopForm
            cohortId={cohortId}
            initial={valuesOf(workshop)}
            people={hostsShown(workshop)}
            act={t(scope === 'one' ? 'edit.save' : `edit.save_${scope}`)}
            above={series?.abilities.edit && <ScopeField label={t('scope.edit')} value={scope} onChange={setScope} />}
            send={send}
            onCancel={() => void back()}
          />
        </Part>
      ) : (
        <div className="mt16">
          <Notice tone="alert">{t('edit.closed')}</Notice>
        </div>
      )}
      {asking && <Asked asking={asking} onDone={() => setAsking((now) => (now === asking ? null : now))} />}
    </>
  );
}

/** What is asked before it is saved. */
interface Question {
  title: string;
  what: ReactNode;
  act: string;
  keep: string;
}

interface Asking extends Question {
  answer: (meant: boolean) => void;
}

function Asked({ asking: { title, what, act, keep, answer }, onDone }: { asking: Asking; onDone: () => void }) {
  const close = (meant: boolean) => {
    answer(meant);
    onDone();
  };
  const confirm = () => {
    close(true);
    return Promise.resolve();
  };
  return (
    <ConfirmDialog opened danger={false} onClose={() => close(false)} {...{ title, act, keep }} onConfirm={confirm}>
      {what}
    </ConfirmDialog>
  );
}

/** Of this date, or of the fullest one of several. What was so before is no news. */
function fewerThanGoing(workshop: Workshop, series: WorkshopSeries | undefined, body: CreateWorkshop) {
  const isLower =
    body.capacity - body.reserved < workshop.capacity - workshop.reserved ||
    (body.onlineCapacity ?? 0) < (workshop.onlineCapacity ?? 0);
  if (!isLower) return null;
  const places = body.capacity - body.reserved + (body.onlineCapacity ?? 0);
  const most = Math.max(0, ...(series?.dates ?? []).map(({ going }) => going));
  return tooFew(workshop, body) ?? (most > places ? { going: most, places } : null);
}
