import { Button } from '@mantine/core';
import { IconArrowBigUp, IconCircleCheck, IconFlag, IconPencil, IconQuote, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { Avatar } from '../../../ui/people/Avatar';
import { onFirstClick } from '../../../ui/page/first-click';
import { Icon } from '../../../ui/Icon';
import { PersonName } from '../../../ui/people/PersonName';
import { When } from '../../../ui/times/When';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { withMentions } from '../forum';
import classes from '../forum.module.css';
import type { PostActs } from './usePostActs';

const Markdown = lazyPart(async () => ({ default: (await import('../../../ui/markdown/Markdown')).Markdown }));
const ThreadQuotes = lazyPart(() => import('./ThreadQuotes'));
const PostEditor = lazyPart(() => import('./PostEditor'));

interface PostArticleProps {
  post: Post;
  cohortId: string;
  acts: PostActs;
  onQuote: (post: Post) => void;
  /** Whether a topic can have its answer withdrawn here. */
  mayWithdraw?: boolean;
  /** The question has no line under it. */
  plain?: boolean;
}

/** One post: who, when, what, and what I may do with it. A deleted one says so and keeps its place. */
export function PostArticle({ post, cohortId, acts, onQuote, mayWithdraw = false, plain }: PostArticleProps) {
  const { t } = useTranslation('forum');
  const [editing, setEditing] = useState(false);
  const asks = post.number === 1;
  return (
    <article id={`post-${post.number}`} className={classes.post} data-plain={plain} tabIndex={-1}>
      <Avatar id={post.author.id} name={post.author.name || '?'} url={post.author.avatarUrl} size={40} />
      <div className="grow">
        <p className={classes.by}>
          <PersonName person={post.author} cohortId={cohortId} className="bold" />
          {asks && <span className="t3">{t('asks')}</span>}
          <span className="t3 right">
            <When at={post.createdAt} />
            {post.editedAt && !post.deletedAt && <> · {t('edited')}</>}
          </span>
        </p>
        {post.body === null && <p className="t3 mt4">{t('deleted')}</p>}
        {post.body !== null && !editing && (
          <Part fallback={<p className="t3 mt4">{t('common:loading')}</p>}>
            {post.body !== '' && <Markdown className="mt4" source={withMentions(post.body, post.mentions, cohortId)} />}
            <ThreadQuotes post={post} cohortId={cohortId} />
          </Part>
        )}
        {editing && (
          <Part>
            <PostEditor post={post} onDone={() => setEditing(false)} onSave={(body) => acts.edit(post, body)} />
          </Part>
        )}
        {post.body !== null && !editing && (
          <div className={classes.acts}>
            <VoteButton post={post} onVote={() => acts.vote(post)} />
            <Act icon={IconQuote} onClick={() => onQuote(post)}>
              {t('quote')}
            </Act>
            {post.abilities.accept && !post.isAnswer && (
              <Act icon={IconCircleCheck} onClick={() => acts.accept(post)}>
                {t('accept')}
              </Act>
            )}
            {post.isAnswer && mayWithdraw && <Act onClick={() => acts.withdraw(post)}>{t('withdraw')}</Act>}
            {post.abilities.edit && (
              <Act icon={IconPencil} onClick={() => setEditing(true)}>
                {t('edit')}
              </Act>
            )}
            {post.abilities.delete && (
              <Act icon={IconTrash} onClick={() => acts.askDelete(post)}>
                {t('delete')}
              </Act>
            )}
            {!post.abilities.edit && (
              <Act icon={IconFlag} onClick={() => acts.askFlag(post)}>
                {t('flag')}
              </Act>
            )}
          </div>
        )}
      </div>
    </article>
  );
}

function Act({ icon, onClick, children }: { icon?: typeof IconQuote; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="subtle" size="sm" leftSection={icon && <Icon of={icon} size={16} />} onClick={onClick}>
      {children}
    </Button>
  );
}

function VoteButton({ post, onVote }: { post: Post; onVote: () => void }) {
  const { t } = useTranslation('forum');
  return (
    <Button
      variant="subtle"
      size="sm"
      className={post.voted ? classes.voted : undefined}
      leftSection={<Icon of={IconArrowBigUp} size={16} />}
      aria-pressed={post.voted}
      aria-label={t('voteLabel', { count: post.votes })}
      title={post.abilities.vote ? undefined : t('ownPost')}
      aria-disabled={!post.abilities.vote}
      onClick={onFirstClick(() => {
        if (post.abilities.vote) onVote();
      })}
    >
      {post.votes}
    </Button>
  );
}
