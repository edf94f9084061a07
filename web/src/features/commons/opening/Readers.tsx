import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';
import { Group } from '../../../ui/page/Group';
import classes from '../commons.module.css';

/** Who reads the commons, and who does not. */
export function Readers() {
  const { t } = useTranslation('commons');
  return (
    <Group title={t('readers.title')}>
      <ul className={classes.readers}>
        {(['members', 'alumni', 'later'] as const).map((who) => (
          <li key={who}>
            <Icon of={IconCheck} />
            <span>{t(`readers.${who}`)}</span>
          </li>
        ))}
        <li className="t2">
          <Icon of={IconX} />
          <span>{t('readers.not')}</span>
        </li>
      </ul>
    </Group>
  );
}
