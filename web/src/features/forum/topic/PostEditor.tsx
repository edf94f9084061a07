import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { MarkdownEditor } from '../../../ui/markdown/MarkdownEditor';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { tokensToTyped, typedToTokens } from '../forum';

interface PostEditorProps {
  post: Post;
  onSave: (body: string) => Promise<unknown>;
  onDone: () => void;
}

/** Changing one's own post where it stands. */
export default function PostEditor({ post, onSave, onDone }: PostEditorProps) {
  const { t } = useTranslation('forum');
  const [body, setBody] = useState(() => tokensToTyped(post.body ?? '', post.mentions));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onSave(typedToTokens(body, post.mentions));
      onDone();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <div className="mt8">
      <MarkdownEditor label={t('yourPost')} value={body} onChange={setBody} maxLength={30_000} autoFocus />
      {problem !== null && (
        <div className="mt8">
          <ProblemAlert error={problem} />
        </div>
      )}
      <div className="row mt8">
        <Button variant="filled" loading={busy} disabled={body.trim() === ''} onClick={() => void save()}>
          {t('saveChange')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  );
}
