import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../src/contracts/primitives';
import { useCohort, useMembership } from '../../api/session';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';

const GoalDialog = lazyPart(() => import('./GoalDialog'));

/** For the two who can: a fellow, and a coach. */
export function SetButton({
  cohortId,
  other,
  quiet = false,
}: {
  cohortId: string;
  other?: Person | undefined;
  quiet?: boolean;
}) {
  const { t } = useTranslation('goals');
  const [asking, setAsking] = useState(false);
  const role = useMembership()?.role;
  const isClosed = useCohort()?.state === 'closed';
  if (isClosed || (role !== 'fellow' && role !== 'coach')) return null;
  return (
    <>
      <Button
        variant={quiet ? 'default' : 'filled'}
        {...(quiet && { size: 'sm', mt: 'xs' })}
        leftSection={<Icon of={IconPlus} size={quiet ? 16 : 20} />}
        onClick={() => setAsking(true)}
      >
        {t('set.title')}
      </Button>
      {asking && (
        <Part lost="over">
          <GoalDialog cohortId={cohortId} role={role} other={other} onClose={() => setAsking(false)} />
        </Part>
      )}
    </>
  );
}
