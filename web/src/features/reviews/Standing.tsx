import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store';
import { useLocale, useZone } from '../../time/clock';
import { formatAbsolute } from '../../time/format';
import { Notice } from '../../ui/page/State';
import { Others } from './Others';
import type { ReviewSaver } from './queries';
import { isWaiting } from './review';

/** Where my review stands, where there is more to say than that I write it; and what the others thought, once mine is in. */
export function Standing({ saver }: { saver: ReviewSaver }) {
  const { t } = useTranslation('reviews');
  const [locale, zone] = [useLocale(), useZone()];
  const { review } = useStore(saver.shown).draft.server;
  const { state, step, reason, submittedAt, isLater, others, criteria, scale } = review;
  const note = (words: string, tone?: 'ok' | 'wait') => (
    <div className="mt12">
      <Notice {...(tone && { tone })}>
        <p>{words}</p>
        {reason !== '' && state !== 'submitted' && <p className="t2 mt4">{t('reason', { reason })}</p>}
      </Notice>
    </div>
  );
  if (state === 'conflict') return note(t('conflict.said'));
  if (state === 'abstained') return note(t('abstain.said'));
  if (state === 'submitted')
    return (
      <>
        {note(t('submitted', { at: submittedAt ? formatAbsolute(submittedAt, zone, locale) : '' }), 'ok')}
        {others && <Others {...{ others, criteria, scale }} />}
      </>
    );
  if (step.state === 'closed' && isWaiting(review)) return note(t('stepClosed'));
  return isLater ? note(t('later')) : null;
}
