import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function FellowsPage() {
  const { t } = useTranslation('coaching');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
