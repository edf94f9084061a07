import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsPost, EditCommonsPost } from '../../../../../src/contracts/commons/commons';
import { api } from '../../../api/http';
import { LeaveGuard } from '../../../ui/forms/LeaveGuard';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { askCommonsAgain } from '../commons';

/** One's own post, being changed. */
export default function EditForm({ post, onDone }: { post: CommonsPost; onDone: () => void }) {
  const { t } = useTranslation('commons');
  const client = useQueryClient();
  // What it said when one began.
  const [seen] = useState(post.body ?? '');
  const [body, setBody] = useState(seen);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api.patch<CommonsPost>(`/commons/posts/${post.id}`, { body, seen } satisfies EditCommonsPost);
      askCommonsAgain(client);
      onDone();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <div className="mt8">
      <LeaveGuard unsaved={body !== seen} />
      <MarkdownEditor label={t('edit')} value={body} onChange={setBody} maxLength={30_000} autoFocus />
      <ProblemAlert error={problem} ns="commons" />
      <div className="row mt8">
        <Button variant="filled" loading={busy} disabled={body.trim() === ''} onClick={() => void save()}>
          {t('save')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  );
}
