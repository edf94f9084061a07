import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../../src/contracts/selection/steps';
import { useLocale } from '../../time/clock';
import { said } from '../apply/call/timing';

interface StepPickerProps {
  steps: readonly Step[];
  step: Step;
  onStep: (id: string) => void;
}

/** Which step of the selection one looks at; of a single one nothing is asked. */
export function StepPicker({ steps, step, onStep }: StepPickerProps) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  if (steps.length < 2) return null;
  return (
    <SegmentedControl
      aria-label={t('steps.label')}
      value={step.id}
      onChange={onStep}
      data={steps.map((one) => ({
        value: one.id,
        label: t('steps.named', { number: one.number, name: said(one.name, locale) }),
      }))}
    />
  );
}
