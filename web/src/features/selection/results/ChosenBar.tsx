import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Result } from '../../../../../src/contracts/selection/results';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { useLocale } from '../../../time/clock';
import { ConfirmDialog } from '../../../ui/confirm';
import { toast } from '../../../ui/toast';
import { said } from '../../apply/call/timing';
import { Deciding } from '../../calls/files/Deciding';
import { type OfCall, useStepActs } from '../queries';
import classes from './results.module.css';

interface ChosenBarProps {
  of: OfCall;
  call: Call;
  chosen: readonly Result[];
  /** The step that comes after this one. */
  next: Step | undefined;
  onDone: () => void;
}

/** What is done with the files that are chosen: they are decided, or read in the next step. */
export function ChosenBar({ of, call, chosen, next, onDone }: ChosenBarProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const { choose } = useStepActs(of);
  const [asking, setAsking] = useState(false);
  const decided = chosen.map(({ applicationId, number, name }) => ({ id: applicationId, number, name }));
  const name = next && said(next.name, locale);
  return (
    <div className={classes.chosen}>
      <Deciding cohortId={of.cohortId} call={call} chosen={decided} onDone={onDone}>
        {next && next.state !== 'closed' && (
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('next.act', { number: next.number })}
          </Button>
        )}
      </Deciding>
      {next && (
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          title={t('next.title', { count: chosen.length, number: next.number, name })}
          act={t('next.confirm')}
          keep={t('common:cancel')}
          danger={false}
          ns="selection"
          onConfirm={async () => {
            await choose(
              next.id,
              chosen.map(({ applicationId }) => applicationId),
            );
            toast(t('next.done', { count: chosen.length, number: next.number }));
            onDone();
          }}
        >
          {t('next.what', { before: next.counts.files })}
        </ConfirmDialog>
      )}
    </div>
  );
}
