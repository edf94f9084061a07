import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationFile } from '../../../../../src/contracts/calls/applications';
import { api } from '../../../api/http';
import { ConfirmDialog } from '../../../ui/confirm';
import { toast } from '../../../ui/toast';
import { filesKey } from '../queries';
import { filePath } from '../work';

interface AddedProps {
  cohortId: string;
  callId: string;
  file: ApplicationFile;
  onRemoved: () => void;
}

/** Who of the team added the file, and the way to take it away again while nobody has opened its link. */
export function Added({ cohortId, callId, file, onRemoved }: AddedProps) {
  const { t } = useTranslation('calls');
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { added, canEdit, email } = file;
  if (!added) return null;
  const remove = async () => {
    await api.delete(filePath(cohortId, callId, file.id));
    toast(t('adding.removed'));
    onRemoved();
    await client.invalidateQueries({
      queryKey: filesKey(cohortId, callId),
      predicate: ({ queryKey }) => !queryKey.includes('one') && !queryKey.includes('messages'),
    });
  };
  return (
    <div className="mt16">
      <p className="t2">{added.by ? t('adding.by', { name: added.by.name }) : t('adding.bySomebody')}</p>
      {!added.isOpened && (
        <>
          <p className="t2">{t('adding.unread', { email })}</p>
          {canEdit && (
            <Button className="mt8" size="sm" onClick={() => setAsking(true)}>
              {t('adding.remove')}
            </Button>
          )}
          <ConfirmDialog
            opened={isAsking}
            onClose={() => setAsking(false)}
            title={t('adding.removeAsk')}
            act={t('adding.remove')}
            danger
            ns="calls"
            onConfirm={remove}
          >
            {t('adding.removeFollows', { email })}
          </ConfirmDialog>
        </>
      )}
    </div>
  );
}
