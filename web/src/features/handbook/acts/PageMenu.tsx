import { ActionIcon, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { useMe } from '../../../api/session';
import { ConfirmDialog } from '../../../ui/confirm';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { toast } from '../../../ui/toast';
import { askHandbookAgain, pathOf } from '../handbook';
import { isCommons, toNew, toStart } from '../where';
import type { PageActs } from '../reading/usePageActs';

const MoveDialog = lazyPart(() => import('./MoveDialog'));
const GiveDialog = lazyPart(() => import('./GiveDialog'));

interface PageMenuProps {
  cohortId: string;
  page: HandbookPage;
  title: string;
  handbook: Handbook;
  acts: PageActs;
}

/** What else is done with a page. */
export function PageMenu({ cohortId, page, title, handbook, acts }: PageMenuProps) {
  const { t } = useTranslation('handbook');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'move' | 'give' | 'delete' | null>(null);
  const me = useMe();
  const { abilities } = page;
  const close = () => setAsking(null);
  const remove = async () => {
    await api.delete(pathOf(cohortId, page.id));
    toast(t('delete.done', { title }));
    await navigate(toStart(cohortId));
    askHandbookAgain(client, { cohortId });
  };
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('menu')}>
            <Icon of={IconDots} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {handbook.abilities.write && (
            <Menu.Item onClick={() => void navigate({ ...toNew(cohortId), search: { under: page.id } as never })}>
              {t('new.under')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => window.print()}>{t('print')}</Menu.Item>
          {abilities.move && <Menu.Item onClick={() => setAsking('move')}>{t('place.title')}</Menu.Item>}
          {abilities.move && abilities.give && !isCommons(cohortId) && (
            <Menu.Item onClick={() => setAsking('give')}>{t('give.title')}</Menu.Item>
          )}
          {abilities.give && isCommons(cohortId) && page.owner && page.owner.id !== me.id && (
            <Menu.Item onClick={acts.take}>{t('commons.take')}</Menu.Item>
          )}
          {abilities.open && (
            <Menu.Item
              onClick={() =>
                void navigate({
                  ...{ to: '/c/$cohortId/handbook/$pageId/commons', params: { cohortId, pageId: page.id } },
                })
              }
            >
              {t('opening.title')}
            </Menu.Item>
          )}
          {abilities.lock && <Menu.Item onClick={acts.lock}>{t(page.locked ? 'unlock' : 'lock')}</Menu.Item>}
          {abilities.delete && <Menu.Item onClick={() => setAsking('delete')}>{t('delete.act')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Part lost="over">
        {asking === 'move' && <MoveDialog cohortId={cohortId} page={page} handbook={handbook} onClose={close} />}
        {asking === 'give' && <GiveDialog cohortId={cohortId} page={page} onClose={close} />}
      </Part>
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={close}
        title={t('delete.title', { title })}
        act={t('delete.act')}
        keep={t('delete.keep')}
        danger
        ns="handbook"
        onConfirm={remove}
      >
        {t('delete.body')}
      </ConfirmDialog>
    </>
  );
}
