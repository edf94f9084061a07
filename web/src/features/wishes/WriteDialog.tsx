import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Wish, WishSide } from '../../../../src/contracts/workshops/wishes';
import { api } from '../../api/http';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { toast } from '../../ui/toast';
import { lookAgain, useSay, useSimilar } from './queries';

interface Written {
  side: WishSide;
  subject: string;
  text: string;
  [field: string]: unknown;
}

/** A new subject; what is similar stands below while it is typed. */
export default function WriteDialog({ cohortId, onClose }: { cohortId: string; onClose: () => void }) {
  const { t } = useTranslation('wishes');
  const client = useQueryClient();
  const form = useForm<Written>({ initialValues: { side: 'want', subject: '', text: '' } });
  const similar = useSimilar(cohortId, form.values.subject).data ?? [];
  const sending = useSubmit(
    form,
    async (values) => {
      await api.post<Wish>(`/cohorts/${cohortId}/wishes`, values);
      lookAgain(client, cohortId);
      toast(t('write.done'));
      onClose();
    },
    'wishes',
  );
  return (
    <FormDialog title={t('write.title')} act={t('write.send')} ns="wishes" onClose={onClose} {...sending}>
      <SegmentedControl
        aria-label={t('write.side')}
        data={(['want', 'give'] as const).map((value) => ({ value, label: t(`write.${value}`) }))}
        {...form.getInputProps('side')}
      />
      <TextInput label={t('write.subject')} maxLength={120} data-autofocus {...form.getInputProps('subject')} />
      {similar.length > 0 && (
        <div role="status" className="stackv g4">
          <p className="t2">{t('write.similar')}</p>
          <ul className="stackv g4">
            {similar.map((wish) => (
              <Similar key={wish.id} wish={wish} onSaid={onClose} />
            ))}
          </ul>
        </div>
      )}
      <Textarea
        label={t('write.text')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={400}
        {...form.getInputProps('text')}
      />
    </FormDialog>
  );
}

function Similar({ wish, onSaid }: { wish: Wish; onSaid: () => void }) {
  const { t } = useTranslation('wishes');
  const say = useSay(wish);
  return (
    <li className="row">
      <span className="grow">
        {wish.subject} <span className="t3">{t('counts', { wants: wish.wants, gives: wish.gives })}</span>
      </span>
      {wish.abilities.want && !wish.mine.includes('want') && (
        <Button variant="subtle" loading={say.isPending} onClick={() => say.mutate('want', { onSuccess: onSaid })}>
          {t('say.want')}
        </Button>
      )}
    </li>
  );
}
