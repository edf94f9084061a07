import { Menu } from '@mantine/core';
import { IconExternalLink, IconLink, IconPhoneCall } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, StartedCall } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';
import CallLink from './CallLink';
import { FloatAnchor } from '../composer/FloatAnchor';

/** Opens the call in a new tab, with a word in the channel or without; who may change the channel sets its link. */
export default function CallMenu({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const [setting, setSetting] = useState(false);
  const elsewhere = { component: 'a', href: channel.call?.link, target: '_blank', rel: 'noopener noreferrer' } as const;
  const say = () => {
    api
      .post<StartedCall>(`/channels/${channel.id}/calls`)
      .then(({ announced }) => {
        if (!announced) toast(t('call.saidAlready'));
      })
      .catch((error: unknown) => toastProblem(text(error)));
  };
  if (setting) return <CallLink channel={channel} onClose={onClose} />;
  return (
    <Menu
      position="bottom-end"
      defaultOpened
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      closeOnItemClick={false}
      onChange={(opened) => {
        if (!opened) onClose();
      }}
    >
      <Menu.Target>
        <FloatAnchor />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('call.title')}>
        {channel.call && (
          <>
            <Menu.Item
              {...elsewhere}
              leftSection={<Icon of={IconPhoneCall} size={16} />}
              onClick={() => {
                say();
                onClose();
              }}
            >
              {t('call.start')}
            </Menu.Item>
            <Menu.Item {...elsewhere} leftSection={<Icon of={IconExternalLink} size={16} />} onClick={onClose}>
              {t('call.open')}
            </Menu.Item>
          </>
        )}
        {channel.abilities.edit && (
          <Menu.Item leftSection={<Icon of={IconLink} size={16} />} onClick={() => setSetting(true)}>
            {t('call.set')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
