import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MAX_REPEATED_SESSIONS, REPEAT_WEEKS } from '../../../../../src/contracts/limits';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import classes from '../coaching.module.css';
import type { Repeated, RepeatWish } from './useRepeat';

const RepeatDates = lazyPart(() => import('./RepeatDates'));

const COUNTS = Array.from({ length: MAX_REPEATED_SESSIONS - 1 }, (_, index) => String(index + 2));

interface RepeatFieldsProps {
  repeated: Repeated;
  /** The coach, or both, as they are named. */
  name: string;
}

/** Whether the session comes again, how often, and each of its dates before anything is booked. */
export function RepeatFields({ repeated, name }: RepeatFieldsProps) {
  const { t } = useTranslation('coaching');
  const { wish, change } = repeated;
  const choices = [0, ...REPEAT_WEEKS].map((weeks) => ({ value: String(weeks), label: t('repeat.every', { weeks }) }));
  return (
    <>
      <div className={`${classes.repeat} mt16`}>
        <NativeSelect
          label={t('repeat.label')}
          data={choices}
          value={String(wish.weeks)}
          onChange={(event) => change({ weeks: Number(event.currentTarget.value) as RepeatWish['weeks'] })}
        />
        {wish.weeks !== 0 && (
          <NativeSelect
            label={t('repeat.count')}
            data={COUNTS}
            value={String(wish.count)}
            onChange={(event) => change({ count: Number(event.currentTarget.value) })}
          />
        )}
      </div>
      {wish.weeks !== 0 && (
        <Part>
          <RepeatDates repeated={repeated} name={name} />
        </Part>
      )}
    </>
  );
}
