import { IconCloudOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../../api/socket';
import { useStore } from '../../api/store';
import { Icon } from '../../ui/Icon';
import classes from './OfflineLine.module.css';

/** A cut shorter than this is nobody's business. */
const PATIENCE_MS = 3_000;

/** One quiet line under the top bar while the line is down. Never a modal; what was typed stays. */
export function OfflineLine() {
  const { t } = useTranslation();
  const lost = useStore(connection) === 'lost';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(lost), lost ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status">
      {shown && (
        <p className={classes.line}>
          <Icon of={IconCloudOff} />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
