import { Button, NativeSelect, SegmentedControl, Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconCopy, IconPlus, IconRss, IconTag } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { useMe, useMembership } from '../../api/session';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatDate } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Part } from '../../ui/forms/Part';
import { SubscribeDialog } from '../feeds/lazy';
import { CHOICES, type Filters, NO_FILTER, type Show, filtersOf, passes } from './filters';
import { ListSkeleton } from './ListSkeleton';
import { useLiveWorkshops, useWorkshopList } from './queries';
import { byWeek } from './series/weeks';
import { WorkshopRow } from './WorkshopRow';
import classes from './workshops.module.css';

export default function WorkshopsPage() {
  const { t } = useTranslation('workshops');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/workshops' });
  const filters = filtersOf(useSearch({ strict: false }));
  const [subscribing, setSubscribing] = useState(false);
  const show = filters.show ?? 'upcoming';
  const upcoming = useWorkshopList(cohortId, 'upcoming');
  const past = useWorkshopList(cohortId, 'past', show === 'past');
  const drafts = useWorkshopList(cohortId, 'drafts', show === 'drafts');
  useLiveWorkshops(cohortId);
  const navigate = useNavigate();
  const filter = (change: Filters) =>
    void navigate({
      to: '/c/$cohortId/workshops',
      params: { cohortId },
      search: { ...filters, ...change },
      replace: true,
    });

  const toCome = upcoming.data?.pages.flatMap((page) => page.items) ?? [];
  const mine = toCome.filter((one) => one.mine !== null && one.status === 'published');
  const list = show === 'past' ? past : show === 'drafts' ? drafts : upcoming;
  const all = show === 'mine' ? mine : (list.data?.pages.flatMap((page) => page.items) ?? []);
  const shown = all.filter((one) => passes(one, filters));
  const mayPropose = upcoming.data?.pages[0]?.abilities.propose ?? false;
  const open = toCome.filter((one) => one.status === 'published').length;

  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={upcoming.isSuccess ? t('lead', { count: open, mine: mine.length }) : <p>&nbsp;</p>}
      >
        <Button leftSection={<Icon of={IconRss} />} onClick={() => setSubscribing(true)}>
          {t('subscribe')}
        </Button>
        {mayPropose && <CopyProgramme cohortId={cohortId} />}
        {mayPropose && <Propose cohortId={cohortId} />}
      </PageHeader>
      <Part lost="over">
        {subscribing && (
          <SubscribeDialog first={{ cohortId, tag: filters.tag ?? null }} onClose={() => setSubscribing(false)} />
        )}
      </Part>
      <Tabs
        mt="md"
        value={show}
        onChange={(next) =>
          next === 'wishes'
            ? void navigate({ to: '/c/$cohortId/workshops/wishes', params: { cohortId } })
            : filter({ show: next as Show })
        }
      >
        <Tabs.List aria-label={t('title')}>
          <Tab value="upcoming" count={upcoming.isSuccess ? open : undefined} />
          <Tab value="mine" count={upcoming.isSuccess ? mine.length : undefined} />
          <Tab value="past" count={past.isSuccess && !past.hasNextPage ? all.length : undefined} />
          {(mayPropose || show === 'drafts') && (
            <Tab value="drafts" count={drafts.isSuccess && !drafts.hasNextPage ? all.length : undefined} />
          )}
          <Tabs.Tab value="wishes">{t('tabs.wishes')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={show}>
          <FilterBar filters={filters} all={all} onChange={filter} />
          {list.isPending && <ListSkeleton head={t(show === 'past' ? 'weeks.last' : 'weeks.this')} />}
          {list.isError && (
            <div className="mt16">
              <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
            </div>
          )}
          {list.isSuccess && shown.length === 0 && (
            <Nothing
              show={show}
              isFiltered={all.length > 0}
              onClear={() => filter(NO_FILTER)}
              act={mayPropose && <Propose cohortId={cohortId} />}
            />
          )}
          <Weeks workshops={shown} />
          {list.hasNextPage && (
            <Button mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common:more')}
            </Button>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** For who is on the team of another cohort, too. */
function CopyProgramme({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('workshops');
  const teams = useMe().memberships.filter(({ role }) => role === 'staff');
  if (teams.length < 2 || !teams.some((one) => one.cohortId === cohortId)) return null;
  return (
    <ButtonLink to="/c/$cohortId/workshops/copy" params={{ cohortId }} leftSection={<Icon of={IconCopy} />}>
      {t('copy.open')}
    </ButtonLink>
  );
}

function Propose({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('workshops');
  const isStaff = useMembership()?.role === 'staff';
  return (
    <ButtonLink to="/c/$cohortId/workshops/new" params={{ cohortId }} leftSection={<Icon of={IconPlus} />}>
      {t(isStaff ? 'make' : 'propose')}
    </ButtonLink>
  );
}

function Tab({ value, count }: { value: Show; count: number | undefined }) {
  const { t } = useTranslation('workshops');
  return (
    <Tabs.Tab value={value}>
      {t(`tabs.${value}`)} <span className="num">{count ?? '\u00a0'}</span>
    </Tabs.Tab>
  );
}

interface FilterBarProps {
  filters: Filters;
  all: readonly Workshop[];
  onChange: (change: Filters) => void;
}

function FilterBar({ filters, all, onChange }: FilterBarProps) {
  const { t } = useTranslation('workshops');
  const zone = useZone();
  const tags = [...new Set([...all.flatMap((one) => one.tags), ...(filters.tag ? [filters.tag] : [])])].sort();
  const kinds = [
    { value: 'all', label: t('kinds.all') },
    ...CHOICES.kind.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
  ];
  return (
    <div className="row wrap mt16">
      <SegmentedControl
        aria-label={t('filter.kind')}
        value={filters.kind ?? 'all'}
        data={kinds}
        onChange={(kind) => onChange({ kind: kind === 'all' ? undefined : (kind as Filters['kind']) })}
      />
      <NativeSelect
        aria-label={t('filter.tag')}
        className={classes.tags}
        leftSection={<Icon of={IconTag} />}
        value={filters.tag ?? ''}
        data={[{ value: '', label: t('filter.anyTag') }, ...tags]}
        onChange={(event) => onChange({ tag: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        aria-label={t('names:level.label')}
        value={filters.level ?? ''}
        data={[
          { value: '', label: t('names:level.any') },
          ...CHOICES.level.map((level) => ({ value: level, label: t(`names:level.${level}`) })),
        ]}
        onChange={(event) => onChange({ level: (event.currentTarget.value || undefined) as Filters['level'] })}
      />
      {filters.show !== 'past' && (
        <Button
          variant={filters.free ? 'light' : 'default'}
          aria-pressed={filters.free !== undefined}
          onClick={() => onChange({ free: filters.free ? undefined : 'true' })}
        >
          {t('filter.free')}
        </Button>
      )}
      <span className="right t3 only-wide">{zone}</span>
    </div>
  );
}

function Weeks({ workshops }: { workshops: readonly Workshop[] }) {
  const { t } = useTranslation('workshops');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const nameOf = (away: number, monday: string) => {
    if (away === 0) return t('weeks.this');
    if (away === 1) return t('weeks.next');
    return away === -1 ? t('weeks.last') : t('weeks.of', { date: formatDate(monday, locale) });
  };
  return byWeek(workshops, zone, now).map(({ monday, away, workshops: those }) => (
    <Group key={monday} title={nameOf(away, monday)}>
      <ul className="list">
        {those.map((one) => (
          <WorkshopRow key={one.id} workshop={one} />
        ))}
      </ul>
    </Group>
  ));
}

interface NothingProps {
  show: Show;
  isFiltered: boolean;
  onClear: () => void;
  /** What fills the list, for those who may. */
  act: ReactNode;
}

function Nothing({ show, isFiltered, onClear, act }: NothingProps) {
  const { t } = useTranslation('workshops');
  if (isFiltered)
    return <Empty title={t('empty.filtered')} act={<Button onClick={onClear}>{t('filter.clear')}</Button>} />;
  return (
    <Empty title={t(`empty.${show}.title`)} act={show !== 'past' && act}>
      {t(`empty.${show}.what`)}
    </Empty>
  );
}
