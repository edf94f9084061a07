import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { Problem } from '../../../api/problem';
import { ConfirmDialog } from '../../../ui/confirm';
import { keepFocus } from '../../../ui/page/focus';
import { toast } from '../../../ui/toast';
import { type OfCall, useStepActs } from '../queries';
import { lacksOf } from './step-draft';

interface StepActsProps {
  of: OfCall;
  step: Step;
  /** No step comes after it. */
  isLast: boolean;
  /** Something is lacking, which its form says. */
  onLacks: () => void;
}

/** Opens a step to its jurors, and closes it. */
export function StepActs({ of, step, isLast, onLacks }: StepActsProps) {
  const { t } = useTranslation('selection');
  const { open, close, remove } = useStepActs(of);
  const [asked, setAsked] = useState<{ what: 'open' | 'close' | 'remove'; isOpen: boolean }>({
    what: 'open',
    isOpen: false,
  });
  const asking = asked.what;
  const ask = (what: typeof asking) => setAsked({ what, isOpen: true });
  const { abilities, counts, state } = step;
  const act = async () => {
    if (asking === 'close') {
      await close(step.id);
      toast(t('acts.closed'));
      return;
    }
    if (asking === 'remove') {
      await remove(step.id);
      keepFocus();
      toast(t('acts.removed'));
      return;
    }
    try {
      await open(step.id);
      toast(t('acts.opened'));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 422) throw error;
      onLacks();
      throw new Problem(422, 'step_lacks');
    }
  };
  const left = counts.asked - counts.submitted;
  return (
    <div className="row wrap">
      {state === 'draft' && isLast && abilities.edit && counts.asked === 0 && (
        <Button variant="subtle" color="corde" onClick={() => ask('remove')}>
          {t('acts.remove')}
        </Button>
      )}
      {abilities.open && (
        <Button
          variant={state === 'draft' ? 'filled' : 'default'}
          onClick={() => {
            if (lacksOf(step).length > 0) onLacks();
            ask('open');
          }}
        >
          {t(state === 'closed' ? 'acts.reopen' : 'acts.open')}
        </Button>
      )}
      {abilities.close && <Button onClick={() => ask('close')}>{t('acts.close')}</Button>}
      <ConfirmDialog
        opened={asked.isOpen}
        onClose={() => setAsked({ what: asking, isOpen: false })}
        title={t(`acts.${asking}Title`, { number: step.number })}
        act={t(`acts.${asking}`)}
        keep={t('common:cancel')}
        danger={asking !== 'open'}
        ns="selection"
        onConfirm={act}
      >
        {asking === 'close' && t('acts.closeWhat', { left: Math.max(left, 0) })}
        {asking === 'open' && t('acts.openWhat', { files: counts.files, asked: counts.asked })}
        {asking === 'remove' && t('acts.removeWhat')}
      </ConfirmDialog>
    </div>
  );
}
