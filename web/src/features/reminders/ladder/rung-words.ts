import { useTranslation } from 'react-i18next';
import type { LadderRung, RungSetting } from '../../../../../src/contracts/reminders/reminder-ladder';

type Timed = Pick<LadderRung, 'by' | 'unit' | 'count'>;

/** What rungs are called: when they come, and what is special about one; and a whole setting as one sentence. */
export function useRungWords() {
  const { t, i18n } = useTranslation('reminders');
  const full = ({ unit, count }: Timed): [string, number] =>
    unit === 'minutes' && count > 0 && count % 60 === 0 ? ['hours', count / 60] : [unit, count];
  const when = (rung: Timed) => {
    const [unit, count] = full(rung);
    return t(`when.${rung.by}_${unit}`, { count });
  };
  const nameOf = (rung: Timed & Pick<LadderRung, 'kind'>) => {
    const extra = `kinds.${rung.kind.replace('.', '_')}`;
    return i18n.exists(`reminders:${extra}`) ? `${when(rung)}, ${t(extra)}` : when(rung);
  };
  const settingWords = (setting: RungSetting, rung: LadderRung) =>
    setting.on
      ? [
          when({ ...rung, count: setting.count }),
          setting.channels.map((channel) => t(`channels.${channel}`)).join(' + '),
          t(setting.text ? 'ladder.ownWords' : 'ladder.usualWords'),
        ].join(' · ')
      : t('ladder.off');
  return { when, nameOf, settingWords };
}
