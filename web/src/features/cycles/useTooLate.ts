import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../src/contracts/mentoring/cycles';
import { isProblem } from '../../api/problem';
import { toastProblem } from '../../ui/toast';
import { keepCycle } from './queries';

/** After a refusal because somebody was faster: says so, and the page shows what the cycle is now. True when that was it. */
export function useTooLate({ id }: Cycle): (error: unknown) => boolean {
  const { t } = useTranslation('cycles');
  const client = useQueryClient();
  return (error) => {
    if (!isProblem(error, 'stale')) return false;
    const now = error.extras.now as Cycle | null | undefined;
    if (now?.id === id) keepCycle(client, now);
    toastProblem(t('problems.stale'));
    return true;
  };
}
