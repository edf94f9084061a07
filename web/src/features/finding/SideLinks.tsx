import { Button } from '@mantine/core';
import { IconRss } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import { Part } from '../../ui/forms/Part';
import { FeedsDialog } from './lazy';

/** Beside the list of topics: feeds of it. */
export function SideLinks({ cohortId, tags }: { cohortId: string; tags: readonly string[] }) {
  const { t } = useTranslation('forum');
  const [isOpen, setOpen] = useState(false);
  return (
    <p className="row wrap g4 mt16">
      <Button size="sm" leftSection={<Icon of={IconRss} size={16} />} onClick={() => setOpen(true)}>
        {t('feeds')}
      </Button>
      <Part lost="over">
        {isOpen && <FeedsDialog cohortId={cohortId} tags={tags} onClose={() => setOpen(false)} />}
      </Part>
    </p>
  );
}
