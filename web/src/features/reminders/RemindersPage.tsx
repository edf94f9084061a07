import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function RemindersPage() {
  const { t } = useTranslation('reminders');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
