import { Button, NativeSelect, SegmentedControl, Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { type Shown, type Sort, useLiveWishes, useWishes } from './queries';
import { WishRow } from './WishRow';

const WriteDialog = lazyPart(() => import('./WriteDialog'));

/** What the address says: `?sort=newest&state=planned`. */
interface Search {
  sort?: Sort | undefined;
  state?: Shown | undefined;
}

/** What people of the cohort want to learn, and can give. */
export default function WishesPage() {
  const { t } = useTranslation('wishes');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/workshops/wishes' });
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const [writing, setWriting] = useState(false);
  useLiveWishes(cohortId);
  const sort = (['demand', 'newest', 'mine'] as const).find((one) => one === search.sort) ?? 'demand';
  const state = (['open', 'planned', 'closed'] as const).find((one) => one === search.state) ?? 'open';
  const list = useWishes(cohortId, sort, state);
  const mayWrite = list.data?.pages[0]?.abilities.write ?? false;
  const go = (to: Search) =>
    void navigate({
      to: '/c/$cohortId/workshops/wishes',
      params: { cohortId },
      search: { sort, state, ...to } as never,
      replace: true,
    });
  const write = mayWrite && (
    <Button variant="filled" leftSection={<Icon of={IconPlus} />} onClick={() => setWriting(true)}>
      {t('write.act')}
    </Button>
  );
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')}>
        {write}
      </PageHeader>
      <Tabs
        mt="md"
        value="wishes"
        onChange={(show) =>
          void navigate({ to: '/c/$cohortId/workshops', params: { cohortId }, search: { show } as never })
        }
      >
        <Tabs.List aria-label={t('workshops')}>
          {(['upcoming', 'mine', 'past', 'wishes'] as const).map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tabs.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="wishes">
          <div className="row wrap mt16">
            <SegmentedControl
              aria-label={t('sort.label')}
              value={sort}
              data={(['demand', 'newest', 'mine'] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
              onChange={(to) => go({ sort: to })}
            />
            {sort !== 'mine' && (
              <NativeSelect
                aria-label={t('states.label')}
                value={state}
                data={(['open', 'planned', 'closed'] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
                onChange={(event) => go({ state: event.currentTarget.value as Shown })}
              />
            )}
          </div>
          <QueryBoundary query={list}>
            {({ pages }) => {
              const wishes = pages.flatMap((page) => page.items);
              if (wishes.length === 0)
                return (
                  <Empty title={t(`empty.${sort === 'mine' ? 'mine' : state}`)} act={write}>
                    {t('empty.what')}
                  </Empty>
                );
              return (
                <ul className="list mt16">
                  {wishes.map((wish) => (
                    <WishRow key={wish.id} wish={wish} />
                  ))}
                </ul>
              );
            }}
          </QueryBoundary>
          {list.hasNextPage && (
            <Button mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common:more')}
            </Button>
          )}
        </Tabs.Panel>
      </Tabs>
      <Part lost="over">{writing && <WriteDialog cohortId={cohortId} onClose={() => setWriting(false)} />}</Part>
    </div>
  );
}
