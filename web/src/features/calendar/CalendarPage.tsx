import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function CalendarPage() {
  const { t } = useTranslation('calendar');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
