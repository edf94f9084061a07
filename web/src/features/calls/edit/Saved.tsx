import { VisuallyHidden } from '@mantine/core';
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
  return (
    <>
      {held || (waits && savedAt === null) ? (
        <State tone="wait">{held || t('saved.soon')}</State>
      ) : savedAt !== null ? (
        <State tone="ok">{t('saved.at', { time: formatTime(savedAt, zone, locale) })}</State>
      ) : null}
      <VisuallyHidden role="status">{held}</VisuallyHidden>
    </>
  );
}
