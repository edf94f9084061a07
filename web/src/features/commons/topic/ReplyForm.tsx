import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsPost, WriteCommonsPost } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { useDraft } from '../../../ui/forms/draft';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { askCommonsAgain } from '../commons';
import classes from '../commons.module.css';

const MarkdownEditor = lazyPart(async () => ({
  default: (await import('../../../ui/markdown/MarkdownEditor')).MarkdownEditor,
}));

const MOST = 30_000;

/** Where one answers. What is typed is kept on this device until it is sent; Ctrl+Enter sends. */
export function ReplyForm({ topicId }: { topicId: string }) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  const draft = useDraft(`commons:${topicId}`, null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const body = draft.text.trim();
  const send = async () => {
    if (busy || body === '') return;
    setBusy(true);
    setProblem(null);
    try {
      const reply: WriteCommonsPost = { body, clientId: draft.clientIdOf({ body }) };
      await api.post<CommonsPost>(`/commons/topics/${topicId}/posts`, reply);
      draft.clear();
      askCommonsAgain(client);
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
    <section className={classes.reply} aria-label={t('yourReply')} onKeyDown={onKeyDown}>
      <Part>
        <MarkdownEditor label={t('yourReply')} value={draft.text} onChange={draft.set} maxLength={MOST} />
      </Part>
      {problem !== null && (
        <div className="mt8">
          <ProblemAlert error={problem} ns="commons" />
        </div>
      )}
      <div className="row mt8 wrap">
        <Button variant="filled" loading={busy} disabled={body === ''} onClick={() => void send()}>
          {t('send')}
        </Button>
        <span className="t3 xs">{t('replyReadBy')}</span>
      </div>
    </section>
  );
}
