import { ActionIcon } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import classes from '../Chat.module.css';

const CallMenu = lazyPart(() => import('./CallMenu'));

/** The ways to the call of a channel; absent where it has no link and I can set none. */
export default function CallButton({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const place = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  if (!channel.call && !(channel.abilities.edit && channel.cohortId)) return null;
  const close = () => {
    setOpen(false);
    place.current?.querySelector('button')?.focus({ preventScroll: true });
  };
  return (
    <span ref={place} className={classes.dayButton}>
      <ActionIcon
        aria-label={t('call.title')}
        title={t('call.title')}
        aria-haspopup="menu"
        onClick={() => setOpen(true)}
      >
        <Icon of={IconPhone} size={16} />
      </ActionIcon>
      <Part lost="over">{isOpen && <CallMenu channel={channel} onClose={close} />}</Part>
    </span>
  );
}
