import { Button, Checkbox, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, Topic, TopicKind, TopicSummary } from '../../../../../src/contracts/forums';
import { useNavigate } from '@tanstack/react-router';
import { ConfirmDialog } from '../../../ui/confirm';
import { toast } from '../../../ui/toast';
import { tokensToTyped, usePosts } from '../forum';
import classes from './moderation.module.css';
import type { TopicDialogProps } from './asks';
import { TopicPicker } from './TopicPicker';
import { useDeeds } from './useDeeds';
import { WhyField } from './WhyField';

const KINDS = ['question', 'discussion'] as const satisfies TopicKind[];
const SAID = 140;

/** Which replies go to another topic, or to a new one. */
export function MoveDialog({ topic, onClose }: TopicDialogProps) {
  const { t } = useTranslation('forum');
  const navigate = useNavigate();
  const { move } = useDeeds(topic);
  const [postIds, setPostIds] = useState<string[]>([]);
  const [place, setPlace] = useState<'other' | 'new'>('other');
  const [to, setTo] = useState<TopicSummary | null>(null);
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<TopicKind>('question');
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const missing = {
    posts: postIds.length === 0,
    to: place === 'other' && to === null,
    title: place === 'new' && title.trim().length < 5,
  };
  const said = (what: keyof typeof missing, text: string) => (tried && missing[what] ? text : undefined);
  const confirm = async () => {
    const where = place === 'other' ? { toTopicId: to?.id } : { title: title.trim(), kind };
    const moved = await move({ postIds, ...where, ...(why.trim() && { why: why.trim() }) });
    toast(t('moderation.move.done', { count: postIds.length, title: moved.title }));
    if (place === 'new')
      await navigate({ to: '/c/$cohortId/forum/$topicId', params: { cohortId: topic.cohortId, topicId: moved.id } });
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('moderation.move.title')}
      act={t('moderation.move.act', { count: postIds.length })}
      keep={t('common:cancel')}
      danger={false}
      ns="forum"
      isReady={() => {
        setTried(true);
        return !Object.values(missing).some(Boolean);
      }}
      onConfirm={confirm}
    >
      <ReplyChoice
        topic={topic}
        value={postIds}
        error={said('posts', t('moderation.move.none'))}
        onChange={setPostIds}
      />
      <SegmentedControl
        mt="md"
        fullWidth
        aria-label={t('moderation.move.where')}
        value={place}
        onChange={(next) => setPlace(next === 'new' ? 'new' : 'other')}
        data={[
          { value: 'other', label: t('moderation.move.other') },
          { value: 'new', label: t('moderation.move.new') },
        ]}
      />
      {place === 'other' ? (
        <TopicPicker
          topic={topic}
          label={t('moderation.move.to')}
          value={to}
          error={said('to', t('moderation.chooseTopic'))}
          onChange={setTo}
        />
      ) : (
        <>
          <TextInput
            mt="sm"
            label={t('moderation.move.newTitle')}
            value={title}
            maxLength={150}
            error={said('title', t('moderation.move.noTitle'))}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <NativeSelect
            mt="sm"
            label={t('kinds.label')}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value === 'discussion' ? 'discussion' : 'question')}
            data={KINDS.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
          />
        </>
      )}
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}

interface ReplyChoiceProps {
  topic: Topic;
  value: string[];
  error: string | undefined;
  onChange: (postIds: string[]) => void;
}

function ReplyChoice({ topic, value, error, onChange }: ReplyChoiceProps) {
  const { t } = useTranslation('forum');
  const posts = usePosts(topic.cohortId, topic.id, 1);
  const replies = (posts.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ number, deletedAt }) => number > 1 && deletedAt === null);
  return (
    <Checkbox.Group label={t('moderation.move.which')} value={value} error={error} onChange={onChange}>
      <div className={classes.choices}>
        {replies.map((post) => (
          <div key={post.id} className={classes.choice}>
            <Checkbox
              value={post.id}
              label={post.author.name || t('common:formerMember')}
              description={beginningOf(post)}
            />
          </div>
        ))}
        {posts.isSuccess && replies.length === 0 && <p className="t3">{t('moderation.move.noReplies')}</p>}
        {posts.hasNextPage && (
          <Button size="sm" my="sm" loading={posts.isFetchingNextPage} onClick={() => void posts.fetchNextPage()}>
            {t('common:more')}
          </Button>
        )}
      </div>
    </Checkbox.Group>
  );
}

function beginningOf({ body, mentions }: Post): string {
  const said = tokensToTyped(body ?? '', mentions).replace(/\s+/g, ' ');
  return said.length > SAID ? `${said.slice(0, SAID)}…` : said;
}
