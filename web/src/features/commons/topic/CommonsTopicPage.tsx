import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsTopic } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { ConfirmDialog } from '../../../ui/confirm';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { usePostOfAddress } from '../../../ui/page/posts/usePostOfAddress';
import { toast } from '../../../ui/toast';
import { askCommonsAgain, useCommonsPosts, useCommonsTopic } from '../commons';
import classes from '../commons.module.css';
import { Answer } from './Answer';
import { inOrder, isPostAddress } from './order';
import { PostView } from './PostView';
import { ReplyForm } from './ReplyForm';
import { useChoosing } from './useChoosing';

export default function CommonsTopicPage() {
  const { topicId } = useParams({ from: '/shell/commons/$topicId' });
  const topic = useCommonsTopic(topicId);
  return (
    <div className="page">
      <QueryBoundary query={topic} ns="commons">
        {(data) => <TopicView key={topicId} topic={data} />}
      </QueryBoundary>
    </div>
  );
}

const ADDRESS = { isPost: isPostAddress };

function TopicView({ topic }: { topic: CommonsTopic }) {
  const { t } = useTranslation('commons');
  const posts = useCommonsPosts(topic.id);
  usePostOfAddress(posts, ADDRESS);
  const choosing = useChoosing(topic, posts.data);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const remove = async () => {
    await api.delete(`/commons/topics/${topic.id}`);
    toast(t('removed'));
    await navigate({ to: '/commons' });
    askCommonsAgain(client);
  };
  return (
    <>
      <PageHeader
        title={topic.title}
        crumbs={[
          { label: t('title'), link: { to: '/commons' } },
          { label: topic.tags[0] ? `#${topic.tags[0]}` : t('topic') },
        ]}
        lead={
          <p className="row wrap">
            <span>{t('readBy')}</span>
            {topic.tags.map((tag) => (
              <span key={tag} className="tag">
                {tag}
              </span>
            ))}
            {topic.origin && (
              <Link className="link" to="/c/$cohortId/forum/$topicId" params={topic.origin}>
                {t('inMyCohort')}
              </Link>
            )}
          </p>
        }
      >
        {topic.abilities.delete && <Button onClick={() => setRemoving(true)}>{t('removeTopic.act')}</Button>}
      </PageHeader>
      <div className={classes.column}>
        <QueryBoundary query={posts} ns="commons" loading={<RowSkeleton />}>
          {({ pages }) => (
            <>
              {inOrder(
                topic,
                pages.flatMap(({ items }) => items),
              ).map((post) =>
                post.id === topic.answer?.id ? (
                  <Answer key={`answer ${post.id}`} topic={topic}>
                    <PostView post={post} choosing={choosing} />
                  </Answer>
                ) : (
                  <PostView key={post.id} post={post} choosing={choosing} />
                ),
              )}
              {posts.hasNextPage ? (
                <Button mt="md" loading={posts.isFetchingNextPage} onClick={() => void posts.fetchNextPage()}>
                  {t('common:more')}
                </Button>
              ) : (
                <ReplyForm topicId={topic.id} />
              )}
            </>
          )}
        </QueryBoundary>
      </div>
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('removeTopic.title', { title: topic.title })}
        act={t('removeTopic.act')}
        ns="commons"
        danger
        onConfirm={remove}
      >
        {t('removeTopic.body')}
      </ConfirmDialog>
    </>
  );
}
