import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function CohortSettingsPage() {
  const { t } = useTranslation('cohort');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
