import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MessageEdits } from '../../../../src/contracts/chat/reports';
import { api } from '../../api/http';
import { useFocusBack } from '../../ui/page/focus';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { When } from '../../ui/times/When';
import classes from './reports.module.css';

interface EditsDialogProps {
  channelId: string;
  messageId: string;
  onClose: () => void;
}

/** What a message said before its changes, the latest first. */
export function EditsDialog({ channelId, messageId, onClose }: EditsDialogProps) {
  const { t } = useTranslation('reports');
  useFocusBack();
  const query = useQuery({
    queryKey: ['edits', messageId],
    queryFn: ({ signal }) => api.get<MessageEdits>(`/channels/${channelId}/messages/${messageId}/edits`, { signal }),
    staleTime: 0,
  });
  return (
    <Modal opened onClose={onClose} title={t('edits.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <p className="t2 mt8">{t('edits.lead')}</p>
      <QueryBoundary query={query} loading={<RowSkeleton rows={2} />}>
        {({ items }) => (
          <ol className={`mt16 ${classes.edits}`}>
            {items.length === 0 && <li className="t2">{t('edits.none')}</li>}
            {items.map(({ body, writtenAt, replacedAt }) => (
              <li key={replacedAt + writtenAt}>
                <p className={classes.text}>{body || t('noText')}</p>
                <p className="t3 xs mt4">
                  {t('edits.written')} <When at={writtenAt} />, {t('edits.replaced')} <When at={replacedAt} />
                </p>
              </li>
            ))}
          </ol>
        )}
      </QueryBoundary>
    </Modal>
  );
}
