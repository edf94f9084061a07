import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TopicSummary } from '../../../../src/contracts/forums';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { type TopicFilter, useTopics } from './forum';
import { TopicRow } from './TopicRow';

const MAX_WAITING = 5;

interface TopicListsProps {
  cohortId: string;
  filter: TopicFilter;
  onClear: () => void;
}

/** The list that the filter asks for; without any filter those who wait stand above the rest. */
export function TopicLists({ cohortId, filter, onClear }: TopicListsProps) {
  const { t } = useTranslation('forum');
  const plain = !filter.tab && !filter.tag && !filter.sort;
  const waiting = useTopics(cohortId, { tab: 'unanswered' }, MAX_WAITING);
  const latest = useTopics(cohortId, filter);
  // What is pinned and who waits come with the rest, so that they push nothing down.
  if (plain && (waiting.isPending || latest.isPending))
    return (
      <Group title={t('waiting')}>
        <RowSkeleton rows={8} />
      </Group>
    );
  return (
    <>
      {plain && <Pinned cohortId={cohortId} filter={filter} />}
      {plain && <Waiting cohortId={cohortId} items={(waiting.data?.pages[0]?.items ?? []).filter(isUnpinned)} />}
      <TopicList
        key={JSON.stringify(filter)}
        cohortId={cohortId}
        filter={filter}
        title={t(plain ? 'lately' : filter.tab ? `tabs.${filter.tab}` : 'tabs.all')}
        withoutUnanswered={plain}
        onClear={onClear}
      />
    </>
  );
}

const isUnpinned = ({ pinned }: TopicSummary) => pinned === null;

/** What staff put before all else: the list begins with it. */
function Pinned({ cohortId, filter }: Pick<TopicListsProps, 'cohortId' | 'filter'>) {
  const { t } = useTranslation('forum');
  const pages = useTopics(cohortId, filter).data?.pages ?? [];
  const items = pages.flatMap((page) => page.items).filter((topic) => !isUnpinned(topic));
  if (items.length === 0) return null;
  return (
    <Group title={t('moderation.pinned')}>
      <ul className="list">
        {items.map((topic) => (
          <TopicRow key={topic.id} topic={topic} cohortId={cohortId} />
        ))}
      </ul>
    </Group>
  );
}

/** Nothing at all where nobody waits. */
function Waiting({ cohortId, items }: { cohortId: string; items: readonly TopicSummary[] }) {
  const { t } = useTranslation('forum');
  if (items.length === 0) return null;
  return (
    <Group title={t('waiting')} right={t('oldestFirst')}>
      <ul className="list">
        {items.map((topic) => (
          <TopicRow key={topic.id} topic={topic} cohortId={cohortId} />
        ))}
      </ul>
    </Group>
  );
}

function TopicList({
  cohortId,
  filter,
  title,
  withoutUnanswered,
  onClear,
}: TopicListsProps & { title: string; withoutUnanswered: boolean }) {
  const { t } = useTranslation('forum');
  const topics = useTopics(cohortId, filter);
  const all = topics.data?.pages.flatMap((page) => page.items) ?? [];
  const items = withoutUnanswered ? all.filter((topic) => topic.state !== 'unanswered' && isUnpinned(topic)) : all;
  if (topics.isSuccess && all.length === 0) return <NoTopics cohortId={cohortId} filter={filter} onClear={onClear} />;
  if (topics.isSuccess && items.length === 0 && !topics.hasNextPage) return null;
  return (
    <Group title={title} right={filter.tab === 'unanswered' && !filter.sort ? t('oldestFirst') : undefined}>
      {topics.isPending && <RowSkeleton rows={8} />}
      {topics.isError && (
        <div className="mt16">
          <ProblemAlert error={topics.error} onRetry={() => void topics.refetch()} />
        </div>
      )}
      <ul className="list">
        {items.map((topic) => (
          <TopicRow key={topic.id} topic={topic} cohortId={cohortId} />
        ))}
      </ul>
      {topics.hasNextPage && (
        <Button mt="md" loading={topics.isFetchingNextPage} onClick={() => void topics.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </Group>
  );
}

function NoTopics({ cohortId, filter, onClear }: TopicListsProps) {
  const { t } = useTranslation('forum');
  const narrowed = Boolean(filter.tag);
  const which = narrowed ? 'found' : (filter.tab ?? 'all');
  const ask = (
    <ButtonLink variant="filled" to="/c/$cohortId/forum/new" params={{ cohortId }}>
      {t('ask')}
    </ButtonLink>
  );
  return (
    <Empty title={t(`empty.${which}`)} act={narrowed ? <Button onClick={onClear}>{t('clear')}</Button> : ask}>
      {t(`empty.${which}Body`)}
    </Empty>
  );
}
