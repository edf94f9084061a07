import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconBell, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptBookmark } from '../../../../src/contracts/forum-bookmarks';
import { Icon } from '../../ui/Icon';
import { Part } from '../../ui/forms/Part';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { When } from '../../ui/times/When';
import { TopicState } from '../forum/TopicState';
import { useKeptBookmarks } from './bookmarks';
import { BookmarkDialog } from './lazy';

/** What I keep of the forum, the latest first. */
export default function BookmarkList({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('finding');
  const kept = useKeptBookmarks(cohortId);
  return (
    <QueryBoundary query={kept}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0 && !kept.hasNextPage)
          return <Empty title={t('bookmark.empty')}>{t('bookmark.emptyBody')}</Empty>;
        return (
          <Group title={t('bookmark.list')}>
            <ul className="list">
              {items.map((one) => (
                <Kept key={one.id} one={one} cohortId={cohortId} />
              ))}
            </ul>
            {kept.hasNextPage && (
              <Button mt="md" loading={kept.isFetchingNextPage} onClick={() => void kept.fetchNextPage()}>
                {t('common:more')}
              </Button>
            )}
          </Group>
        );
      }}
    </QueryBoundary>
  );
}

function Kept({ one, cohortId }: { one: KeptBookmark; cohortId: string }) {
  const { t } = useTranslation(['finding', 'common']);
  const [opened, setOpened] = useState(false);
  const { topic, post, number } = one;
  const about = { kind: one.postId ? 'post' : 'topic', id: one.postId ?? one.topicId } as const;
  return (
    <li>
      <div className="grow">
        <Link
          className="title"
          to="/c/$cohortId/forum/$topicId"
          params={{ cohortId, topicId: topic.id }}
          hash={number === null ? undefined : `post-${number}`}
          data-topic={topic.id}
        >
          {topic.title}
        </Link>
        {one.note && <p className="mt4">{one.note}</p>}
        {post && <p className="t2 mt4">{post.isDeleted ? t('bookmark.deleted') : post.excerpt}</p>}
        <div className="meta">
          {post && <span>{post.author.name || t('common:formerMember')}</span>}
          <TopicState topic={topic} />
          {topic.unread > 0 && <span>{t('bookmark.unread', { count: topic.unread })}</span>}
          {one.remindAt && (
            <span className="row g4">
              <Icon of={IconBell} size={14} />
              {t('bookmark.reminds')} <When at={one.remindAt} />
            </span>
          )}
        </div>
      </div>
      <Button
        size="sm"
        leftSection={<Icon of={IconPencil} size={16} />}
        aria-label={t('bookmark.edit', { title: topic.title })}
        onClick={() => setOpened(true)}
      >
        {t('bookmark.editShort')}
      </Button>
      <Part lost="over">
        {opened && (
          <BookmarkDialog cohortId={cohortId} about={about} bookmarkId={one.id} onClose={() => setOpened(false)} />
        )}
      </Part>
    </li>
  );
}
