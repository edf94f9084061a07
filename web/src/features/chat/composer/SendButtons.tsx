import { ActionIcon, Button } from '@mantine/core';
import { IconClock, IconSend2 } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refocus } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import classes from '../Chat.module.css';

const SendLater = lazyPart(() => import('../later/SendLater'));
const LaterDialog = lazyPart(() => import('../later/LaterDialog'));

interface SendButtonsProps {
  kind: 'channel' | 'thread' | 'edit';
  isReady: boolean;
  busy: boolean;
  /** What is said beside them. */
  state: 'hint' | 'files' | { tooMany: number };
  onSend: () => void;
  onCancel: (() => void) | undefined;
  onLater: ((at: string) => Promise<void>) | undefined;
}

/** Sends what is written, now or later. */
export function SendButtons({ kind, isReady, busy, state, onSend, onCancel, onLater }: SendButtonsProps) {
  const { t } = useTranslation('chat');
  const [asking, setAsking] = useState<'menu' | 'dialog' | null>(null);
  const clock = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsking(null);
    refocus(clock.current);
  };
  const isEdit = kind === 'edit';
  return (
    <span className="right row g4">
      {typeof state === 'object' ? (
        <span className="xs state alert">{t('composer.tooLong', { count: state.tooMany })}</span>
      ) : (
        kind !== 'thread' && (
          <span className={`xs t3 only-wide ${state === 'files' ? '' : classes.hint}`}>
            {t(state === 'files' ? 'files:busy' : isEdit ? 'composer.editHint' : 'composer.hint')}
          </span>
        )
      )}
      {onCancel && (
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
      )}
      {onLater && (
        <span style={{ position: 'relative' }}>
          <ActionIcon
            ref={clock}
            aria-label={t('later.act')}
            title={t('later.act')}
            aria-haspopup="menu"
            aria-disabled={!isReady || busy}
            onClick={() => isReady && !busy && setAsking('menu')}
          >
            <Icon of={IconClock} />
          </ActionIcon>
          <Part lost="over">
            {asking === 'menu' && (
              <SendLater
                onPick={(at) => void onLater(at)}
                onChoose={() => setAsking('dialog')}
                onClose={() => {
                  setAsking((now) => (now === 'menu' ? null : now));
                  refocus(clock.current);
                }}
              />
            )}
            {asking === 'dialog' && (
              <LaterDialog title={t('later.chooseTitle')} act={t('later.act')} onDone={onLater} onClose={close} />
            )}
          </Part>
        </span>
      )}
      <Button
        size="sm"
        variant="filled"
        leftSection={isEdit ? undefined : <Icon of={IconSend2} size={16} />}
        loading={busy}
        aria-disabled={!isReady}
        onClick={onSend}
      >
        {t(`composer.${{ channel: 'send', thread: 'reply', edit: 'save' }[kind]}`)}
      </Button>
    </span>
  );
}
