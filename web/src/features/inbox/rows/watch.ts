import { keys } from '../../../api/keys';
import type { Notification } from '../../../api/types';

/** What I watch, and how it is told that I do no more. */
export interface Watch {
  kind: 'topic' | 'tag' | 'forum' | 'channel';
  /** The same in every notice that comes by it. */
  key: string;
  /** The path and the two bodies of the PUT. */
  path: string;
  on: object;
  off: object;
  /** Where pages keep what it says. */
  shownBy: readonly unknown[];
}

/** The watch by which a notice came; null where it came for another reason. */
export function watchOf({ why, kind, cohortId, params }: Notification): Watch | null {
  const { channelId, topicId, tag, level } = params;
  if (cohortId && why === 'watching_tag' && typeof tag === 'string')
    return ofForum(cohortId, 'tag', `tags/${encodeURIComponent(tag)}/subscription`, level);
  if (cohortId && why === 'watching_forum') return ofForum(cohortId, 'forum', 'forum/subscription', level);
  if (why !== 'watching') return null;
  if (kind === 'chat.watched' && typeof channelId === 'string') {
    return {
      ...{ kind: 'channel', key: channelId, path: `/channels/${channelId}/watched` },
      ...{ on: { watched: true }, off: { watched: false } },
      shownBy: keys.channels,
    };
  }
  if (cohortId && typeof topicId === 'string') {
    return {
      ...{ kind: 'topic', key: topicId, path: `/cohorts/${cohortId}/topics/${topicId}/subscription` },
      ...{ on: { level: 'watching' }, off: { level: 'normal' } },
      shownBy: keys.topic(cohortId, topicId),
    };
  }
  return null;
}

/** As closely as it was watched it is watched again. */
function ofForum(cohortId: string, kind: 'tag' | 'forum', path: string, level: unknown): Watch {
  return {
    ...{ kind, key: `${cohortId}/${path}`, path: `/cohorts/${cohortId}/${path}` },
    ...{ on: { level }, off: { level: 'normal' } },
    shownBy: keys.in(cohortId, 'topics'),
  };
}
