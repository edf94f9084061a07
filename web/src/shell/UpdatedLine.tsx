import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../api/store';
import { updated } from '../api/updated';
import { Icon } from '../ui/Icon';
import classes from './device/OfflineLine.module.css';

/** One quiet line under the top bar once a newer version is served: parts of this one do not come any more. */
export function UpdatedLine() {
  const { t } = useTranslation();
  const isOld = useStore(updated);
  return (
    <div role="status">
      {isOld && (
        <p className={classes.line}>
          <Icon of={IconRefresh} />
          {t('updated')}
          <button type="button" className="link" onClick={() => window.location.reload()}>
            {t('reload')}
          </button>
        </p>
      )}
    </div>
  );
}
