import { quietNow, statusNow } from '../../../../src/common/standing';
import type { Standing } from '../../../../src/contracts/auth/standing';
import { standings } from '../../api/standings';
import { useStore } from '../../api/store';
import { useNow } from '../../time/clock';

/** How somebody stands now; what has ended is not in it. */
export function useStanding(userId: string): Pick<Standing, 'status' | 'quietUntil'> {
  const now = useNow();
  const standing = useStore(standings).get(userId);
  return { status: statusNow(standing?.status, now), quietUntil: quietNow(standing?.quietUntil, now) };
}
