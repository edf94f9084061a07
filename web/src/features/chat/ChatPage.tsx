import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';

export default function ChatPage() {
  const { t } = useTranslation('chat');
  return (
    <div className="page">
      <PageHeader title={t('title')} />
    </div>
  );
}
