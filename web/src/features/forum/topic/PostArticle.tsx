import { Button } from '@mantine/core';
import {
  IconCircleCheck,
  IconFlag,
  IconPencil,
  IconQuote,
  IconRestore,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, TopicKind } from '../../../../../src/contracts/forums';
import { Avatar } from '../../../ui/people/Avatar';
import { refocus } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { PersonName } from '../../../ui/people/PersonName';
import { When } from '../../../ui/times/When';
import { lazyPart } from '../../../ui/page/lazy-part';
import { useMe } from '../../../api/session';
import { Part } from '../../../ui/forms/Part';
import { CardsOf } from '../../cards/CardsOf';
import { ReactTool } from '../../chat/emoji/ReactTool';
import { Reactions } from '../../chat/emoji/Reactions';
import { PollOfPost } from '../../polls/lazy';
import { PostTools } from '../../finding/Tools';
import { shownPost } from '../forum';
import { WikiLine } from '../wiki/WikiLine';
import classes from '../forum.module.css';
import type { PostActs } from './usePostActs';
import { VoteButton } from './VoteButton';

const Markdown = lazyPart(async () => ({ default: (await import('../../../ui/markdown/Markdown')).Markdown }));
const ThreadQuotes = lazyPart(() => import('./ThreadQuotes'));
const PostHistory = lazyPart(() => import('../history/PostHistory'));
const Attachments = lazyPart(async () => ({ default: (await import('../../../ui/files/Attachments')).Attachments }));
const PostEditor = lazyPart(() => import('./PostEditor'));
const EndedEdit = lazyPart(() => import('../writing/EndedEdit'));

interface PostArticleProps {
  post: Post;
  cohortId: string;
  acts: PostActs;
  onQuote: (post: Post) => void;
  /** Whether a topic can have its answer withdrawn here. */
  mayWithdraw?: boolean;
  /** The question has no line under it. */
  plain?: boolean;
  /** Staff locked its topic: one only reads it. */
  frozen?: boolean;
  /** Of the topic that it begins. */
  kind?: TopicKind;
  /** What is asked of it, above what one may do with it. */
  children?: ReactNode;
}

/** One post: who, when, what, and what I may do with it. A deleted one says so and keeps its place. */
export function PostArticle({
  post,
  cohortId,
  acts,
  onQuote,
  mayWithdraw = false,
  plain,
  frozen,
  kind,
  children,
}: PostArticleProps) {
  const { t } = useTranslation('forum');
  const me = useMe();
  const [editing, setEditing] = useState(false);
  const [looking, setLooking] = useState(false);
  const place = `post-${post.number}`;
  // What one wrote in is gone from the page, and the focus with it.
  const ended = () => {
    setEditing(false);
    refocus(document.getElementById(place));
  };
  return (
    <article id={place} className={classes.post} data-plain={plain} tabIndex={-1}>
      <Avatar id={post.author.id} name={post.author.name || '?'} url={post.author.avatarUrl} size={40} />
      <div className="grow">
        <p className={classes.by}>
          <PersonName person={post.author} cohortId={cohortId} className="bold" />
          {kind && <span className="t3">{t(`begins.${kind}`)}</span>}
          <span className="t3 right">
            <When at={post.createdAt} />
            {post.editedAt && !post.deletedAt && (
              <>
                {' · '}
                <Edited post={post} isOpen={looking} onToggle={() => setLooking(!looking)} />
              </>
            )}
          </span>
        </p>
        {post.heading !== null && <p className="bold mt4">{t('moderation.heading', { title: post.heading })}</p>}
        {post.body === null && <Tombstone post={post} onRestore={() => acts.restore(post)} />}
        {post.body !== null && !editing && (
          <Part fallback={<p className="t3 mt4">{t('common:loading')}</p>}>
            {post.body !== '' && <Markdown className="mt4" source={shownPost(post, cohortId, t('quotedGone'))} />}
            <CardsOf text={post.body} />
            <ThreadQuotes post={post} cohortId={cohortId} />
            {post.attachments.length > 0 && <Attachments files={post.attachments} />}
          </Part>
        )}
        {editing && (
          <Part>
            <PostEditor post={post} cohortId={cohortId} onDone={ended} onSave={(edit) => acts.edit(post, edit)} />
          </Part>
        )}
        {post.poll && !editing && (
          <Part fallback={<p className="t3 mt8">{t('common:loading')}</p>}>
            <PollOfPost post={post} poll={post.poll} cohortId={cohortId} />
          </Part>
        )}
        {post.body !== null && !editing && post.wiki && <WikiLine post={post} />}
        {post.body !== null && !editing && <PostReactions post={post} acts={acts} frozen={frozen} />}
        {post.abilities.edit && !editing && acts.begun.has(post.id) && (
          <p className="t3 mt8">
            {t('editing.begun')}{' '}
            <button type="button" className="link" onClick={() => setEditing(true)}>
              {t('editing.goOn')}
            </button>
          </p>
        )}
        {!post.abilities.edit && !editing && acts.begun.has(post.id) && (
          <Part lost="nothing">
            <EndedEdit
              post={post}
              cohortId={cohortId}
              onGone={() => document.getElementById(place)?.focus({ preventScroll: true })}
            />
          </Part>
        )}
        {children}
        {post.body !== null && looking && (
          <Part fallback={<p className="t3 mt8">{t('common:loading')}</p>}>
            <PostHistory post={post} cohortId={cohortId} />
          </Part>
        )}
        {post.body !== null && !editing && (
          <div className={classes.acts}>
            <VoteButton post={post} frozen={frozen} onVote={() => acts.vote(post)} />
            {!frozen && <ReactTool size="md" onReact={(emoji) => acts.react(post, emoji, true)} />}
            <Act icon={IconQuote} onClick={() => onQuote(post)}>
              {t('quote')}
            </Act>
            <PostTools post={post} cohortId={cohortId} />
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
            {post.abilities.wiki && (
              <Act icon={IconUsers} onClick={() => acts.setWiki(post, !post.wiki)}>
                {t(post.wiki ? 'wiki.close' : 'wiki.open')}
              </Act>
            )}
            {post.abilities.delete && (
              <Act icon={IconTrash} onClick={() => acts.askDelete(post)}>
                {t('delete')}
              </Act>
            )}
            {post.author.id !== me.id && (
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

function PostReactions({ post, acts, frozen }: { post: Post; acts: PostActs; frozen: boolean | undefined }) {
  const { t } = useTranslation('common');
  const me = useMe();
  const names = new Map(post.reactors.map(({ id, name }) => [id, name]));
  const isMine = (emoji: string) => post.reactions.some((one) => one.emoji === emoji && one.userIds.includes(me.id));
  return (
    <Reactions
      reactions={post.reactions}
      nameOf={(id) => names.get(id) || t('formerMember')}
      onReact={(emoji) => {
        if (!frozen) acts.react(post, emoji, !isMine(emoji));
      }}
    />
  );
}

/** A deleted post says who deleted it; who may brings it back. */
function Tombstone({ post, onRestore }: { post: Post; onRestore: () => void }) {
  const { t } = useTranslation('forum');
  const by = post.deletedBy;
  const name = by?.name || t('common:formerMember');
  const removedBy = post.hidden ? 'hiddenBy' : by?.id === post.author.id ? 'deletedByAuthor' : 'removedBy';
  const unnamed = post.hidden === 'flags' ? 'hiddenByFlags' : 'deleted';
  const text = by ? t(removedBy, { name }) : t(unnamed);
  return (
    <>
      <p className="t3 mt4">{text}</p>
      {post.abilities.restore && (
        <div className={classes.acts}>
          <Act icon={IconRestore} onClick={onRestore}>
            {t('restore')}
          </Act>
        </div>
      )}
    </>
  );
}

/** Says that it was edited, and leads to what it said before. */
function Edited({ post, isOpen, onToggle }: { post: Post; isOpen: boolean; onToggle: () => void }) {
  const { t } = useTranslation('forum');
  if (post.version === 1) return <>{t('edited')}</>;
  return (
    <button type="button" className="link" aria-expanded={isOpen} title={t('history.open')} onClick={onToggle}>
      {t('edited')}
    </button>
  );
}

function Act({ icon, onClick, children }: { icon?: typeof IconQuote; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="subtle" size="sm" leftSection={icon && <Icon of={icon} size={16} />} onClick={onClick}>
      {children}
    </Button>
  );
}
