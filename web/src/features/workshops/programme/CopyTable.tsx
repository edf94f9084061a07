import { Button, Checkbox } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CopyProgramme, ProgrammeCopy } from '../../../../../src/contracts/workshops/workshop-copies';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useLocale } from '../../../time/clock';
import { formatFullDate } from '../../../time/format';
import { formatDayOfYear } from '../../../time/seldom';
import { Empty } from '../../../ui/page/Empty';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { workshopKeys } from '../cache';
import classes from './copy.module.css';

type Item = ProgrammeCopy['items'][number];

interface CopyTableProps {
  cohortId: string;
  body: CopyProgramme;
}

/** Old date and new date of each workshop, why it moved or is left out, and which are copied. */
export function CopyTable({ cohortId, body }: CopyTableProps) {
  const { t } = useTranslation('workshops');
  const client = useQueryClient();
  const [out, setOut] = useState<readonly string[]>([]);
  const path = `/cohorts/${cohortId}/workshops/copy`;
  const key = keys.in(cohortId, 'workshop-copy', body);
  const query = useQuery({
    queryKey: key,
    queryFn: () => api.post<ProgrammeCopy>(`${path}/preview`, body),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const copying = useMutation({
    mutationFn: (only: string[]) => api.post<ProgrammeCopy>(path, { ...body, only }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: key }),
        client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) }),
      ]),
  });
  if (query.isError) return <ProblemAlert error={query.error} ns="workshops" onRetry={() => void query.refetch()} />;
  if (!query.data) return <RowSkeleton />;
  const { items, weeks } = query.data;
  if (items.length === 0) return <Empty title={t('copy.nothing')} />;
  const wanted = items.filter(({ id, fate }) => fate === 'copy' && !out.includes(id));
  const turn = (id: string) => setOut(out.includes(id) ? out.filter((one) => one !== id) : [...out, id]);
  return (
    <>
      <p className="mt24" aria-busy={query.isPlaceholderData}>
        {t('copy.weeks', { weeks: Math.abs(weeks), way: weeks < 0 ? 'earlier' : 'later' })}
      </p>
      <div className={classes.scroll} role="group" aria-label={t('copy.table')} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('copy.workshop')}</th>
              <th scope="col">{t('copy.before')}</th>
              <th scope="col">{t('copy.after')}</th>
              <th scope="col">{t('copy.notes')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Line key={item.id} cohortId={cohortId} item={item} isIn={!out.includes(item.id)} onTurn={turn} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="save-bar">
        <ProblemAlert error={copying.error} ns="workshops" />
        <div className="row wrap g12">
          <Button
            variant="filled"
            // What the table says is still of other wishes until it comes anew.
            disabled={wanted.length === 0 || query.isPlaceholderData}
            loading={copying.isPending}
            onClick={() => copying.mutate(wanted.map(({ id }) => id))}
          >
            {t('copy.act', { count: wanted.length })}
          </Button>
          <span role="status">{copying.data && t('copy.done', { count: copying.data.made })}</span>
        </div>
      </div>
    </>
  );
}

interface LineProps {
  cohortId: string;
  item: Item;
  isIn: boolean;
  onTurn: (id: string) => void;
}

function Line({ cohortId, item, isIn, onTurn }: LineProps) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const { id, title, timeZone, from, to, fate, series, workshopId } = item;
  const name = series ? `${title} (${t('series.place', series)})` : title;
  return (
    <tr data-out={fate !== 'copy' || !isIn || undefined}>
      <th scope="row">
        {fate === 'copy' ? (
          <Checkbox label={name} checked={isIn} onChange={() => onTurn(id)} />
        ) : workshopId ? (
          <Link to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId }}>
            {name}
          </Link>
        ) : (
          name
        )}
      </th>
      <td>{formatDayOfYear(from.startsAt, timeZone, locale)}</td>
      <td>
        {fate === 'copy' || fate === 'copied' ? formatDayOfYear(to.startsAt, timeZone, locale) : t('copy.leftOut')}
      </td>
      <td className={classes.words}>
        <Notes item={item} />
      </td>
    </tr>
  );
}

/** Why it is left out or not on its day, and what else one should know before. */
function Notes({ item: { fate, closed, outside, hostsLeft, to, timeZone } }: { item: Item }) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const named = closed && {
    day: formatFullDate(closed.day, locale),
    what: t(`common:closed.${closed.kind}`, { name: closed.name }),
  };
  const isKept =
    closed?.day === Temporal.Instant.from(to.startsAt).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const notes = [
    ...(fate === 'copy' && named ? [t(isKept ? 'copy.kept' : 'copy.moved', named)] : []),
    ...(fate === 'copied' || fate === 'past' ? [t(`copy.fate.${fate}`)] : []),
    ...(named && (fate === 'closed' || fate === 'taken') ? [t(`copy.fate.${fate}`, named)] : []),
    ...(fate === 'copy' && outside ? [t('copy.outside')] : []),
    ...(fate === 'copy' && hostsLeft > 0 ? [t('copy.hostsLeft', { count: hostsLeft })] : []),
  ];
  return notes.map((note) => <p key={note}>{note}</p>);
}
