import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function ConfirmAddressPage() {
  const { t } = useTranslation('auth');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
