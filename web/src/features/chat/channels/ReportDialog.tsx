import { Radio, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../../src/contracts/chat/chat';
import type { ReportReason, ReportReceipt } from '../../../../../src/contracts/chat/reports';
import { api } from '../../../api/http';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useSubmit } from '../../../ui/forms/form';
import { toast } from '../../../ui/toast';

const REASONS: ReportReason[] = ['harassment', 'hate', 'private', 'spam', 'other'];

/** Hands a message over to staff; says before what they will see. */
export function ReportDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const form = useForm({ initialValues: { reason: '', note: '' } });
  const sending = useSubmit(
    form,
    async (values) => {
      const { outcome } = await api.post<ReportReceipt>(
        `/channels/${message.channelId}/messages/${message.id}/report`,
        values,
      );
      toast(t(outcome === 'dismissed' ? 'report.decided' : 'report.done'));
      onClose();
    },
    'chat',
  );
  return (
    <FormDialog
      title={t('report.title')}
      act={t('report.act')}
      isReady={form.values.reason !== ''}
      ns="chat"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('report.what')}</p>
      <Radio.Group label={t('report.reason')} {...form.getInputProps('reason')}>
        <div className="stackv g12 mt8">
          {REASONS.map((reason, index) => (
            <Radio
              key={reason}
              value={reason}
              label={t(`report.reasons.${reason}`)}
              data-autofocus={index === 0 || undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={t('report.note')}
        description={t('report.noteHelp')}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
        {...form.getInputProps('note')}
      />
    </FormDialog>
  );
}
