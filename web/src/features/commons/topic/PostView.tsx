import { Button } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleX,
  IconFlag,
  IconPencil,
  IconTrash,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsPost } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { isMissing } from '../../../api/problem';
import { useMe } from '../../../api/session';
import { ConfirmDialog } from '../../../ui/confirm';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Notice } from '../../../ui/page/State';
import { Avatar } from '../../../ui/people/Avatar';
import { PersonName } from '../../../ui/people/PersonName';
import { When } from '../../../ui/times/When';
import { askCommonsAgain, named } from '../commons';
import classes from '../commons.module.css';

const Markdown = lazyPart(async () => ({ default: (await import('../../../ui/markdown/Markdown')).Markdown }));
const EditForm = lazyPart(() => import('./EditForm'));
const FlagForm = lazyPart(() => import('./FlagForm'));

interface PostViewProps {
  post: CommonsPost;
  /** Where its topic is: who may says that it is the answer, or that it is not. */
  choosing?: { choose: (post: CommonsPost) => void; withdraw?: (() => void) | undefined } | undefined;
  children?: ReactNode;
}

/** One post: who, when, what, and what I may do with it. */
export function PostView({ post, choosing, children }: PostViewProps) {
  const { t } = useTranslation('commons');
  const [asked, setAsked] = useState<'edit' | 'delete' | 'flag' | null>(null);
  const { edit, delete: mayDelete } = post.abilities;
  // Who decides about its flags adds none.
  const flag = post.abilities.flag && !children;
  const over = () => setAsked(null);
  const choose = post.abilities.accept ? choosing?.choose : undefined;
  const withdraw = post.isAnswer ? choosing?.withdraw : undefined;
  return (
    <article
      id={`post-${post.id}`}
      className={classes.post}
      tabIndex={-1}
      aria-label={t('postBy', { name: post.author.name || t('common:formerMember') })}
    >
      <Avatar id={post.author.id} name={post.author.name || '?'} url={post.author.avatarUrl} size={40} />
      <div className="grow">
        <p className={classes.by}>
          <PersonName person={post.author} className="bold" />
          {post.carried && <span className="t3">{t('carried')}</span>}
          <span className="t3 right">
            <When at={post.createdAt} />
            {post.editedAt && ` · ${t('edited')}`}
          </span>
        </p>
        {post.hidden && (
          <div className="mt8">
            <Notice>{t('hidden')}</Notice>
          </div>
        )}
        {post.removed && <p className="t3 mt4">{t('removedByStaff')}</p>}
        {post.body !== null && asked !== 'edit' && (
          <Part fallback={<p className="t3 mt4">{t('common:loading')}</p>}>
            <Markdown className="mt4" source={named(post.body, post.mentions)} />
          </Part>
        )}
        {asked === 'edit' && (
          <Part>
            <EditForm post={post} onDone={over} />
          </Part>
        )}
        {asked !== 'edit' && (edit || mayDelete || flag || choose || withdraw || children) && (
          <div className={classes.acts}>
            {choose && (
              <Act icon={IconCircleCheck} onClick={() => choose(post)}>
                {t('answer.choose')}
              </Act>
            )}
            {withdraw && (
              <Act icon={IconCircleX} onClick={withdraw}>
                {t('answer.withdraw')}
              </Act>
            )}
            {edit && (
              <Act icon={IconPencil} onClick={() => setAsked('edit')}>
                {t('edit')}
              </Act>
            )}
            {mayDelete && (
              <Act icon={IconTrash} onClick={() => setAsked('delete')}>
                {t('delete')}
              </Act>
            )}
            {flag && (
              <Act icon={IconFlag} onClick={() => setAsked('flag')}>
                {t('flag')}
              </Act>
            )}
            {children}
          </div>
        )}
        <DeleteDialog post={post} isOpen={asked === 'delete'} onClose={over} />
        {asked === 'flag' && (
          <Part lost="over">
            <FlagForm post={post} onClose={over} />
          </Part>
        )}
      </div>
    </article>
  );
}

function DeleteDialog({ post, isOpen, onClose }: { post: CommonsPost; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  const navigate = useNavigate();
  const isMine = useMe().id === post.author.id;
  const remove = async () => {
    await api.delete(`/commons/posts/${post.id}`);
    askCommonsAgain(client);
    const topicId = /^\/commons\/([0-9a-f]{24})$/.exec(window.location.pathname)?.[1];
    // The last words take the topic along.
    if (topicId)
      await api.get(`/commons/topics/${topicId}`).catch(async (error: unknown) => {
        if (isMissing(error)) await navigate({ to: '/commons' });
      });
  };
  return (
    <ConfirmDialog
      opened={isOpen}
      onClose={onClose}
      title={t(isMine ? 'deleteAsk.mine' : 'deleteAsk.others', { name: post.author.name || t('common:formerMember') })}
      act={t('deleteAsk.act')}
      ns="commons"
      danger
      onConfirm={remove}
    >
      {t(isMine ? 'deleteAsk.mineBody' : 'deleteAsk.othersBody')}
    </ConfirmDialog>
  );
}

function Act({ icon, onClick, children }: { icon: TablerIcon; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="subtle" size="sm" leftSection={<Icon of={icon} size={16} />} onClick={onClick}>
      {children}
    </Button>
  );
}
