import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { ConfirmDialog } from '../../../ui/confirm';
import { Icon } from '../../../ui/Icon';

/** Closes a channel made by hand, or opens it again. */
export function ArchiveButton({ channel, name }: { channel: Channel; name: string }) {
  const { t } = useTranslation('chat');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const which = channel.archived ? 'unarchive' : 'archive';
  const turn = async () => {
    await api.patch(`/channels/${channel.id}`, { archived: !channel.archived });
    await client.invalidateQueries({ queryKey: keys.channels });
    if (channel.cohortId) void client.invalidateQueries({ queryKey: keys.in(channel.cohortId, 'channels', 'browse') });
  };
  return (
    <>
      <Button
        className="mt12"
        size="sm"
        variant="subtle"
        leftSection={<Icon of={channel.archived ? IconArchiveOff : IconArchive} size={16} />}
        onClick={() => setAsking(true)}
      >
        {t(`${which}.act`)}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t(`${which}.title`, { name })}
        act={t(`${which}.act`)}
        ns="chat"
        onConfirm={turn}
      >
        {t(`${which}.body`)}
      </ConfirmDialog>
    </>
  );
}
