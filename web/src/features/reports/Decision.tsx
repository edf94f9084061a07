import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloseReport, Report } from '../../../../src/contracts/chat/reports';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { ConfirmDialog } from '../../ui/confirm';

interface DecisionProps {
  report: Report;
  cohortId: string;
  act: CloseReport['act'] | null;
  onClose: () => void;
}

/** Asks before it is decided, once and for all; the answer goes to who reported. */
export function Decision({ report, cohortId, act, onClose }: DecisionProps) {
  const { t } = useTranslation('reports');
  const client = useQueryClient();
  const [answer, setAnswer] = useState('');
  const [isStale, setStale] = useState(false);
  // While the dialog closes, it still says what it said.
  const [last, setLast] = useState<CloseReport['act']>('dismiss');
  if (act && act !== last) setLast(act);
  const lookAgain = () => client.invalidateQueries({ queryKey: keys.in(cohortId, 'reports') });
  const decide = async () => {
    try {
      await api.post<Report>(`/cohorts/${cohortId}/reports/${report.id}/close`, { act: last, answer });
    } catch (error) {
      if (error instanceof Problem && error.code === 'stale') setStale(true);
      throw error;
    }
    await lookAgain();
  };
  const close = () => {
    onClose();
    // Somebody else was faster: what they decided is shown now.
    if (isStale) void lookAgain();
  };
  return (
    <ConfirmDialog
      opened={act !== null}
      onClose={close}
      title={t(`${last}.title`, { name: report.author?.name ?? t('outside') })}
      act={t(`${last}.act`)}
      keep={t('common:cancel')}
      danger={last === 'remove'}
      ns="reports"
      onConfirm={decide}
    >
      {t(`${last}.body`)}
      <Textarea
        className="mt16"
        label={t('answer.label')}
        description={t('answer.help')}
        maxLength={500}
        autosize
        minRows={2}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
