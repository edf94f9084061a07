import { Button, Modal, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForumShare, Message } from '../../../../../src/contracts/chat/chat';
import { useChannels } from '../../../shell/navigation/channels';
import { useNames } from '../../../shell/navigation/names';
import { useFocusBack } from '../../../ui/page/focus';
import { useCohortId, useMe } from '../../../api/session';
import { Part } from '../../../ui/forms/Part';
import { AsReply } from '../../discussions/lazy';
import { keepDraft, readDraft } from '../composer/drafts';

interface ShareMessageProps {
  message: Message;
  /** Where the message is, for a browser. */
  address: string;
  /** How much of its channel may be carried to the forum. */
  toForum: ForumShare;
  onClose: () => void;
}

/** Takes the link to a message to the composer of another channel: who sends it there has read what they say with it. */
export default function ShareMessage({ message, address, toForum, onClose }: ShareMessageProps) {
  const { t } = useTranslation('chat');
  useFocusBack();
  const names = useNames();
  const navigate = useNavigate();
  const cohortId = useCohortId();
  const myId = useMe().id;
  const [chosen, setChosen] = useState<string | null>(null);
  const channels = (useChannels().data ?? []).filter((channel) => channel.id !== message.channelId);
  const [here, direct] = [
    channels.filter((channel) => channel.kind !== 'direct'),
    channels.filter((channel) => channel.kind === 'direct'),
  ];
  const target = channels.find((channel) => channel.id === chosen);
  const go = () => {
    if (!target) return;
    const begun = readDraft(target.id, null);
    keepDraft(target.id, null, `${begun}${begun === '' || begun.endsWith('\n') ? '' : '\n'}${address}\n`);
    onClose();
    const [channelId, { cohortId }] = [target.id, target];
    void (cohortId === null
      ? navigate({ to: '/chat/$channelId', params: { channelId } })
      : navigate({ to: '/c/$cohortId/chat/$channelId', params: { cohortId, channelId } }));
  };
  const option = (channel: (typeof channels)[number]) => ({ value: channel.id, label: names.channel(channel) });
  return (
    <Modal opened onClose={onClose} title={t('share.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <div className="stackv g16 mt16">
        <Select
          label={t('share.where')}
          description={t('share.help')}
          data={[
            { group: t('common:channels.title'), items: here.map(option) },
            { group: t('common:channels.direct'), items: direct.map(option) },
          ]}
          value={chosen}
          onChange={setChosen}
          searchable
          nothingFoundMessage={t('common:search.nothing')}
          data-autofocus
        />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button variant="filled" disabled={!target} onClick={go}>
            {t('share.act')}
          </Button>
        </div>
      </div>
      {(toForum === 'all' || (toForum === 'own' && message.senderId === myId)) && (
        <Part lost="nothing">
          <AsReply message={message} cohortId={cohortId} onClose={onClose} />
        </Part>
      )}
    </Modal>
  );
}
