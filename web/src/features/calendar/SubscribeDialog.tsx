import { Modal } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n } from '../../i18n/i18n';
import { useFocusBack } from '../../ui/focus';

/** The same part as in the settings, with its words. */
const CalendarFeed = lazy(async () => {
  const [{ CalendarFeed: Feed }] = await Promise.all([
    import('../settings/CalendarFeed'),
    i18n.loadNamespaces('settings'),
  ]);
  return { default: Feed };
});

/** My agenda in my own calendar: making, copying and ending its address. */
export default function SubscribeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('calendar');
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={t('subscribeTitle')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <p className="t2 mt4">{t('subscribeLead')}</p>
      <div className="mt4">
        <Suspense>
          <CalendarFeed bare />
        </Suspense>
      </div>
    </Modal>
  );
}
