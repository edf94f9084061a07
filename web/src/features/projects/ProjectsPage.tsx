import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function ProjectsPage() {
  const { t } = useTranslation('projects');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
