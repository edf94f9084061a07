import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HelpRequest } from '../../../../src/contracts/mentoring/requests';
import { isProblem } from '../../api/problem';
import { toastProblem } from '../../ui/toast';
import { keepRequest, requestKeys } from './queries';

/**
 * After a refusal: the page shows what the request is now; where it is no longer mine, the list of all that still is.
 * True when the page was left.
 */
export function useTooLate({ cohortId, id }: HelpRequest): (error: unknown) => Promise<boolean> {
  const { t } = useTranslation('requests');
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (error) => {
    if (!isProblem(error, 'stale')) return false;
    const now = error.extras.now as HelpRequest | null | undefined;
    if (now) {
      keepRequest(client, now);
      return false;
    }
    toastProblem(t('problems.gone'));
    await navigate({ to: '/c/$cohortId/coaching/requests', params: { cohortId }, search: { box: 'for_me' } as never });
    // The lists ask again; what I may not see any more is not asked for.
    await client.invalidateQueries({
      queryKey: requestKeys.all(cohortId),
      predicate: ({ queryKey }) => !queryKey.includes(id),
    });
    return true;
  };
}
