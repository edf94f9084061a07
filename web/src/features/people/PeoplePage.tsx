import { NativeSelect, SegmentedControl } from '@mantine/core';
import { IconUserEdit, IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort } from '../../api/session';
import { presence } from '../../api/socket';
import { useStore } from '../../api/store';
import type { Member, Page } from '../../api/types';
import { oneOf } from '../../shell/address';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { Found, WordsField, useTypedWords } from '../../ui/page/Found';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { Invited } from './Invited';
import { PersonRow } from './PersonRow';
import classes from './people.module.css';
import { sortFound } from './search';

const ROLES = ['fellow', 'coach', 'host', 'staff', 'alumni'] as const;
const CRAFTS = ['developer', 'designer', 'data', 'product', 'other'] as const;
type Filters = { q?: string | undefined; role?: string | undefined; craft?: string | undefined };

/** Everybody of the cohort: by words, role and craft. What is asked stands in the address. */
export default function PeoplePage() {
  const { t } = useTranslation('people');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/people' });
  const asked: Filters = useSearch({ strict: false });
  const filters: Filters = { ...asked, role: oneOf(ROLES, asked.role), craft: oneOf(CRAFTS, asked.craft) };
  const navigate = useNavigate();
  const cohort = useCohort();
  const here = useStore(presence).size;
  const set = (change: Filters) =>
    void navigate({ to: '.', search: { ...filters, ...change } as never, replace: true });
  const { typed, setTyped, q } = useTypedWords(filters.q ?? '', (words) => set({ q: words }));

  const query = usePeople(cohortId, { ...filters, q });
  const noFilter = !q && !filters.role && !filters.craft;
  const members = query.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = cohort?.counts;
  const total = counts ? counts.fellows + counts.coaches + counts.hosts + counts.staff : undefined;
  const roles = ROLES.filter((role) => role !== 'alumni' || cohort?.state === 'closed' || filters.role === 'alumni');

  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={cohort && total !== undefined ? t('lead', { total, cohort: cohort.name, here }) : '\u00a0'}
      >
        <ButtonLink to="/settings/$section" params={{ section: 'profile' }} leftSection={<Icon of={IconUserEdit} />}>
          {t('myProfile')}
        </ButtonLink>
        {cohort?.abilities.invite && (
          <ButtonLink
            to="/c/$cohortId/people/import"
            params={{ cohortId }}
            variant="filled"
            leftSection={<Icon of={IconUserPlus} />}
          >
            {t('invite')}
          </ButtonLink>
        )}
      </PageHeader>
      <div className={`row wrap ${classes.filters}`} role="search">
        <WordsField
          className={classes.search}
          label={t('search')}
          hint={t('searchHint')}
          typed={typed}
          onType={setTyped}
        />
        <SegmentedControl
          aria-label={t('role')}
          value={filters.role ?? ''}
          onChange={(role) => set({ role: role || undefined })}
          data={[{ value: '', label: t('all') }, ...roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))]}
        />
        <NativeSelect
          aria-label={t('craft')}
          value={filters.craft ?? ''}
          onChange={(event) => set({ craft: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('anyCraft') },
            ...CRAFTS.map((craft) => ({ value: craft, label: t(`common:crafts.${craft}`) })),
          ]}
        />
      </div>
      <Found query={query}>
        {() => (
          <People
            members={members}
            q={q}
            cohortId={cohortId}
            mayInvite={noFilter && cohort?.abilities.invite === true}
          />
        )}
      </Found>
      {cohort?.abilities.invite && !filters.craft && !query.isPending && (
        <Invited cohortId={cohortId} q={q} role={oneOf(ROLES, filters.role)} />
      )}
    </div>
  );
}

function usePeople(cohortId: string, { q, role, craft }: Filters) {
  return useInfiniteQuery({
    queryKey: keys.in(cohortId, 'members', 'list', q, role, craft),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Member>>(`/cohorts/${cohortId}/members`, {
        query: { q, role, craft, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

interface PeopleProps {
  members: readonly Member[];
  q: string;
  cohortId: string;
  /** Nobody is here at all, and I can change that. */
  mayInvite: boolean;
}

function People({ members, q, cohortId, mayInvite }: PeopleProps) {
  const { t } = useTranslation('people');
  if (members.length === 0 && mayInvite) {
    const act = (
      <ButtonLink to="/c/$cohortId/people/import" params={{ cohortId }}>
        {t('invite')}
      </ButtonLink>
    );
    return (
      <Empty title={t('nobody')} act={act}>
        {t('nobodyInvite')}
      </Empty>
    );
  }
  if (members.length === 0) return <Empty title={t(q ? 'nobodyFound' : 'nobody')}>{t('nobodyHint')}</Empty>;
  const rows = (list: readonly Member[]) =>
    list.map((member) => <PersonRow key={member.userId} member={member} cohortId={cohortId} q={q} />);
  if (!q) {
    return (
      <ul className="list mt16" aria-label={t('title')}>
        {rows(members)}
      </ul>
    );
  }
  const found = sortFound(members, q);
  return (['name', 'gives', 'wants'] as const)
    .filter((why) => found[why].length > 0)
    .map((why) => (
      <Group key={why} title={t(`found.${why}`, { q })} count={found[why].length}>
        <ul className="list">{rows(found[why])}</ul>
      </Group>
    ));
}
