import { useTranslation } from 'react-i18next';
import type { Goal } from '../../../../src/contracts/mentoring/goals';
import { useLocale } from '../../time/clock';
import { formatDate } from '../../time/format';

/** How values of a goal are said: with their unit, or as yes and no. */
export function useGoalWords({ measure }: Pick<Goal, 'measure'>) {
  const { t } = useTranslation('goals');
  const locale = useLocale();
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 6 });
  const valueOf = (value: number): string => {
    if (measure.kind === 'yes_no') return t(value === 1 ? 'yes' : 'no');
    return measure.unit ? t('withUnit', { value: number(value), unit: measure.unit }) : number(value);
  };
  const wayOf =
    measure.kind === 'yes_no'
      ? t('measure.yesNo')
      : t('measure.way', { start: number(measure.start), target: valueOf(measure.target) });
  const aim = measure.kind === 'yes_no' ? null : t('measure.aim', { target: valueOf(measure.target) });
  const standsAt = (standing: Goal['standing']) =>
    standing ? t('stands', { value: valueOf(standing.value), day: formatDate(standing.on, locale) }) : t('notRecorded');
  return { valueOf, wayOf, aim, standsAt };
}

/** The one of the two who is not me; null for who is neither. */
export const otherOf = ({ coach, fellow }: Pick<Goal, 'coach' | 'fellow'>, myId: string) =>
  myId === coach.id ? fellow : myId === fellow.id ? coach : null;
