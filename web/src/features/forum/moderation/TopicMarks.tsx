import { useTranslation } from 'react-i18next';
import type { TopicSummary } from '../../../../../src/contracts/forums';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute, formatFullDate } from '../../../time/format';
import { State } from '../../../ui/page/State';
import { marksOf } from './marks';

/** That a topic is pinned or closed, each in a word; on hover by whom, when and why. */
export function TopicMarks({ topic }: { topic: TopicSummary }) {
  const { t } = useTranslation('forum');
  const locale = useLocale();
  const zone = useZone();
  return marksOf(topic).map(({ word, icon, done }) => {
    const until = topic.pinned ? formatFullDate(topic.pinned.until, locale) : '';
    const says = t(`moderation.says.${word}`, { name: done.by.name || t('common:formerMember'), until });
    const facts = [`${says} ${formatAbsolute(done.at, zone, locale)}`, ...(done.why === null ? [] : [done.why])];
    return (
      <span key={word} title={facts.join('. ')}>
        <State icon={icon}>{t(`moderation.marks.${word}`)}</State>
      </span>
    );
  });
}
