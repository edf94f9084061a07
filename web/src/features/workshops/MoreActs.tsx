import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconTemplate, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { useMembership } from '../../api/session';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';

const DuplicateDialog = lazyPart(() => import('./programme/DuplicateDialog'));
const PublicPageDialog = lazyPart(() => import('../guests/PublicPageDialog'));
const SaveTemplateDialog = lazyPart(() => import('./form/SaveTemplateDialog'));

/** What is done with a workshop less often. */
export default function MoreActs({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const isStaff = useMembership()?.role === 'staff';
  const [open, setOpen] = useState<'duplicate' | 'template' | 'page' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" variant="default" aria-label={t('more')}>
            <Icon of={IconDots} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon of={IconCopy} size={16} />} onClick={() => setOpen('duplicate')}>
            {t('duplicate.act')}
          </Menu.Item>
          {workshop.abilities.setPublicPage && (
            <Menu.Item leftSection={<Icon of={IconWorld} size={16} />} onClick={() => setOpen('page')}>
              {t('publicPage')}
            </Menu.Item>
          )}
          {isStaff && (
            <Menu.Item leftSection={<Icon of={IconTemplate} size={16} />} onClick={() => setOpen('template')}>
              {t('template.act')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Part lost="over">
        {open === 'duplicate' && <DuplicateDialog workshop={workshop} onClose={close} />}
        {open === 'page' && <PublicPageDialog workshop={workshop} onClose={close} />}
        {open === 'template' && <SaveTemplateDialog workshop={workshop} onClose={close} />}
      </Part>
    </>
  );
}
