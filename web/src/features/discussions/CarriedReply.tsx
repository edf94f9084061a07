import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarriedMessage } from '../../../../src/contracts/bridges/discussions';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { toast, toastProblem } from '../../ui/toast';

interface CarriedReplyProps {
  cohortId: string;
  /** `<channel>.<message>`, as the address says. */
  carry: string;
  /** Puts it into the reply. */
  onCarried: (body: string) => void;
}

/** A message of chat that comes with the address goes into the reply, once. */
export default function CarriedReply({ cohortId, carry, onCarried }: CarriedReplyProps) {
  const { t } = useTranslation('discussions');
  const navigate = useNavigate();
  const [channelId = '', messageId = ''] = carry.split('.').map(encodeURIComponent);
  const { data, error } = useQuery({
    queryKey: keys.in(cohortId, 'carried', carry),
    queryFn: ({ signal }) =>
      api.get<CarriedMessage>(`/cohorts/${cohortId}/forum/carried/${channelId}/${messageId}`, { signal }),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  useEffect(() => {
    if (!data && !error) return;
    if (data) {
      onCarried(data.body);
      toast(t('reply.begun'));
    } else toastProblem(t('reply.gone'));
    // Loaded again, it does not come twice.
    void navigate({ to: '.', search: {} as never, replace: true, hashScrollIntoView: false });
    // Once, whatever else changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data, error]);
  return null;
}
