import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function AdminPage() {
  const { t } = useTranslation('admin');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
