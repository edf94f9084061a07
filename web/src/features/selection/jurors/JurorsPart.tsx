import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Juror } from '../../../../../src/contracts/selection/jurors';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { useCohort } from '../../../api/session';
import { ConfirmDialog } from '../../../ui/confirm';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { Empty } from '../../../ui/page/Empty';
import { lazyPart } from '../../../ui/page/lazy-part';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { toast, toastProblem } from '../../../ui/toast';
import { type OfCall, useJurorActs, useJurors } from '../queries';
import classes from '../selection.module.css';
import { byBehind } from './behind';
import { JurorsTable } from './JurorsTable';

const InviteDialog = lazyPart(() => import('./InviteDialog'));
const JurorDialog = lazyPart(() => import('./JurorDialog'));

interface JurorsPartProps {
  of: OfCall;
  call: Call;
  step: Step;
}

/** Who reads, how far each is, and what is done about it: who is behind stands first. */
export function JurorsPart({ of, call, step }: JurorsPartProps) {
  const { t } = useTranslation('selection');
  const text = useProblemText('selection');
  const query = useJurors(of, step.id);
  const { remind, letLeave } = useJurorActs(of);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<
    { what: 'invite' } | { what: 'change' | 'leave' | 'again'; juror: Juror } | null
  >(null);
  const mayInvite = useCohort()?.state !== 'closed';
  const reminding = useMutation({
    mutationFn: (jurorIds: string[]) => remind({ stepId: step.id, jurorIds }),
    onSuccess: ({ reminded }, ids) => {
      toast(t('jurors.reminded', { count: reminded, left: ids.length - reminded }));
      setPicked(new Set());
    },
    onError: (error) => toastProblem(text(error)),
  });
  const invite = (variant: 'filled' | 'default') => (
    <Button
      variant={variant}
      leftSection={<Icon of={IconUserPlus} size={16} />}
      onClick={() => setAsking({ what: 'invite' })}
    >
      {t('jurors.invite')}
    </Button>
  );
  const close = () => setAsking(null);
  const juror = asking && asking.what !== 'invite' ? asking.juror : null;
  return (
    <div className="mt16">
      <QueryBoundary query={query} ns="selection">
        {({ items }) => {
          if (items.length === 0)
            return (
              <Empty title={t('jurors.none')} act={mayInvite && invite('filled')}>
                {t('jurors.noneBody')}
              </Empty>
            );
          const jurors = byBehind(items);
          const chosen = jurors.filter(({ id, state }) => picked.has(id) && state !== 'left');
          return (
            <>
              <div className={classes.bar}>
                <span className="t2" role="status">
                  {chosen.length > 0
                    ? t('jurors.chosen', { count: chosen.length })
                    : t('jurors.counts', {
                        count: jurors.filter(({ state }) => state !== 'left').length,
                        invited: jurors.filter(({ state }) => state === 'invited').length,
                      })}
                </span>
                <span className="right row wrap">
                  {chosen.length > 0 && (
                    <Button
                      variant="filled"
                      loading={reminding.isPending}
                      onClick={() => reminding.mutate(chosen.map(({ id }) => id))}
                    >
                      {t('jurors.remind', { count: chosen.length })}
                    </Button>
                  )}
                  {mayInvite && invite('default')}
                </span>
              </div>
              <JurorsTable
                {...{ call, jurors, picked }}
                onPick={(ids, isPicked) =>
                  setPicked((so) => new Set(isPicked ? [...so, ...ids] : [...so].filter((id) => !ids.includes(id))))
                }
                onRemind={(one) => reminding.mutate([one.id])}
                onAsk={(what, one) => setAsking({ what, juror: one })}
              />
            </>
          );
        }}
      </QueryBoundary>
      <Part lost="over">
        {asking?.what === 'invite' && <InviteDialog {...{ of, call }} onClose={close} />}
        {asking?.what === 'again' && <InviteDialog {...{ of, call }} again={asking.juror} onClose={close} />}
        {asking?.what === 'change' && <JurorDialog {...{ of, call }} juror={asking.juror} onClose={close} />}
      </Part>
      <ConfirmDialog
        opened={asking?.what === 'leave'}
        onClose={close}
        title={t('jurors.leaveTitle', { name: juror?.name ?? '' })}
        act={t('jurors.leave')}
        ns="selection"
        onConfirm={async () => {
          if (!juror) return;
          await letLeave(juror.id);
          toast(t('jurors.left', { name: juror.name }));
        }}
      >
        {t('jurors.leaveWhat', { submitted: juror?.load.submitted ?? 0 })}
      </ConfirmDialog>
    </div>
  );
}
