import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchingOverview } from '../../../../src/contracts/selection/matching';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { Group } from '../../ui/page/Group';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../ui/toast';
import classes from './matching.module.css';
import { useMatchingActs } from './queries';

/** Until the end of which day the projects are wished for. */
export function WishesPart({ cohortId, overview }: { cohortId: string; overview: MatchingOverview }) {
  const { t } = useTranslation('matching');
  const locale = useLocale();
  const { openWishes } = useMatchingActs(cohortId);
  const problemText = useProblemText('matching');
  const { until, isOpen, handedIn } = overview.wishes;
  const [day, setDay] = useState(until ?? '');
  const save = (to: string | null) =>
    openWishes(to).then(
      () => toast(to === null ? t('wishes.closedNow') : t('wishes.openNow', { day: formatFullDate(to, locale) })),
      (error: unknown) => toastProblem(problemText(error)),
    );
  return (
    <Group title={t('wishes.title')}>
      <p className="t2 mt8">
        {until ? t(isOpen ? 'wishes.open' : 'wishes.over', { day: formatFullDate(until, locale) }) : t('wishes.before')}{' '}
        {overview.people.length > 0 && t('wishes.handedIn', { count: handedIn, of: overview.people.length })}
      </p>
      {overview.abilities.match && (
        <div className={`${classes.until} mt12`}>
          <TextInput
            type="date"
            label={t('wishes.until')}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button
            variant={isOpen ? 'default' : 'filled'}
            disabled={day === '' || day === until}
            onClick={() => void save(day)}
          >
            {t(until ? 'wishes.move' : 'wishes.act')}
          </Button>
          {until && (
            <Button variant="subtle" onClick={() => void save(null)}>
              {t('wishes.close')}
            </Button>
          )}
        </div>
      )}
    </Group>
  );
}
