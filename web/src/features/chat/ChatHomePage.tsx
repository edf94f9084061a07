import { useTranslation } from 'react-i18next';
import { ChannelLists } from '../../shell/navigation/ChannelLists';
import { PageHeader } from '../../ui/page/PageHeader';
import classes from './ChatHome.module.css';

/** All my channels and conversations with what is unread, as a page: on a phone no rail stands beside. */
export default function ChatHomePage() {
  const { t } = useTranslation();
  return (
    <div className={`page ${classes.home}`}>
      <PageHeader title={t('nav.chat')} />
      <ChannelLists isPage />
    </div>
  );
}
