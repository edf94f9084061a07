import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import type { SessionSeries } from '../../../../../src/contracts/mentoring/session-series';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Notice } from '../../../ui/page/State';
import { Part } from '../../../ui/forms/Part';
import { useFieldText } from '../../../ui/forms/form';
import { coachingKeys, keepSession } from '../queries';
import { useLaterOnes } from '../repeated/queries';

const LaterOnes = lazyPart(() => import('../repeated/LaterOnes'));

const MAX_REASON = 500;

interface CancelDialogProps {
  session: MentoringSession;
  opened: boolean;
  onClose: () => void;
}

/** Calls it off with a reason; of a series with all later ones, where one says so. */
export function CancelDialog({ session, opened, onClose }: CancelDialogProps) {
  const { t } = useTranslation('coaching');
  const fieldText = useFieldText('coaching');
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [withLater, setWithLater] = useState(false);
  const { cohortId, id, revision, series } = session;
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const there = useLaterOnes(session, opened);
  const later = withLater ? there : [];
  const isLate = ({ cancelLateFrom }: MentoringSession) => cancelLateFrom !== null && now > Date.parse(cancelLateFrom);
  const late = isLate(session);
  const cancelOne = async () =>
    await api.post<MentoringSession>(`/cohorts/${cohortId}/sessions/${id}/cancel`, { reason, revision, late });
  const cancelAll = async (seriesId: string) => {
    const those = [session, ...later];
    const { items } = await api.post<SessionSeries>(`/cohorts/${cohortId}/session-series/${seriesId}/cancel`, {
      ...{ sessions: those.map((one) => ({ id: one.id, revision: one.revision })), reason },
      late: those.some(isLate),
    });
    return items.find((one) => one.id === id) ?? session;
  };
  const cancel = async () => {
    try {
      keepSession(client, series && later.length > 0 ? await cancelAll(series.id) : await cancelOne());
    } catch (error) {
      const field = isProblem(error, 'invalid') ? error.errors[0] : undefined;
      if (field) setWrong(fieldText(field.code, field.params));
      else void client.invalidateQueries({ queryKey: coachingKeys.all(cohortId) });
      throw error;
    }
  };
  const act = later.length > 0 ? t('repeat.cancelAll', { count: later.length + 1 }) : t('cancel.act');
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('cancel.ask')}
      act={late && later.length === 0 ? t('link.cancelLate') : act}
      keep={t('cancel.keep')}
      ns="coaching"
      onConfirm={cancel}
    >
      <p>{t('cancel.then')}</p>
      {late && (
        <div className="mt8">
          <Notice tone="wait">{t('cancel.late')}</Notice>
        </div>
      )}
      {session.cancelLateFrom !== null && !late && (
        <p className="t2 mt8">{t('cancel.before', { at: formatAbsolute(session.cancelLateFrom, zone, locale) })}</p>
      )}
      {there.length > 0 && (
        <Part lost="nothing">
          <LaterOnes later={there} isChosen={withLater} onChoose={setWithLater} />
        </Part>
      )}
      <Textarea
        mt="md"
        label={t('cancel.reason')}
        required
        withAsterisk={false}
        autosize
        minRows={2}
        maxLength={MAX_REASON}
        value={reason}
        error={wrong}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setWrong(null);
        }}
      />
    </ConfirmDialog>
  );
}
