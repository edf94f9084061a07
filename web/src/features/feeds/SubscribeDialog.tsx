import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../ui/page/focus';
import Feeds from './Feeds';
import type { Scope } from './feeds';

/** Mine or the cohort's in my own calendar. `first` is what is offered at first. */
export default function SubscribeDialog({ first, onClose }: { first?: Scope; onClose: () => void }) {
  const { t } = useTranslation('feeds');
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={t('title')} closeButtonProps={{ 'aria-label': t('common:close') }} size="lg">
      <p className="t2 mt4">{t('lead')}</p>
      <Feeds {...(first && { first })} />
    </Modal>
  );
}
