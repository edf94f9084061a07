import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type ComponentPropsWithRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import type { Ask } from './asks';

const TopicDialog = lazyPart(() => import('./TopicDialog'));
const OpenMenu = lazyPart(() => import('./OpenMenu'));

/** What may be done with the topic itself, and what was. The menu behind the dots comes when it is asked for. */
export function TopicMenu({ topic }: { topic: Topic }) {
  const [isOpen, setOpen] = useState(false);
  const [asking, setAsking] = useState<Ask | null>(null);
  return (
    <>
      <Part lost="over" fallback={<MenuButton />}>
        {isOpen ? (
          <OpenMenu topic={topic} onAsk={setAsking} onClose={() => setOpen(false)} />
        ) : (
          <MenuButton onClick={() => setOpen(true)} />
        )}
      </Part>
      {asking && (
        <Part lost="over">
          <TopicDialog topic={topic} ask={asking} onClose={() => setAsking(null)} />
        </Part>
      )}
    </>
  );
}

export function MenuButton(props: ActionIconProps & ComponentPropsWithRef<'button'>) {
  const { t } = useTranslation('forum');
  return (
    <ActionIcon size="lg" aria-label={t('moderation.menu')} aria-haspopup="menu" {...props}>
      <Icon of={IconDots} />
    </ActionIcon>
  );
}
