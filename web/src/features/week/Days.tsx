import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatDayHead } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { AgendaList } from '../agenda/AgendaList';
import { byDay, startOf, useAgenda } from '../agenda/agenda';
import { spanOf } from './span';

/** Today and the seven days after: what is mine, and the workshops of the cohort that I could still join. */
export function Days({ cohortId }: { cohortId: string }) {
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { today, since, from, to } = spanOf(now, zone);
  const mine = useAgenda('mine', cohortId, since, to);
  const cohort = useAgenda('cohort', cohortId, from, to);
  if (mine.isError) return <ProblemAlert error={mine.error} onRetry={() => void mine.refetch()} />;
  if (!mine.data) return <RowSkeleton rows={6} />;
  const ahead = mine.data.filter(({ endsAt }) => Date.parse(endsAt) > Date.parse(from));
  const days = byDay([...ahead, ...joinable(cohort.data ?? [], ahead, now)], zone);
  if (!days.has(today.toString())) days.set(today.toString(), []);
  return [...days]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([day, items], index) => (
      <Group
        key={day}
        title={formatDayHead(startOf(Temporal.PlainDate.from(day), zone), zone, locale, now)}
        right={index === 0 ? zone : undefined}
        className={index === 0 ? '' : 'mt24'}
      >
        {items.length > 0 ? <AgendaList items={items} /> : <Nothing cohortId={cohortId} alone={days.size === 1} />}
      </Group>
    ));
}

function Nothing({ cohortId, alone }: { cohortId: string; alone: boolean }) {
  const { t } = useTranslation('week');
  return (
    <div className="mt12">
      <p className="t2">{t(alone ? 'nothingAhead' : 'nothingToday')}</p>
      {alone && (
        <div className="row mt12">
          <ButtonLink to="/c/$cohortId/workshops" params={{ cohortId }}>
            {t('seeWorkshops')}
          </ButtonLink>
        </div>
      )}
    </div>
  );
}

/** Published workshops to come that are not mine. */
function joinable(cohort: readonly AgendaItem[], mine: readonly AgendaItem[], now: number): AgendaItem[] {
  const known = new Set(mine.map((item) => item.id));
  return cohort.filter(
    (item) =>
      item.kind === 'workshop' &&
      item.status === 'published' &&
      item.mine === 'none' &&
      !known.has(item.id) &&
      Date.parse(item.startsAt) > now,
  );
}
