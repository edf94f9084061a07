import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function TopicPage() {
  const { t } = useTranslation('forum');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
