import { IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import type { Receiver } from '../../../../../src/contracts/bridges/webhooks';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { Icon } from '../../../ui/Icon';

/** Where what is written here goes besides; nothing where it stays. */
export default function GoesOut({ channel, className = '' }: { channel: Channel; className?: string }) {
  const { t } = useTranslation('chat');
  const { data } = useQuery({
    queryKey: [...keys.channels, channel.id, 'receivers'],
    queryFn: () => api.get<Page<Receiver>>(`/channels/${channel.id}/receivers`),
    enabled: channel.kind !== 'direct',
  });
  if (!data || data.items.length === 0) return null;
  const hosts = [...new Set(data.items.map(({ host }) => host))].join(', ');
  return (
    <span className={`row g4 xs t2 nowrap ${className}`} title={t('goesOut.why')}>
      <Icon of={IconArrowUpRight} size={14} />
      {t('goesOut.to', { hosts })}
    </span>
  );
}
