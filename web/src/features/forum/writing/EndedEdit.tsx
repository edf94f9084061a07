import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftKeys } from '../../../../../src/contracts/draft-keys';
import type { MyForumDraft } from '../../../../../src/contracts/forum-drafts';
import type { Post } from '../../../../../src/contracts/forums';
import { keepDraft } from '../../../api/drafts';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useMe } from '../../../api/session';
import { useEvent } from '../../../api/socket';
import { leave } from '../../../ui/files/uploads';
import { BegunWords } from '../../../ui/page/Begun';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { editPlace } from './begun';
import { DropDialog } from './DropDialog';

interface EndedEditProps {
  post: Post;
  cohortId: string;
  /** It is deleted: what has the focus goes from the page. */
  onGone: () => void;
}

/** What one began to change in a post that one may not change any more: to be read, copied and deleted. */
export default function EndedEdit({ post, cohortId, onGone }: EndedEditProps) {
  const { t } = useTranslation('forum');
  const me = useMe();
  const [isDropping, setDropping] = useState(false);
  const key = draftKeys.edit(post.id);
  const path = `/me/drafts/${key}`;
  const query = useQuery({
    queryKey: [...keys.draft(key), 'ended'],
    queryFn: ({ signal }) => api.get<MyForumDraft>(path, { signal }),
  });
  useEvent('draft.changed', (changed) => {
    if (changed.key === key) void query.refetch();
  });
  return (
    <QueryBoundary query={query} missing={<></>} loading={<p className="t3 mt8">{t('common:loading')}</p>}>
      {({ draft }) =>
        draft && (
          <div className="mt8">
            <p className="t3">{t('editing.ended')}</p>
            <BegunWords label={t('editing.words')} text={draft.body}>
              <Button size="sm" variant="subtle" onClick={() => setDropping(true)}>
                {t('editing.drop')}
              </Button>
            </BegunWords>
            <DropDialog
              opened={isDropping}
              onClose={() => setDropping(false)}
              onDrop={async () => {
                await api.delete(path, undefined, { query: { revision: draft.revision } });
                leave(editPlace(post.id, cohortId));
                keepDraft(me.id, key, '', cohortId);
                onGone();
                await query.refetch();
              }}
            />
          </div>
        )
      }
    </QueryBoundary>
  );
}
