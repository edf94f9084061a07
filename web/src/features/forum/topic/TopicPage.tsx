import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, Topic } from '../../../../../src/contracts/forums';
import { useApplyEvents } from '../../../api/socket';
import { useReadTopic } from '../../inbox/useReadTopic';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { IconCircleCheck } from '@tabler/icons-react';
import { Icon } from '../../../ui/Icon';
import { useDraft } from '../../../ui/forms/draft';
import { FollowSelect } from '../FollowSelect';
import { forumEvents, quoted, usePosts, useTopic } from '../forum';
import classes from '../forum.module.css';
import { PostArticle } from './PostArticle';
import { Replies } from './Replies';
import { ReplyBox } from './ReplyBox';
import { TopicSide } from './TopicSide';
import { TopicState } from '../TopicState';
import { TopicTitle } from './TopicTitle';
import { useFocusAfter } from './useFocusAfter';
import { usePostActs } from './usePostActs';
import { usePostOfAddress } from './usePostOfAddress';

export default function TopicPage() {
  const { cohortId, topicId } = useParams({ from: '/shell/c/$cohortId/forum/$topicId' });
  const topic = useTopic(cohortId, topicId);
  useApplyEvents(forumEvents);
  useReadTopic(topicId);
  return (
    <div className="page">
      <QueryBoundary query={topic}>{(data) => <TopicView key={topicId} topic={data} />}</QueryBoundary>
    </div>
  );
}

function TopicView({ topic }: { topic: Topic }) {
  const { t } = useTranslation('forum');
  const { cohortId, id } = topic;
  const posts = usePosts(cohortId, id);
  usePostOfAddress(posts);
  const { acts, dialogs } = usePostActs(cohortId, id);
  const draft = useDraft(`topic:${id}`);
  const reply = useRef<HTMLDivElement>(null);
  const goToReply = () => {
    reply.current?.scrollIntoView({ block: 'center' });
    reply.current?.querySelector('textarea')?.focus({ preventScroll: true });
  };
  const quote = (post: Post) => {
    draft.append(quoted(post));
    requestAnimationFrame(goToReply);
  };
  const all = posts.data?.pages.flatMap((page) => page.items) ?? [];
  const replies = all.filter((post) => post.number > 1 && !post.isAnswer && post.id !== topic.answer?.id);
  const keepFocus = useFocusAfter(topic, replies);
  const shared = {
    cohortId,
    acts: {
      ...acts,
      accept: (post: Post) => {
        keepFocus(post);
        acts.accept(post);
      },
      withdraw: (post: Post) => {
        keepFocus(post);
        acts.withdraw(post);
      },
    },
    onQuote: quote,
  };

  return (
    <>
      <PageHeader
        title={topic.title}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
          { label: topic.tags[0] ? `#${topic.tags[0]}` : t('topic') },
        ]}
        lead={
          <div className={classes.head}>
            <TopicState topic={topic} />
            {topic.tags.map((tag) => (
              <span key={tag} className="tag">
                {tag}
              </span>
            ))}
            {topic.thread && (
              <Link
                className="link"
                to="/c/$cohortId/chat/$channelId"
                params={{ cohortId, channelId: topic.thread.channelId }}
                search={{ thread: topic.thread.messageId } as never}
              >
                {t('fromThread')}
              </Link>
            )}
            {topic.workshop && (
              <Link
                className="link"
                to="/c/$cohortId/workshops/$workshopId"
                params={{ cohortId, workshopId: topic.workshop.id }}
              >
                {t('fromWorkshop', { title: topic.workshop.title })}
              </Link>
            )}
            {topic.abilities.edit && <TopicTitle topic={topic} />}
          </div>
        }
      >
        <FollowSelect topic={topic} />
        <Button variant="filled" onClick={goToReply}>
          {t('reply')}
        </Button>
      </PageHeader>
      <div className="two narrow">
        <div className={classes.column}>
          <PostArticle post={topic.question} plain {...shared} />
          {topic.answer && (
            <section className={classes.answer} aria-label={t('acceptedAnswer')}>
              <h2>
                <Icon of={IconCircleCheck} />
                {t('acceptedBy', { name: topic.author.name.split(' ')[0] || t('common:formerMember') })}
              </h2>
              <PostArticle post={topic.answer} mayWithdraw={topic.abilities.accept} {...shared} />
            </section>
          )}
          <Replies posts={replies} query={posts} {...shared} />
          {/* With the replies above it, so that it is not pushed about. */}
          {!posts.isPending && (
            <div ref={reply} className={classes.editor}>
              <ReplyBox topic={topic} draft={draft} />
            </div>
          )}
        </div>
        <TopicSide topic={topic} posts={all} />
      </div>
      {dialogs}
    </>
  );
}
