import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Message, SavedIds } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';

const NONE: ReadonlySet<string> = new Set();

/** The ids of the messages that I keep for later. */
export function useSavedIds(): ReadonlySet<string> {
  const { data } = useQuery({
    queryKey: keys.savedIds,
    queryFn: () => api.get<SavedIds>('/saved/ids'),
    staleTime: 5 * 60_000,
    select: asSet,
  });
  return data ?? NONE;
}

const asSet = ({ ids }: SavedIds): ReadonlySet<string> => new Set(ids);

/** Keeps a message for later or lets it go; shown at once, and put back when the server refuses. */
export function useSave() {
  const client = useQueryClient();
  return async ({ id, channelId }: Pick<Message, 'id' | 'channelId'>, saved: boolean): Promise<void> => {
    client.setQueryData<SavedIds>(keys.savedIds, (now) => {
      const others = now?.ids.filter((one) => one !== id) ?? [];
      return { ids: saved ? [...others, id] : others };
    });
    try {
      await api.put(`/channels/${channelId}/messages/${id}/saved`, { saved });
    } finally {
      await client.invalidateQueries({ queryKey: keys.saved });
    }
  };
}
