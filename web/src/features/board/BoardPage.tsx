import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function BoardPage() {
  const { t } = useTranslation('board');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
