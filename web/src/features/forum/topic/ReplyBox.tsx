import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, Topic, WriteReply } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import type { useDraft } from '../../../ui/forms/draft';
import { askForumAgain } from '../forum';

/** Where one answers. What is typed stays in this browser until it is sent; Ctrl+Enter sends. */
export function ReplyBox({ topic, draft }: { topic: Topic; draft: ReturnType<typeof useDraft> }) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const send = async () => {
    if (busy || draft.text.trim() === '') return;
    setBusy(true);
    setProblem(null);
    try {
      const words = { body: draft.text };
      const body: WriteReply = { ...words, clientId: draft.clientIdOf(words) };
      const post = await api.post<Post>(`/cohorts/${topic.cohortId}/topics/${topic.id}/posts`, body);
      draft.clear();
      askForumAgain(client, topic);
      await navigate({ to: '.', hash: `post-${post.number}`, replace: true, hashScrollIntoView: false });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <section aria-label={t('yourReply')} onKeyDown={onKeyDown}>
      <MarkdownEditor
        label={t('yourReply')}
        placeholder={t('replyPlaceholder')}
        value={draft.text}
        onChange={draft.set}
        maxLength={30_000}
      />
      {problem !== null && (
        <div className="mt8">
          <ProblemAlert error={problem} ns="forum" />
        </div>
      )}
      <div className="row mt8 wrap">
        <Button loading={busy} disabled={draft.text.trim() === ''} onClick={() => void send()}>
          {t('sendReply')}
        </Button>
        <span className="t3 xs">{draft.text ? t('draftKept') : t('readBy')}</span>
      </div>
    </section>
  );
}
