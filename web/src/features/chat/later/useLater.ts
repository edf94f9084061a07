import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../../../src/contracts/files';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem, toastUndo } from '../../../ui/toast';
import { cancelScheduled, planId, scheduleMessage } from './scheduled';

/** Plans a message to a channel, or to a thread in it, and says when it goes out. A second try after a cut line plans it once. */
export function useLater(channelId: string, threadId: string | null) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const [zone, locale] = [useZone(), useLocale()];
  const tried = useRef({ key: '', clientId: '' });
  return async (body: string, attachments: readonly Attachment[], dueAt: string): Promise<void> => {
    const key = JSON.stringify([body, attachments.map(({ id }) => id)]);
    if (tried.current.key !== key) tried.current = { key, clientId: planId() };
    const { clientId } = tried.current;
    const files = attachments.map(({ id, alt }) => ({ fileId: id, alt }));
    const planned = await scheduleMessage(channelId, {
      ...{ clientId, body, dueAt, attachments: files },
      ...(threadId !== null && { threadId }),
    });
    tried.current = { key: '', clientId: '' };
    toastUndo(t('later.planned', { when: formatAbsolute(planned.dueAt, zone, locale) }), () => {
      cancelScheduled(planned.id).catch((error: unknown) => toastProblem(text(error)));
    });
  };
}
