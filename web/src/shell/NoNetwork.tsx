import { IconCloudOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { hindrance, resume } from '../api/session';
import { useStore } from '../api/store';
import { BrandMark } from '../ui/Brand';
import { Icon } from '../ui/Icon';
import classes from './MissingPage.module.css';

const AGAIN_MS = 5_000;

/** The app was opened without a network, or while the server gives no answer (so that this is no part that is fetched when it is needed): it goes on by itself as soon as there is one. What was kept on this device is still there. */
export function NoNetwork() {
  const { t } = useTranslation();
  const hinders = useStore(hindrance);
  useEffect(() => {
    const again = () => void resume();
    const timer = setInterval(again, AGAIN_MS);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, []);
  return (
    <main className={classes.page}>
      <span className={classes.mark}>
        <BrandMark />
      </span>
      <div role="status">
        <h1>
          <Icon of={IconCloudOff} /> {t(`noNetwork.${hinders}.title`)}
        </h1>
        <p className="t2 mt8">{t(`noNetwork.${hinders}.what`)}</p>
      </div>
    </main>
  );
}
