import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function WorkshopPage() {
  const { t } = useTranslation('workshops');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
