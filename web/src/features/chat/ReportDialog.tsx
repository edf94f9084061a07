import { Button, Modal, Radio, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../src/contracts/chat';
import type { ReportReason, ReportReceipt } from '../../../../src/contracts/reports';
import { api } from '../../api/http';
import { useFocusBack } from '../../ui/focus';
import { useSubmit } from '../../ui/form';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { toast } from '../../ui/toast';

const REASONS: ReportReason[] = ['harassment', 'hate', 'private', 'spam', 'other'];

/** Hands a message over to staff; says before what they will see. */
export function ReportDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('chat');
  useFocusBack();
  const form = useForm({ initialValues: { reason: 'harassment', note: '' } });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      await api.post<ReportReceipt>(`/channels/${message.channelId}/messages/${message.id}/report`, values);
      toast(t('report.done'));
      onClose();
    },
    'chat',
  );
  return (
    <Modal opened onClose={onClose} title={t('report.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
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
        <ProblemAlert error={problem} ns="chat" />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t('report.act')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
