import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MyInterview } from '../../../../src/contracts/selection/interviews';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import classes from './interviews.module.css';
import { useMyActs } from './queries';

/** That nobody came, said by who waited, and taken back. */
export function MyAttendance({ interview: { id, missedAt, abilities } }: { interview: MyInterview }) {
  const { t } = useTranslation('interviews');
  const { mark } = useMyActs();
  const marking = useMutation({ mutationFn: (missed: boolean) => mark(id, { missed }) });
  if (!abilities.mark) return null;
  const hasMissed = missedAt !== null;
  return (
    <div className={classes.above}>
      <Notice tone="wait">
        <p>{t(hasMissed ? 'attendance.what' : 'attendance.late')}</p>
        <Button className="mt8" size="sm" loading={marking.isPending} onClick={() => marking.mutate(!hasMissed)}>
          {t(hasMissed ? 'attendance.undo' : 'attendance.mark')}
        </Button>
      </Notice>
      <ProblemAlert error={marking.error} ns="interviews" />
    </div>
  );
}
