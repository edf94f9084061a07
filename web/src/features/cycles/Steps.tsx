import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../src/contracts/mentoring/cycles';
import { Icon } from '../../ui/Icon';
import { stepsOf } from './cycle-words';
import classes from './cycles.module.css';

/** The four sessions of a cycle as knots on a rope: held, booked, or still to be found. */
export function Steps({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const steps = stepsOf(cycle);
  const booked = steps.filter((step) => step === 'booked').length;
  return (
    <span className={classes.steps} role="img" aria-label={t('steps', { held: cycle.held, booked, of: cycle.of })}>
      {steps.map((step, index) => (
        <span key={index} className={classes.step} data-step={step}>
          {step === 'held' ? <Icon of={IconCheck} size={14} /> : index + 1}
        </span>
      ))}
    </span>
  );
}
