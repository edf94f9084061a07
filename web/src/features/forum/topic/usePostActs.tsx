import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { ConfirmDialog } from '../../../ui/confirm';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';
import { askForumAgain } from '../forum';
import { changePost, withVote } from './posts';

/** What can be done with a post of the topic on screen. */
export interface PostActs {
  vote: (post: Post) => void;
  accept: (post: Post) => void;
  withdraw: (post: Post) => void;
  edit: (post: Post, body: string) => Promise<unknown>;
  askDelete: (post: Post) => void;
  askFlag: (post: Post) => void;
}

/** The acts, and the dialogs that two of them need. */
export function usePostActs(cohortId: string, topicId: string): { acts: PostActs; dialogs: ReactNode } {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText('forum');
  const [asked, setAsked] = useState<{ act: 'delete' | 'flag'; post: Post } | null>(null);
  const [reason, setReason] = useState('');
  const C = `/cohorts/${cohortId}`;
  const again = () => askForumAgain(client, { cohortId });
  const attempt = (promise: Promise<unknown>) => {
    promise.catch((error: unknown) => toastProblem(text(error))).finally(again);
  };
  const post = asked?.post;

  const acts: PostActs = {
    vote: ({ id, voted }) => {
      changePost(client, cohortId, topicId, (one) => withVote(one, id, !voted));
      attempt(voted ? api.delete(`${C}/posts/${id}/vote`) : api.put(`${C}/posts/${id}/vote`));
    },
    accept: ({ id }) => attempt(api.put(`${C}/topics/${topicId}/answer`, { postId: id })),
    withdraw: () => attempt(api.delete(`${C}/topics/${topicId}/answer`)),
    edit: async ({ id }, body) => {
      const edited = await api.patch<Post>(`${C}/posts/${id}`, { body });
      changePost(client, cohortId, topicId, (one) => (one.id === id ? edited : one));
      again();
    },
    askDelete: (one) => setAsked({ act: 'delete', post: one }),
    askFlag: (one) => {
      setReason('');
      setAsked({ act: 'flag', post: one });
    },
  };

  const remove = async () => {
    if (!post) return;
    await api.delete(`${C}/posts/${post.id}`);
    // A question without replies takes its topic along.
    const gone = await api.get(`${C}/topics/${topicId}`).then(
      () => false,
      () => true,
    );
    again();
    if (gone) void navigate({ to: '/c/$cohortId/forum', params: { cohortId } });
  };
  const flag = async () => {
    if (!post) return;
    await api.post(`${C}/posts/${post.id}/flag`, { reason });
    toast(t('flagged'));
  };

  const dialogs = (
    <>
      <ConfirmDialog
        opened={asked?.act === 'delete'}
        onClose={() => setAsked(null)}
        title={t(post?.number === 1 ? 'deleteAsk.question' : 'deleteAsk.post', { name: post?.author.name ?? '' })}
        act={t('deleteAsk.act')}
        ns="forum"
        onConfirm={remove}
      >
        {t('deleteAsk.body')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked?.act === 'flag'}
        onClose={() => setAsked(null)}
        title={t('flagAsk.title', { name: post?.author.name ?? '' })}
        act={t('flagAsk.act')}
        keep={t('common:cancel')}
        danger={false}
        ns="forum"
        onConfirm={flag}
      >
        <p>{t('flagAsk.body')}</p>
        <Textarea
          className="mt12"
          label={t('flagAsk.reason')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
  return { acts, dialogs };
}
