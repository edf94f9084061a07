import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function PersonPage() {
  const { t } = useTranslation('people');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
