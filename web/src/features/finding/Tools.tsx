import { Button } from '@mantine/core';
import { IconBookmark, IconBookmarkFilled, IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post, Topic } from '../../../../src/contracts/forums';
import { Icon } from '../../ui/Icon';
import { Part } from '../../ui/forms/Part';
import { toast } from '../../ui/toast';
import { type About, useBookmarkId, useKeeping } from './bookmarks';
import { BookmarkDialog } from './lazy';

/** Sharing and keeping a post. */
export function PostTools({ post, cohortId }: { post: Pick<Post, 'id' | 'topicId' | 'number'>; cohortId: string }) {
  return (
    <Tools
      cohortId={cohortId}
      about={{ kind: 'post', id: post.id }}
      path={`/c/${cohortId}/forum/${post.topicId}#post-${post.number}`}
    />
  );
}

/** Sharing and keeping a topic. */
export function TopicTools({ topic: { id, cohortId } }: { topic: Pick<Topic, 'id' | 'cohortId'> }) {
  return <Tools cohortId={cohortId} about={{ kind: 'topic', id }} path={`/c/${cohortId}/forum/${id}`} />;
}

function Tools({ cohortId, about, path }: { cohortId: string; about: About; path: string }) {
  const { t } = useTranslation('forum');
  const { keep } = useKeeping(cohortId);
  const bookmarkId = useBookmarkId(cohortId, about);
  const [opened, setOpened] = useState(false);
  const variant = about.kind === 'post' ? 'subtle' : 'default';
  const copy = async () => {
    const url = new URL(path, window.location.origin).href;
    try {
      await navigator.clipboard.writeText(url);
      toast(t('linkCopied'));
    } catch {
      // A page over plain HTTP has no clipboard: the link is shown instead.
      toast(url);
    }
  };
  return (
    <>
      <Button variant={variant} size="sm" leftSection={<Icon of={IconLink} size={16} />} onClick={() => void copy()}>
        {t('copyLink')}
      </Button>
      <Button
        variant={variant}
        size="sm"
        data-bookmark={about.id}
        aria-pressed={bookmarkId !== undefined}
        title={bookmarkId === undefined ? undefined : t('bookmark.change')}
        leftSection={<Icon of={bookmarkId === undefined ? IconBookmark : IconBookmarkFilled} size={16} />}
        onClick={() => (bookmarkId === undefined ? keep(about) : setOpened(true))}
      >
        {t('bookmark.act')}
      </Button>
      <Part lost="over">
        {opened && bookmarkId !== undefined && (
          <BookmarkDialog cohortId={cohortId} about={about} bookmarkId={bookmarkId} onClose={() => setOpened(false)} />
        )}
      </Part>
    </>
  );
}
