import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletedTopic } from '../../../../src/contracts/forum-posts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useApplyEvents } from '../../api/socket';
import type { Page } from '../../api/types';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { PersonName } from '../../ui/people/PersonName';
import { When } from '../../ui/times/When';
import { toastProblem } from '../../ui/toast';
import { askForumAgain, forumEvents } from './forum';

/** Deleted topics while they can be restored: my own, and for staff all. */
export default function DeletedTopicsPage() {
  const { t } = useTranslation('forum');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum/deleted' });
  useApplyEvents(forumEvents);
  const query = useInfiniteQuery({
    queryKey: keys.in(cohortId, 'topics', 'deleted'),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<DeletedTopic>>(`/cohorts/${cohortId}/deleted-topics`, { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  return (
    <div className="page">
      <PageHeader
        title={t('deletedTopics.title')}
        lead={t('deletedTopics.lead')}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
          { label: t('deletedTopics.title') },
        ]}
      />
      <QueryBoundary query={query}>
        {({ pages }) => {
          const topics = pages.flatMap(({ items }) => items);
          if (topics.length === 0)
            return <Empty title={t('deletedTopics.empty')}>{t('deletedTopics.emptyBody')}</Empty>;
          return (
            <>
              <ul className="list">
                {topics.map((topic) => (
                  <DeletedRow key={topic.id} topic={topic} cohortId={cohortId} />
                ))}
              </ul>
              {query.hasNextPage && (
                <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('common:more')}
                </Button>
              )}
            </>
          );
        }}
      </QueryBoundary>
    </div>
  );
}

function DeletedRow({ topic, cohortId }: { topic: DeletedTopic; cohortId: string }) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText('forum');
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    try {
      await api.post(`/cohorts/${cohortId}/posts/${topic.postId}/restore`);
      await navigate({ to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId: topic.id } });
    } catch (error) {
      toastProblem(text(error));
      setBusy(false);
    }
    askForumAgain(client, { cohortId });
  };
  return (
    <li>
      <div className="grow">
        <p className="title">{topic.title}</p>
        <p className="meta">
          <PersonName person={topic.author} cohortId={cohortId} you />
          <span>
            {t('deletedTopics.deleted')} <When at={topic.deletedAt} />
          </span>
          <span>
            {t('deletedTopics.keptUntil')} <When at={topic.keptUntil} />
          </span>
        </p>
      </div>
      <Button
        loading={busy}
        aria-label={t('deletedTopics.restore', { title: topic.title })}
        onClick={() => void restore()}
      >
        {t('restore')}
      </Button>
    </li>
  );
}
