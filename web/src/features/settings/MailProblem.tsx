import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MailProblem as Problem } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { When } from '../../ui/times/When';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import { toast, toastProblem } from '../../ui/toast';

const PATH = '/me/mail-problem';

/** Says that mail to me stopped, since my address takes none, and tries it again. Nothing while all is well. */
export function MailProblem() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const text = useProblemText('settings');
  const { data } = useQuery({ queryKey: keys.mailProblem, queryFn: () => api.get<Problem>(PATH) });
  const again = useMutation({
    mutationFn: () => api.delete(PATH),
    onSuccess: () => {
      client.setQueryData<Problem>(keys.mailProblem, { problem: null });
      toast(t('mailProblem.again'));
    },
    onError: (error) => toastProblem(text(error)),
  });
  if (!data?.problem) return null;
  const { address, since } = data.problem;
  return (
    <Notice tone="alert">
      <p>{t('mailProblem.what', { address })}</p>
      <p className="t3 xs mt8">
        {t('mailProblem.since')} <When at={since} />
      </p>
      <Button className="mt12" size="sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
        {t('mailProblem.try')}
      </Button>
    </Notice>
  );
}
