import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Bookmark, BookmarkMarks, KeptBookmarks, SetBookmark } from '../../../../src/contracts/forum-bookmarks';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../ui/toast';

/** What is kept: a topic or a post. */
export interface About {
  kind: 'topic' | 'post';
  id: string;
}

const keyIn = (cohortId: string, ...rest: readonly unknown[]) => keys.in(cohortId, 'bookmarks', ...rest);

/** By which bookmark I keep a topic or a post; undefined where I do not. One question for all that is on the page. */
export function useBookmarkId(cohortId: string, about: About): string | undefined {
  const marks = useQuery({
    queryKey: keyIn(cohortId, 'marks'),
    queryFn: ({ signal }) => api.get<BookmarkMarks>(`/cohorts/${cohortId}/bookmarks/marks`, { signal }),
  });
  return marks.data?.items.find(({ aboutId }) => aboutId === about.id)?.id;
}

export function useBookmark(cohortId: string, bookmarkId: string) {
  return useQuery({
    queryKey: keyIn(cohortId, 'one', bookmarkId),
    queryFn: ({ signal }) => api.get<Bookmark>(`/cohorts/${cohortId}/bookmarks/${bookmarkId}`, { signal }),
    gcTime: 0,
    staleTime: 0,
  });
}

export function useKeptBookmarks(cohortId: string) {
  return useInfiniteQuery({
    queryKey: keyIn(cohortId, 'list'),
    queryFn: ({ pageParam, signal }) =>
      api.get<KeptBookmarks>(`/cohorts/${cohortId}/bookmarks`, { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

const NOTHING: SetBookmark = { note: '', remindAt: null };

/** Keeps things, changes what is kept and takes it away. */
export function useKeeping(cohortId: string) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const text = useProblemText('forum');
  // Not the one that is open in its dialog: it may just be gone.
  const again = () =>
    Promise.all(['marks', 'list'].map((what) => client.invalidateQueries({ queryKey: keyIn(cohortId, what) })));
  const save = async ({ kind, id }: About, wanted: SetBookmark) => {
    await api.put(`/cohorts/${cohortId}/${kind}s/${id}/bookmark`, wanted);
    await again();
  };
  const remove = async (bookmarkId: string) => {
    await api.delete(`/cohorts/${cohortId}/bookmarks/${bookmarkId}`);
    await again();
  };
  /** At once, without a note. */
  const keep = (about: About) =>
    void save(about, NOTHING).then(
      () => toast(t('bookmark.kept')),
      (error: unknown) => toastProblem(text(error)),
    );
  return { save, remove, keep };
}
