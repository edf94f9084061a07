import { useQueryClient } from '@tanstack/react-query';
import { quietNow, statusNow } from '../../../../src/common/standing';
import type { SetQuiet, SetStatus } from '../../../../src/contracts/auth/standing';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Me } from '../../api/types';
import { useNow } from '../../time/clock';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem } from '../../ui/toast';

/** How I stand now, and how to say it. `try*` say why they did not; the others throw. */
export function useMyStanding() {
  const client = useQueryClient();
  const text = useProblemText();
  const now = useNow();
  const { status, quietUntil } = useMe();
  const keep = (me: Me) => client.setQueryData(keys.me, me);
  const setQuiet = async (until: SetQuiet['until']) => keep(await api.put<Me>('/me/quiet', { until }));
  const tried = (act: Promise<unknown>) => void act.catch((error: unknown) => toastProblem(text(error)));
  return {
    status: statusNow(status, now),
    quietUntil: quietNow(quietUntil, now),
    setStatus: async (body: SetStatus) => keep(await api.put<Me>('/me/status', body)),
    tryClear: () => tried(api.delete<Me>('/me/status').then(keep)),
    setQuiet,
    tryQuiet: (until: SetQuiet['until']) => tried(setQuiet(until)),
  };
}
