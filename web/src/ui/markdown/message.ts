import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Channel } from '../../../../src/contracts/chat/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useProblemText } from '../page/ProblemAlert';
import { toastProblem } from '../toast';

/** Opens the one conversation with somebody: `const { message, busy } = useMessage(); <Button onClick={() => message(userId)}>`. */
export function useMessage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText();
  const [busy, setBusy] = useState<string | null>(null);

  const open = async (userId: string) => {
    setBusy(userId);
    try {
      const channel = await api.post<Channel>('/direct', { userIds: [userId] });
      await client.invalidateQueries({ queryKey: keys.channels });
      await navigate({ to: '/chat/$channelId', params: { channelId: channel.id } });
    } catch (error) {
      toastProblem(text(error));
    } finally {
      setBusy(null);
    }
  };

  return { message: (userId: string) => void open(userId), busy };
}
