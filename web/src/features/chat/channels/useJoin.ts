import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { comeBack } from '../../../api/left';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';

/** Joins an open channel of a cohort, and then does what comes after it. */
export function useJoin(cohortId: string) {
  const client = useQueryClient();
  const text = useProblemText('chat');
  const [busy, setBusy] = useState(false);
  const join = async (channelId: string, then?: () => Promise<void>) => {
    setBusy(true);
    try {
      await api.put(`/channels/${channelId}/members/me`);
      comeBack(channelId);
      await client.invalidateQueries({ queryKey: keys.channels });
      void client.invalidateQueries({ queryKey: keys.in(cohortId, 'channels', 'browse') });
      await then?.();
    } catch (error) {
      toastProblem(text(error));
      setBusy(false);
    }
  };
  return { join: (channelId: string, then?: () => Promise<void>) => void join(channelId, then), busy };
}
