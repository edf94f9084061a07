import { Button, VisuallyHidden } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, Topic } from '../../../../../src/contracts/forums';
import { draftKeys } from '../../../../../src/contracts/draft-keys';
import { isMissing } from '../../../api/problem';
import { useApplyEvents } from '../../../api/socket';
import { focusWhenThere } from '../../../ui/page/focus';
import { useReadTopic } from '../../inbox/useReadTopic';
import { PageHeader } from '../../../ui/page/PageHeader';
import { Part } from '../../../ui/forms/Part';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { useFocusAfter } from '../../../ui/page/posts/useFocusAfter';
import { usePostOfAddress } from '../../../ui/page/posts/usePostOfAddress';
import { IconCircleCheck } from '@tabler/icons-react';
import { Icon } from '../../../ui/Icon';
import { CarriedReply } from '../../discussions/lazy';
import { TopicTools } from '../../finding/Tools';
import { useTopicKeys } from '../../finding/useForumKeys';
import { FollowSelect } from '../FollowSelect';
import { forumEvents, quoted, usePosts, useTopic } from '../forum';
import classes from '../forum.module.css';
import { Chosen } from '../moderation/Chosen';
import { ClosedBox } from '../moderation/ClosedBox';
import { MergedTopic } from '../moderation/MergedTopic';
import { TopicMenu } from '../moderation/TopicMenu';
import { TopicStandings } from '../moderation/TopicStandings';
import { CloseTopics } from './CloseTopics';
import { GoneTopic } from '../writing/GoneTopic';
import { PostEnd } from './NewLine';
import { PostArticle } from './PostArticle';
import { type Arrival, POST_ADDRESS } from './read-posts';
import { Replies } from './Replies';
import { ReplyBox } from './ReplyBox';
import { TopicSide } from './TopicSide';
import { TopicState } from '../TopicState';
import { TopicTitle } from './TopicTitle';
import { useArrival } from './useArrival';
import { useFirstNew } from './useFirstNew';
import { usePostActs } from './usePostActs';
import { replyPlace, textOfWords } from '../writing/begun';
import { useKeptDraft } from '../writing/useKeptDraft';
import { useReadPosts } from './useReadPosts';

export default function TopicPage() {
  const { cohortId, topicId } = useParams({ from: '/shell/c/$cohortId/forum/$topicId' });
  const topic = useTopic(cohortId, topicId);
  useApplyEvents(forumEvents);
  const arrival = useArrival(topic);
  const view = (
    <QueryBoundary query={topic} missing={<GoneTopic topicId={topicId} />}>
      {(data) => (arrival ? <TopicView key={topicId} topic={data} arrival={arrival} /> : <RowSkeleton />)}
    </QueryBoundary>
  );
  return (
    <div className="page">
      {/* It may be merged while one reads it. */}
      <MergedTopic
        cohortId={cohortId}
        topicId={topicId}
        isGone={isMissing(topic.error)}
        loading={topic.data ? view : <RowSkeleton />}
      >
        {view}
      </MergedTopic>
    </div>
  );
}

function TopicView({ topic, arrival }: { topic: Topic; arrival: Arrival }) {
  const { t } = useTranslation('forum');
  const { cohortId, id } = topic;
  const posts = usePosts(cohortId, id, arrival.from);
  usePostOfAddress(posts, POST_ADDRESS);
  useFirstNew(posts, arrival);
  const { acts, dialogs } = usePostActs(topic);
  const place = useMemo(() => replyPlace(id, cohortId), [id, cohortId]);
  const draft = useKeptDraft(draftKeys.reply(id), { place, known: topic.draft });
  const column = useRef<HTMLDivElement>(null);
  // The box comes after the replies, which may still be on their way.
  const goToReply = () => {
    column.current?.querySelector(`.${classes.editor}`)?.scrollIntoView({ block: 'center' });
    if (column.current) focusWhenThere(column.current, `.${classes.editor} textarea`, { block: 'center' });
  };
  const { carry }: { carry?: string } = useSearch({ strict: false });
  useTopicKeys(cohortId, goToReply);
  const quote = (post: Post) => {
    draft.append(quoted(post));
    requestAnimationFrame(goToReply);
  };
  const pages = posts.data?.pages;
  const all = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  useReadPosts(topic, all);
  useReadTopic(topic);
  const replies = all.filter((post) => post.number > 1 && !post.isAnswer && post.id !== topic.answer?.id);
  const focusAfter = useFocusAfter(topic.answer?.id, replies);
  const keepFocus = ({ id: postId, number, isAnswer }: Post) =>
    focusAfter({ id: postId, elementId: `post-${number}`, wasAnswer: isAnswer });
  const shared = {
    cohortId,
    frozen: !topic.abilities.react,
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
            {topic.kind === 'discussion' && <span className="t2">{t('kinds.discussion')}</span>}
            <TopicState topic={topic} />
            {arrival.readNumber > 0 && arrival.unread > 0 && (
              <span className="t3">{t('newForYou', { count: arrival.unread })}</span>
            )}
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
            {topic.handbookPage !== null && (
              <Link
                className="link"
                to="/c/$cohortId/handbook/$pageId"
                params={{ cohortId, pageId: topic.handbookPage }}
              >
                {t('inHandbook')}
              </Link>
            )}
            {topic.commonsTopic !== null && (
              <Link className="link" to="/commons/$topicId" params={{ topicId: topic.commonsTopic }}>
                {t('inCommons')}
              </Link>
            )}
            {topic.abilities.edit && <TopicTitle topic={topic} />}
          </div>
        }
      >
        <TopicTools topic={topic} />
        <FollowSelect topic={topic} />
        <TopicMenu topic={topic} />
        {topic.abilities.reply && (
          <Button variant="filled" onClick={goToReply}>
            {t('reply')}
          </Button>
        )}
      </PageHeader>
      {carry !== undefined && draft.isLoaded && topic.abilities.reply && (
        <Part lost="nothing">
          <CarriedReply
            cohortId={cohortId}
            carry={carry}
            onCarried={(body) => {
              draft.append(body);
              requestAnimationFrame(goToReply);
            }}
          />
        </Part>
      )}
      <TopicStandings topic={topic} />
      <div className="two narrow">
        <div ref={column} className={classes.column}>
          {/* What it says may have headings, which stand below this one. */}
          <VisuallyHidden component="h2">{t(`kinds.${topic.kind}`)}</VisuallyHidden>
          <PostArticle post={topic.question} kind={topic.kind} plain {...shared} />
          <PostEnd number={1} />
          {topic.answer && (
            <section className={classes.answer} aria-label={t('acceptedAnswer')}>
              <h2>
                <Icon of={IconCircleCheck} />
                {t('acceptedBy', { name: topic.author.name.split(' ')[0] || t('common:formerMember') })}
                <Chosen chosen={topic.chosen} />
              </h2>
              <PostArticle post={topic.answer} mayWithdraw={topic.abilities.accept} {...shared} />
              <PostEnd number={topic.answer.number} />
            </section>
          )}
          <Replies topic={topic} posts={replies} arrival={arrival} query={posts} {...shared} />
          {/* With the replies above it, so that it is not pushed about. */}
          {!posts.isPending && (
            <div className={classes.editor}>
              {topic.abilities.reply ? (
                <ReplyBox topic={topic} posts={all} draft={draft} place={place} />
              ) : (
                <ClosedBox topic={topic} begun={textOfWords(draft.words)} />
              )}
            </div>
          )}
          {!posts.isPending && <CloseTopics topic={topic} />}
        </div>
        <TopicSide topic={topic} posts={all} />
      </div>
      {dialogs}
    </>
  );
}
