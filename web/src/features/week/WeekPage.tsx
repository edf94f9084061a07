import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function WeekPage() {
  const { t } = useTranslation('week');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
