import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftKeys } from '../../../../../src/contracts/draft-keys';
import type { EditPost, Post, Topic } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { ConfirmDialog } from '../../../ui/confirm';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { useEvent } from '../../../api/socket';
import { keys } from '../../../api/keys';
import { toastProblem, toastUndo } from '../../../ui/toast';
import { askForumAgain } from '../forum';
import { changePost, withVote } from './posts';

const FlagDialog = lazyPart(() => import('../../flags/FlagDialog'));

/** What can be done with a post of the topic on screen. */
export interface PostActs {
  /** Those that I began to change, here or on another device. */
  begun: ReadonlySet<string>;
  vote: (post: Post) => void;
  react: (post: Post, emoji: string, on: boolean) => void;
  accept: (post: Post) => void;
  withdraw: (post: Post) => void;
  edit: (post: Post, edit: EditPost) => Promise<unknown>;
  restore: (post: Post) => void;
  setWiki: (post: Post, isWiki: boolean) => void;
  askDelete: (post: Post) => void;
  askFlag: (post: Post) => void;
}

/** The acts, and the dialogs that two of them need. */
export function usePostActs({ cohortId, id: topicId, kind: topicKind, edits }: Topic): {
  acts: PostActs;
  dialogs: ReactNode;
} {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText('forum');
  const [asked, setAsked] = useState<{ act: 'delete' | 'flag'; post: Post } | null>(null);
  const C = `/cohorts/${cohortId}`;
  const again = () => askForumAgain(client, { cohortId });
  const attempt = (promise: Promise<unknown>) => {
    promise.catch((error: unknown) => toastProblem(text(error))).finally(again);
  };
  const post = asked?.post;
  const flagged = asked?.act === 'flag' ? asked.post : null;

  useEvent('draft.changed', ({ key, revision }) => {
    const isNew = revision === null || revision === 1;
    if (isNew && key.startsWith(draftKeys.edit('')))
      void client.invalidateQueries({ queryKey: keys.topic(cohortId, topicId) });
  });

  const acts: PostActs = {
    begun: new Set(edits),
    vote: ({ id, voted }) => {
      changePost(client, cohortId, topicId, (one) => withVote(one, id, !voted));
      attempt(voted ? api.delete(`${C}/posts/${id}/vote`) : api.put(`${C}/posts/${id}/vote`));
    },
    react: ({ id }, emoji, on) => {
      const path = `${C}/posts/${id}/reactions/${encodeURIComponent(emoji)}`;
      const asked = on ? api.put<Post>(path) : api.delete<Post>(path);
      attempt(asked.then((now) => changePost(client, cohortId, topicId, (one) => (one.id === id ? now : one))));
    },
    accept: ({ id }) => attempt(api.put(`${C}/topics/${topicId}/answer`, { postId: id })),
    withdraw: () => attempt(api.delete(`${C}/topics/${topicId}/answer`)),
    edit: async ({ id }, edit) => {
      const edited = await api.patch<Post>(`${C}/posts/${id}`, edit);
      changePost(client, cohortId, topicId, (one) => (one.id === id ? edited : one));
      again();
    },
    setWiki: ({ id }, isWiki) => {
      const path = `${C}/posts/${id}/wiki`;
      const asked = isWiki ? api.put<Post>(path) : api.delete<Post>(path);
      attempt(asked.then((now) => changePost(client, cohortId, topicId, (one) => (one.id === id ? now : one))));
    },
    restore: ({ id }) => attempt(api.post(`${C}/posts/${id}/restore`)),
    askDelete: (one) => setAsked({ act: 'delete', post: one }),
    askFlag: (one) => setAsked({ act: 'flag', post: one }),
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
    if (!gone) return;
    void navigate({ to: '/c/$cohortId/forum', params: { cohortId } });
    toastUndo(t('deletedTopics.gone'), () => {
      attempt(
        api
          .post(`${C}/posts/${post.id}/restore`)
          .then(() => navigate({ to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId } })),
      );
    });
  };

  const dialogs = (
    <>
      <ConfirmDialog
        opened={asked?.act === 'delete'}
        onClose={() => setAsked(null)}
        title={t(`deleteAsk.${post?.number === 1 ? topicKind : 'post'}`, { name: post?.author.name ?? '' })}
        act={t('deleteAsk.act')}
        ns="forum"
        onConfirm={remove}
      >
        {t('deleteAsk.body')}
      </ConfirmDialog>
      {flagged && (
        <Part lost="over">
          <FlagDialog post={flagged} cohortId={cohortId} onClose={() => setAsked(null)} />
        </Part>
      )}
    </>
  );
  return { acts, dialogs };
}
