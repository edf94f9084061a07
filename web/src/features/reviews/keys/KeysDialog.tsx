import { Modal, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../api/store';
import { keepSingleKeys, singleKeys } from '../../../shell/keys/single-keys';
import { useFocusBack } from '../../../ui/page/focus';
import { VERDICTS } from '../review';
import classes from '../reviews.module.css';

/** All keys of a review, and the switch for whoever speaks to the browser or presses keys by chance. */
export default function KeysDialog({ scale, onClose }: { scale: number; onClose: () => void }) {
  const { t } = useTranslation('reviews');
  const on = useStore(singleKeys);
  useFocusBack();
  const acts: [string, readonly string[]][] = [
    ['criterion', ['↑', '↓']],
    ['word', ['1', String(scale)]],
    ['verdict', VERDICTS.map((one) => t(`verdicts.keys.${one}`))],
    ['skip', ['S']],
    ['next', ['Ctrl', '↵']],
    ['help', ['?']],
  ];
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <dl className={classes.keyList}>
        {acts.map(([act, pressed]) => (
          <div key={act}>
            <dt>{t(`keys.${act}`)}</dt>
            <dd>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="t2 xs mt12">{t('keys.typing')}</p>
      <Switch
        mt="md"
        label={t('keys.single')}
        checked={on}
        onChange={(event) => keepSingleKeys(event.currentTarget.checked)}
      />
    </Modal>
  );
}
