import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../../src/contracts/chat/chat';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem, toastUndo } from '../../../ui/toast';
import LaterDialog from './LaterDialog';
import { cancelScheduled, planId, scheduleNote } from './scheduled';

/** Asks when I want to come back to a message, and plans that I am reminded of it. A second try after a cut line plans it once. */
export function RemindDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const [zone, locale] = [useZone(), useLocale()];
  const [clientId] = useState(planId);
  const remind = async (dueAt: string) => {
    const planned = await scheduleNote({ clientId, messageId: message.id, dueAt });
    toastUndo(t('later.reminded', { when: formatAbsolute(planned.dueAt, zone, locale) }), () => {
      cancelScheduled(planned.id).catch((error: unknown) => toastProblem(text(error)));
    });
  };
  return <LaterDialog title={t('later.remindTitle')} act={t('later.remind')} quick onDone={remind} onClose={onClose} />;
}
