import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpRequest } from '../../../../src/contracts/mentoring/requests';
import { api } from '../../api/http';
import { keepFocus } from '../../ui/page/focus';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../ui/toast';
import { ConfirmDialog } from '../../ui/confirm';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import type { Asking } from './ActDialog';
import { keepRequest, requestPath } from './queries';
import classes from './requests.module.css';
import { useTooLate } from './useTooLate';

const ActDialog = lazyPart(() => import('./ActDialog'));

/** What one may do with a request: each only where the server says so, and on what one has before one's eyes. */
export function RequestActs({ request }: { request: HelpRequest }) {
  const { t } = useTranslation('requests');
  const [asking, setAsking] = useState<Asking | 'withdraw' | null>(null);
  const client = useQueryClient();
  const text = useProblemText('requests');
  const tooLate = useTooLate(request);
  const { cohortId, id, revision, abilities } = request;
  const send = (verb: 'accept' | 'withdraw') =>
    api.post<HelpRequest>(`${requestPath(cohortId, id)}/${verb}`, { revision });
  const accept = useMutation({
    mutationFn: () => send('accept'),
    onSuccess: (fresh) => {
      keepRequest(client, fresh);
      toast(t('done.accept'));
      keepFocus();
    },
    onError: async (error) => {
      if (!(await tooLate(error))) toastProblem(text(error));
    },
  });
  const close = () => setAsking(null);
  const others = [
    ['tellMore', 'filled'],
    ['askBack', 'default'],
    ['passOn', 'default'],
    ['decline', 'default'],
  ] as const;
  if (!Object.entries(abilities).some(([name, may]) => may && name !== 'seeOthers')) return null;
  return (
    <div className={classes.acts}>
      {abilities.accept && (
        <Button variant="filled" loading={accept.isPending} onClick={() => accept.mutate()}>
          {t('acts.accept')}
        </Button>
      )}
      {others.map(
        ([act, variant]) =>
          abilities[act] && (
            <Button key={act} variant={variant} onClick={() => setAsking(act)}>
              {t(`acts.${act}`)}
            </Button>
          ),
      )}
      {abilities.withdraw && (
        <Button color="corde" onClick={() => setAsking('withdraw')}>
          {t('acts.withdraw')}
        </Button>
      )}
      {asking !== null && asking !== 'withdraw' && (
        <Part lost="over">
          <ActDialog request={request} act={asking} onClose={close} />
        </Part>
      )}
      <ConfirmDialog
        opened={asking === 'withdraw'}
        onClose={close}
        title={t('withdraw.title')}
        act={t('acts.withdraw')}
        ns="requests"
        onConfirm={async () => {
          try {
            keepRequest(client, await send('withdraw'));
          } catch (error) {
            await tooLate(error);
            throw error;
          }
        }}
      >
        {t('withdraw.then')}
      </ConfirmDialog>
    </div>
  );
}
