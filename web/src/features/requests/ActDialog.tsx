import { Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HelpRequest } from '../../../../src/contracts/mentoring/requests';
import { api } from '../../api/http';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { toast } from '../../ui/toast';
import { HelperPicker } from './HelperPicker';
import { keepRequest, requestPath } from './queries';
import { useTooLate } from './useTooLate';

/** An act that needs words, or somebody. */
export type Asking = 'tellMore' | 'askBack' | 'passOn' | 'decline';

const HOW = {
  tellMore: { verb: 'tell-more', field: 'text', most: 2000 },
  askBack: { verb: 'ask-back', field: 'text', most: 2000 },
  passOn: { verb: 'pass-on', field: 'text', most: 500 },
  decline: { verb: 'decline', field: 'reason', most: 500 },
} as const;

interface ActDialogProps {
  request: HelpRequest;
  act: Asking;
  onClose: () => void;
}

/** The words of an act, and to whom it is passed. */
export default function ActDialog({ request, act, onClose }: ActDialogProps) {
  const { t } = useTranslation('requests');
  const client = useQueryClient();
  const tooLate = useTooLate(request);
  const { cohortId, id, revision, asker, owner } = request;
  const { verb, field, most } = HOW[act];
  const form = useForm<Record<string, string | null>>({ initialValues: { toId: null, [field]: '' } });
  const sending = useSubmit(
    form,
    async (values) => {
      const body = { revision, [field]: values[field], ...(act === 'passOn' && { toId: values.toId ?? '' }) };
      try {
        keepRequest(client, await api.post<HelpRequest>(`${requestPath(cohortId, id)}/${verb}`, body));
      } catch (error) {
        if (await tooLate(error)) return;
        throw error;
      }
      toast(t(`done.${act}`));
      onClose();
    },
    'requests',
  );
  return (
    <FormDialog title={t(`${act}.title`)} act={t(`${act}.act`)} ns="requests" onClose={onClose} {...sending}>
      <p className="t2">{t(`${act}.then`, { name: asker.name })}</p>
      {act === 'passOn' && (
        <HelperPicker
          cohortId={cohortId}
          without={[asker.id, ...(owner ? [owner.id] : [])]}
          label={t('passOn.to')}
          data-autofocus
          {...form.getInputProps('toId')}
        />
      )}
      <Textarea
        label={t(`${act}.words`)}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={most}
        data-autofocus={act !== 'passOn' || undefined}
        {...form.getInputProps(field)}
      />
    </FormDialog>
  );
}
