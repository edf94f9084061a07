import { Button, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditedMeanwhile, MergePiece } from '../../../../../src/contracts/forum-posts';
import type { EditPost, Post } from '../../../../../src/contracts/forums';
import { leave, startWith } from '../../../ui/files/uploads';
import { useAttaching } from '../../../ui/files/useAttaching';
import { isProblem } from '../../../api/problem';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { asSent } from '../../../ui/naming/as-sent';
import { useFaces } from '../../../ui/naming/faces';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { typedPost } from '../forum';
import { aboutFiles, asAttach } from '../writing/writing';
import { WritingBox } from '../writing/WritingBox';

const Settling = lazyPart(() => import('../wiki/Settling'));

interface PostEditorProps {
  post: Post;
  cohortId: string;
  onSave: (edit: EditPost) => Promise<unknown>;
  onDone: () => void;
}

/** Changing one's own post where it stands. */
export default function PostEditor({ post, cohortId, onSave, onDone }: PostEditorProps) {
  const { t } = useTranslation('forum');
  const [body, setBody] = useState(() => typedPost(post));
  const [why, setWhy] = useState('');
  const [seen, setSeen] = useState(post.body ?? '');
  const [both, setBoth] = useState<MergePiece[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const place = useMemo(() => ({ name: `edit:${post.id}`, cohortId }), [post.id, cohortId]);
  const attaching = useAttaching(place);
  const { attachments } = post;
  // What hangs on it now may be another list by the time it is saved: it begins with what one saw.
  const [begun] = useState(attachments);
  useEffect(() => {
    startWith(place, begun);
    return () => leave(place);
  }, [place, begun]);
  // Also those whom this edit names first, or somebody else's.
  const mentions = [...useFaces(cohortId), ...post.mentions];
  const typedNow = (text: string) => typedPost({ ...post, mentions, body: text });
  const save = async () => {
    if (attaching.busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const reason = why.trim();
      const files = asAttach(attaching.done());
      const isSame = JSON.stringify(files) === JSON.stringify(asAttach(begun));
      const changed = !isSame && { attachments: files, seenAttachments: asAttach(begun) };
      const edit = { body: await asSent(body, cohortId, post.mentions), seen, ...changed };
      await onSave({ ...edit, ...(reason !== '' && { why: reason }) });
      attaching.take();
      onDone();
    } catch (error) {
      const meanwhile = isProblem(error, 'edited_meanwhile') ? (error.extras as unknown as EditedMeanwhile) : null;
      setProblem(aboutFiles(error));
      if (meanwhile) {
        setSeen(meanwhile.now.body ?? '');
        setBoth(meanwhile.pieces);
      }
      setBusy(false);
    }
  };
  return (
    <div className="mt8">
      <WritingBox label={t('yourPost')} value={body} onChange={setBody} place={place} attaching={attaching} autoFocus />
      <TextInput
        mt="xs"
        label={t('history.why')}
        description={t('history.kept')}
        value={why}
        maxLength={120}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {both && (
        <Part>
          <Settling
            pieces={both}
            typed={typedNow}
            onSettled={(text) => {
              setBody(typedNow(text));
              setBoth(null);
              setProblem(null);
            }}
          />
        </Part>
      )}
      {problem !== null && (
        <div className="mt8">
          <ProblemAlert error={problem} ns="forum" />
        </div>
      )}
      <div className="row mt8">
        <Button
          variant="filled"
          loading={busy}
          disabled={body.trim() === '' || attaching.busy || both !== null}
          onClick={() => void save()}
        >
          {t('saveChange')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  );
}
