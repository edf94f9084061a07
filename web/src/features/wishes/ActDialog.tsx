import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Wish } from '../../../../src/contracts/workshops/wishes';
import { api } from '../../api/http';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { toast } from '../../ui/toast';
import { lookAgain, useWishes, wishPath } from './queries';

export type Act = 'edit' | 'close' | 'merge' | 'drop' | 'reopen';

interface ActDialogProps {
  wish: Wish;
  act: Act;
  onClose: () => void;
}

/** Changes a subject, or ends it. */
export default function ActDialog({ wish, act, onClose }: ActDialogProps) {
  const { t } = useTranslation('wishes');
  const client = useQueryClient();
  const form = useForm<Record<string, string>>({
    initialValues: { subject: wish.subject, text: wish.text, reason: '', intoId: '' },
  });
  const path = wishPath(wish);
  const send: Record<Act, (values: Record<string, string>) => Promise<unknown>> = {
    edit: ({ subject, text }) => api.patch(path, { subject, text, revision: wish.revision }),
    close: ({ reason }) => api.post(`${path}/close`, { reason }),
    merge: ({ intoId }) => api.post(`${path}/merge`, { intoId }),
    reopen: () => api.post(`${path}/reopen`),
    drop: () => api.delete(path),
  };
  const sending = useSubmit(
    form,
    async (values) => {
      await send[act](values);
      lookAgain(client, wish.cohortId);
      toast(t(`${act}.done`));
      onClose();
    },
    'wishes',
  );
  return (
    <FormDialog
      title={t(`${act}.title`, { subject: wish.subject })}
      act={t(`${act}.act`)}
      ns="wishes"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t(`${act}.then`)}</p>
      {act === 'edit' && (
        <>
          <TextInput label={t('write.subject')} maxLength={120} data-autofocus {...form.getInputProps('subject')} />
          <Textarea label={t('write.text')} autosize minRows={2} maxLength={400} {...form.getInputProps('text')} />
        </>
      )}
      {act === 'close' && (
        <TextInput label={t('close.reason')} maxLength={300} data-autofocus {...form.getInputProps('reason')} />
      )}
      {act === 'merge' && <Into wish={wish} {...form.getInputProps('intoId')} />}
    </FormDialog>
  );
}

/** The other open subjects. */
function Into({ wish, ...field }: { wish: Wish }) {
  const { t } = useTranslation('wishes');
  const wishes = useWishes(wish.cohortId, 'demand', 'open').data?.pages.flatMap((page) => page.items) ?? [];
  const others = wishes.filter(({ id }) => id !== wish.id).map(({ id, subject }) => ({ value: id, label: subject }));
  return (
    <NativeSelect label={t('merge.into')} data={[{ value: '', label: t('merge.choose') }, ...others]} {...field} />
  );
}
