import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import classes from './auth.module.css';

/** The address an invitation went to: told, not asked. */
export function FixedEmail({ email, help }: { email: string; help: string }) {
  const { t } = useTranslation('auth');
  return (
    <div>
      <p className="med">{t('email')}</p>
      <p className={classes.known}>
        <Icon of={IconLock} size={16} />
        {email}
      </p>
      <p className="t3 xs mt4">{help}</p>
    </div>
  );
}
