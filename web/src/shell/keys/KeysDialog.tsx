import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../ui/page/focus';
import classes from './keys.module.css';

/** What each part of the app listens to. A word of a key is the same in both languages, but for those under `keys.names`. */
const PARTS: Record<string, Record<string, readonly string[]>> = {
  everywhere: { search: ['Ctrl', 'K'], help: ['?'], channelAbove: ['Alt', '↑'], channelBelow: ['Alt', '↓'] },
  forum: { next: ['J'], before: ['K'], reply: ['R'], keep: ['B'], search: ['/'] },
  inbox: { next: ['J'], before: ['K'], done: ['E'], snooze: ['H'], read: ['shift', 'I'], undo: ['Z'] },
  writing: { send: ['enter'], line: ['shift', 'enter'], last: ['↑'], leave: ['Esc'] },
};

/** All keys that do something, by where they do. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const nameOf = (key: string) => (/^[a-z]{2,}$/.test(key) ? t(`keys.names.${key}`) : key);
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      {Object.entries(PARTS).map(([part, keys]) => (
        <section key={part} className="mt16">
          <h3>{t(`keys.${part}.title`)}</h3>
          <dl className={classes.keys}>
            {Object.entries(keys).map(([act, pressed]) => (
              <div key={act}>
                <dt>{t(`keys.${part}.${act}`)}</dt>
                <dd>
                  {pressed.map((key) => (
                    <kbd key={key}>{nameOf(key)}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
