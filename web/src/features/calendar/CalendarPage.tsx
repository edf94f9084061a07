import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconChevronLeft, IconChevronRight, IconRss } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { useApplyEvents } from '../../api/socket';
import { useCohort } from '../../api/session';
import { useNow, useZone } from '../../time/clock';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { agendaEvents } from '../agenda/agenda';
import { SubscribeDialog } from '../feeds/lazy';
import type { Scope } from '../agenda/agenda';
import { type CalendarSearch, dayFrom } from './calendar';
import classes from './calendar.module.css';
import { ListView } from './ListView';
import { MonthView } from './MonthView';
import type { Wish } from './MoveDialog';
import { MoveContext, type Times } from './moving';
import { WeekView } from './WeekView';
import { useTitles } from './titles';

const MoveDialog = lazyPart(() => import('./MoveDialog'));
const STEPS = { month: { months: 1 }, week: { days: 7 }, list: { days: 30 } } as const;

/** Mine or the cohort's, by month, week or as a list; always in my zone, which is named. */
export default function CalendarPage() {
  const { t } = useTranslation('calendar');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/calendar' });
  const { day: asked, ...how }: CalendarSearch = useSearch({ strict: false });
  const view = how.view === 'week' || how.view === 'list' ? how.view : 'month';
  const scope: Scope = how.scope === 'cohort' ? 'cohort' : 'mine';
  const navigate = useNavigate();
  const zone = useZone();
  const now = useNow();
  const cohort = useCohort();
  const [subscribing, setSubscribing] = useState(false);
  const [wish, setWish] = useState<Wish | null>(null);
  const ask = useCallback((item: AgendaItem, to?: Times) => setWish({ item, to: to ?? null }), []);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const day = dayFrom(asked, today);
  const titles = useTitles();
  useApplyEvents(agendaEvents);

  const go = (change: { view?: string; scope?: string; day?: Temporal.PlainDate }) => {
    const next = { view, scope, day: asked, ...change, ...(change.day && { day: change.day.toString() }) };
    const search = {
      ...(next.view !== 'month' && { view: next.view }),
      ...(next.scope !== 'mine' && { scope: next.scope }),
      ...(next.day && next.day !== today.toString() && { day: next.day }),
    };
    void navigate({ to: '/c/$cohortId/calendar', params: { cohortId }, search: search as never });
  };
  const step = (by: 1 | -1) => go({ day: by === 1 ? day.add(STEPS[view]) : day.subtract(STEPS[view]) });
  const shared = {
    cohortId,
    scope,
    day,
    today,
    zone,
    onDay: (chosen: Temporal.PlainDate, as?: 'list') => go({ day: chosen, ...(as && { view: as }) }),
  };

  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={scope === 'mine' ? t('leadMine', { zone }) : t('leadCohort', { cohort: cohort?.name ?? '', zone })}
      >
        <Button leftSection={<Icon of={IconRss} />} onClick={() => setSubscribing(true)}>
          {t('subscribe')}
        </Button>
      </PageHeader>
      <div className={classes.bar}>
        <h2 aria-live="polite">{titles[view](day)}</h2>
        <ActionIcon aria-label={t(`before.${view}`)} onClick={() => step(-1)}>
          <Icon of={IconChevronLeft} />
        </ActionIcon>
        <ActionIcon aria-label={t(`after.${view}`)} onClick={() => step(1)}>
          <Icon of={IconChevronRight} />
        </ActionIcon>
        <Button onClick={() => go({ day: today })}>{t('today')}</Button>
        <span className="grow only-wide" />
        <SegmentedControl
          aria-label={t('whose')}
          value={scope}
          onChange={(chosen) => go({ scope: chosen })}
          data={(['mine', 'cohort'] as const).map((value) => ({ value, label: t(`scopes.${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('shown')}
          value={view}
          onChange={(chosen) => go({ view: chosen })}
          data={(['month', 'week', 'list'] as const).map((value) => ({ value, label: t(`views.${value}`) }))}
        />
      </div>
      <MoveContext value={ask}>
        {view === 'month' && <MonthView cohort={cohort} {...shared} />}
        {view === 'week' && <WeekView {...shared} />}
        {view === 'list' && <ListView {...shared} />}
      </MoveContext>
      <Part lost="over">{wish && <MoveDialog key={wish.item.id} wish={wish} onClose={() => setWish(null)} />}</Part>
      <Part lost="over">
        {subscribing && (
          <SubscribeDialog
            first={{ cohortId: scope === 'cohort' ? cohortId : null, tag: null }}
            onClose={() => setSubscribing(false)}
          />
        )}
      </Part>
    </div>
  );
}
