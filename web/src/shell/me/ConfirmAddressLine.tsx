import { IconMailQuestion } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/query';
import { useMe } from '../../api/session';
import { Icon } from '../../ui/Icon';
import classes from '../device/OfflineLine.module.css';
import { isProblem } from '../../api/problem';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../ui/toast';

/** One line under the top bar while nobody has shown that the address of my account is mine: what to do, and the letter again. */
export default function ConfirmAddressLine() {
  const { t } = useTranslation();
  const me = useMe();
  const text = useProblemText();
  const again = useMutation({
    mutationFn: () => api.post('/me/email/confirmation'),
    onSuccess: () => toast(t('confirmAddress.sent', { email: me.email })),
    onError: (error) => {
      // It was confirmed elsewhere, in the meantime.
      if (isProblem(error, 'already_confirmed')) void queryClient.invalidateQueries({ queryKey: keys.me });
      else toastProblem(text(error));
    },
  });
  return (
    <div role="status">
      <p className={classes.line}>
        <Icon of={IconMailQuestion} />
        <span>
          {t('confirmAddress.what', { email: me.email })}{' '}
          <button type="button" className="link" disabled={again.isPending} onClick={() => again.mutate()}>
            {t('confirmAddress.again')}
          </button>
        </span>
      </p>
    </div>
  );
}
