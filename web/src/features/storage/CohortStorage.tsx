import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Calls } from '../../../../src/contracts/calls/calls';
import type { CohortStorage as Held } from '../../../../src/contracts/storage';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useLocale } from '../../time/clock';
import { Avatar } from '../../ui/people/Avatar';
import { formatSize } from '../../ui/forms/file-size';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { LimitsForm } from './LimitsForm';
import { UseBar } from './UseBar';

/** What the files of a cohort take, who has most, and how much there may be. */
export default function CohortStorage({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('storage');
  const queryKey = keys.in(cohortId, 'storage');
  const query = useQuery({ queryKey, queryFn: () => api.get<Held>(`/cohorts/${cohortId}/storage`) });
  return (
    <QueryBoundary query={query} ns="storage" loading={<RowSkeleton rows={4} />}>
      {(held) => (
        <div className="measure mt16">
          <UseBar name={t('whole')} use={held.whole} />
          <Largest held={held} />
          {held.calls.files > 0 && <OfCalls cohortId={cohortId} calls={held.calls} />}
          <LimitsForm cohortId={cohortId} held={held} />
        </div>
      )}
    </QueryBoundary>
  );
}

/** What came in by calls, and by which of them. */
function OfCalls({ cohortId, calls }: { cohortId: string; calls: Held['calls'] }) {
  const { t } = useTranslation('storage');
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'calls', 'list'),
    queryFn: ({ signal }) => api.get<Calls>(`/cohorts/${cohortId}/calls`, { signal }),
  });
  const titles = new Map(data?.items.map(({ id, title }) => [id, title[locale]]));
  return (
    <div className="mt24">
      <UseBar name={t('calls')} use={calls} />
      <ul className="list" aria-label={t('calls')}>
        {calls.items.map(({ callId, used, files }) => (
          <li key={callId}>
            <span className="grow cut">{titles.get(callId) ?? t('call')}</span>
            <span className="t2 num">{t('of', { size: formatSize(used, locale), count: files })}</span>
          </li>
        ))}
      </ul>
      <p className="t2 xs">{t('callsHelp')}</p>
    </div>
  );
}

function Largest({ held: { largest, imported } }: { held: Held }) {
  const { t } = useTranslation('storage');
  const locale = useLocale();
  if (largest.length === 0 && imported === 0) return null;
  return (
    <>
      <h3 className="mt24">{t('largest')}</h3>
      <ul className="list" aria-label={t('largest')}>
        {largest.map(({ person: { id, name, avatarUrl }, used, files }) => (
          <li key={id}>
            <Avatar id={id} name={name} url={avatarUrl} size={32} />
            <b className="grow cut">{name || t('former')}</b>
            <span className="t2 num">{t('of', { size: formatSize(used, locale), count: files })}</span>
          </li>
        ))}
        {imported > 0 && (
          <li>
            <span className="grow">{t('imported')}</span>
            <span className="t2 num">{formatSize(imported, locale)}</span>
          </li>
        )}
      </ul>
    </>
  );
}
