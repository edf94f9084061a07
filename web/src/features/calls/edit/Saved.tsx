import { useTranslation } from 'react-i18next';
import { useLocale, useZone } from '../../../time/clock';
import { formatTime } from '../../../time/format';
import { State } from '../../../ui/page/State';
import type { CallDraft } from './useCallDraft';

/** Whether what one wrote is saved, and since when. What is not is said aloud. */
export function Saved({ writing }: { writing: CallDraft }) {
  const { t } = useTranslation('calls');
  const zone = useZone();
  const locale = useLocale();
  const { savedAt, isSaving, unsaved, waiting, both, problem } = writing;
  const isHeld = both.length > 0 || waiting.length > 0 || problem !== null;
  const waits = unsaved.length > 0 && !isSaving;
  const held = isHeld && unsaved.length > 0 ? t('saved.held') : '';
  // What is not saved is said aloud; that it is would be said at each pause.
  return (
    <>
      <span role="status">{held && <State tone="wait">{held}</State>}</span>
      {!held && waits && savedAt === null && <State tone="wait">{t('saved.soon')}</State>}
      {!held && savedAt !== null && (
        <State tone="ok">{t('saved.at', { time: formatTime(savedAt, zone, locale) })}</State>
      )}
    </>
  );
}
