import { ActionIcon, Drawer } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconSettings, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session';
import { Avatar } from '../../ui/people/Avatar';
import { useFocusBack } from '../../ui/page/focus';
import { Icon } from '../../ui/Icon';
import CohortSwitcher from './CohortSwitcher';
import classes from './Rail.module.css';
import { RailBody } from './Rail';

/** The rail on a phone. Closes by its cross, the scrim, Esc, and by going somewhere. */
export default function MenuDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack(opened);
  const me = useMe();
  return (
    <Drawer.Root opened={opened} onClose={onClose} size={312}>
      <Drawer.Overlay />
      <Drawer.Content className={classes.drawer} aria-label={t('nav.menu')}>
        <Drawer.Body className={classes.sheet}>
          <div className={classes.head}>
            <CohortSwitcher />
            <ActionIcon size="lg" aria-label={t('nav.closeMenu')} onClick={onClose} data-autofocus>
              <Icon of={IconX} size={20} />
            </ActionIcon>
          </div>
          <RailBody onGo={onClose} />
          <div className={classes.foot}>
            <Link to="/settings/$section" params={{ section: 'profile' }} className={classes.nav} onClick={onClose}>
              <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={24} />
              <span className="grow cut">{me.name}</span>
            </Link>
            <Link
              to="/settings/$section"
              params={{ section: 'notifications' }}
              className={classes.nav}
              onClick={onClose}
            >
              <Icon of={IconSettings} />
              <span>{t('nav.settings')}</span>
            </Link>
          </div>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
