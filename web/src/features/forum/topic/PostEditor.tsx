import { Button, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftKeys } from '../../../../../src/contracts/draft-keys';
import type { DraftEdit } from '../../../../../src/contracts/forum-drafts';
import type { EditedMeanwhile } from '../../../../../src/contracts/forum-posts';
import type { EditPost, Post } from '../../../../../src/contracts/forums';
import { startWith } from '../../../ui/files/uploads';
import { isProblem } from '../../../api/problem';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { asSent } from '../../../ui/naming/as-sent';
import { useFaces } from '../../../ui/naming/faces';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { typedPost } from '../forum';
import { editPlace } from '../writing/begun';
import { DraftElsewhere } from '../writing/DraftElsewhere';
import { DraftKept } from '../writing/DraftKept';
import { DropDialog } from '../writing/DropDialog';
import { NO_WORDS, type Words, isSame } from '../writing/draft-state';
import { useKeptDraft } from '../writing/useKeptDraft';
import { aboutFiles, asAttach } from '../writing/writing';
import { WritingBox } from '../writing/WritingBox';

const Settling = lazyPart(() => import('../wiki/Settling'));

interface PostEditorProps {
  post: Post;
  cohortId: string;
  onSave: (edit: EditPost) => Promise<unknown>;
  onDone: () => void;
}

/** How a change of a post begins: with what one sees. */
const beginningOf = (post: Post): Words => ({
  ...{ ...NO_WORDS, body: typedPost(post) },
  edit: { seen: post.body ?? '', seenAttachments: asAttach(post.attachments), why: '' },
});

/** Changing a post where it stands. What is typed is kept, also when this is closed, and goes on at another device, until it is saved or deleted. */
export default function PostEditor({ post, cohortId, onSave, onDone }: PostEditorProps) {
  const { t } = useTranslation('forum');
  const [both, setBoth] = useState<EditedMeanwhile | null>(null);
  const [busy, setBusy] = useState(false);
  const [isDropping, setDropping] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const place = useMemo(() => editPlace(post.id, cohortId), [post.id, cohortId]);
  // What the post says now may be something else by the time it is saved: it begins with what one saw.
  const [{ empty, files }] = useState(() => ({ empty: beginningOf(post), files: post.attachments }));
  useEffect(() => startWith(place, files, true), [place, files]);
  const draft = useKeptDraft(draftKeys.edit(post.id), { place, empty, files });
  const { words, attaching } = draft;
  const { body } = words;
  const edit = words.edit ?? empty.edit;
  const set = (change: Partial<DraftEdit>, text = body) =>
    draft.set({ ...words, body: text, edit: edit && { ...edit, ...change } });
  // Also those whom this edit names first, or somebody else's.
  const mentions = [...useFaces(cohortId), ...post.mentions];
  const typedNow = (text: string) => typedPost({ ...post, mentions, body: text });
  const isBegun = !isSame(words, empty) || draft.keptAt !== null || attaching.uploads.some(({ isHeld }) => !isHeld);
  const save = async () => {
    if (attaching.busy || !edit) return;
    setBusy(true);
    setProblem(null);
    try {
      const { seen, seenAttachments, why } = edit;
      const attachments = asAttach(attaching.done());
      const isChanged = JSON.stringify(attachments) !== JSON.stringify(seenAttachments);
      const change = { body: await asSent(body, cohortId, post.mentions), seen };
      const reason = why.trim();
      await draft.post((from) =>
        onSave({
          ...{ ...change, ...from },
          ...(isChanged && { attachments, seenAttachments }),
          ...(reason !== '' && { why: reason }),
        }),
      );
      onDone();
    } catch (error) {
      setProblem(aboutFiles(error));
      if (isProblem(error, 'edited_meanwhile')) setBoth(error.extras as unknown as EditedMeanwhile);
      setBusy(false);
    }
  };
  return (
    <div className="mt8">
      <WritingBox
        label={t('yourPost')}
        value={body}
        onChange={draft.setBody}
        place={place}
        attaching={attaching}
        // What was typed after it was sent would go on from what the post said before.
        readOnly={busy}
        autoFocus
      />
      <TextInput
        mt="xs"
        label={t('history.why')}
        description={t('history.kept')}
        value={edit?.why ?? ''}
        maxLength={120}
        disabled={busy}
        onChange={(event) => set({ why: event.currentTarget.value })}
      />
      <DraftElsewhere draft={draft} />
      {both ? (
        <Part>
          <Settling
            pieces={both.pieces}
            typed={typedNow}
            onSettled={(text) => {
              set({ seen: both.now.body ?? '' }, typedNow(text));
              setBoth(null);
              setProblem(null);
            }}
          />
        </Part>
      ) : (
        <p className="t3 mt8" role="status">
          {edit && edit.seen !== post.body && t('editing.meanwhile')}
        </p>
      )}
      {problem !== null && (
        <div className="mt8">
          <ProblemAlert error={problem} ns="forum" />
        </div>
      )}
      <div className="row mt8 wrap">
        <Button
          variant="filled"
          loading={busy}
          disabled={body.trim() === '' || attaching.busy || both !== null || draft.other !== undefined}
          onClick={() => void save()}
        >
          {t('saveChange')}
        </Button>
        <Button variant="subtle" disabled={busy} onClick={onDone}>
          {t(isBegun ? 'common:close' : 'common:cancel')}
        </Button>
        {isBegun && (
          <Button variant="subtle" disabled={busy || draft.other !== undefined} onClick={() => setDropping(true)}>
            {t('editing.drop')}
          </Button>
        )}
        <DraftKept draft={draft} className="xs" isBegun={isBegun} />
      </div>
      <DropDialog
        opened={isDropping}
        onClose={() => setDropping(false)}
        onDrop={async () => {
          await draft.drop();
          onDone();
        }}
      />
    </div>
  );
}
