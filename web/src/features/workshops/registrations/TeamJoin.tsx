import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconUsers } from '@tabler/icons-react';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { useMe } from '../../../api/session';
import { useLocale } from '../../../time/clock';
import { ConfirmDialog } from '../../../ui/confirm';
import { Icon } from '../../../ui/Icon';
import { useProjects } from '../../../ui/projects';
import { useRegistration } from './useRegistration';

/** Registers all fellows of my project as one, once it is said who they are and how they wait. */
export default function TeamJoin({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const me = useMe();
  const locale = useLocale();
  const { joinAsTeam } = useRegistration(workshop);
  const [asking, setAsking] = useState(false);
  const mates = useMates(workshop.cohortId, me.id);
  if (mates.length === 0) return null;
  const names = new Intl.ListFormat(locale, { type: 'unit', style: 'long' }).format(mates);
  return (
    <>
      <Button leftSection={<Icon of={IconUsers} />} onClick={() => setAsking(true)}>
        {t('team.act')}
      </Button>
      <ConfirmDialog
        opened={asking}
        danger={false}
        onClose={() => setAsking(false)}
        title={t('team.ask', { title: workshop.title })}
        act={t('team.act')}
        keep={t('team.keep')}
        onConfirm={() => joinAsTeam()}
      >
        <p>{t('team.who', { names })}</p>
        <p className="t2 mt8">{t('team.how')}</p>
      </ConfirmDialog>
    </>
  );
}

/** The names of the other fellows of my project. */
function useMates(cohortId: string, myId: string): string[] {
  const mine = useProjects(cohortId).data?.find(({ fellows }) => fellows.some(({ id }) => id === myId));
  return mine?.fellows.flatMap(({ id, name }) => (id === myId ? [] : [name])) ?? [];
}
