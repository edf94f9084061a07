import { Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { useLocale } from '../../../time/clock';
import { useSubmit } from '../../../ui/forms/form';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { askHandbookAgain, pathOf } from '../handbook';
import { placesFor } from '../places';
import { byParent, titleIn, withBelow } from '../shown';

interface MoveDialogProps {
  cohortId: string;
  page: HandbookPage;
  handbook: Handbook;
  onClose: () => void;
}

/** Below which page it stands, and before which; those below it go along. */
export default function MoveDialog({ cohortId, page, handbook, onClose }: MoveDialogProps) {
  const { t } = useTranslation('handbook');
  const client = useQueryClient();
  const locale = useLocale();
  const { items } = handbook;
  const siblingsOf = (parentId: string) =>
    (byParent(items).get(parentId === '' ? null : parentId) ?? []).filter(({ id }) => id !== page.id);
  const own = items.filter(({ parentId }) => parentId === page.parentId);
  const next = own[own.findIndex(({ id }) => id === page.id) + 1]?.id ?? '';
  const form = useForm({ initialValues: { parentId: page.parentId ?? '', before: next } });
  const sending = useSubmit(
    form,
    async ({ parentId, before }) => {
      const place = { parentId: parentId === '' ? null : parentId, before: before === '' ? null : before };
      await api.put<Handbook>(`${pathOf(cohortId, page.id)}/place`, place);
      askHandbookAgain(client, { cohortId });
      onClose();
    },
    'handbook',
  );
  return (
    <FormDialog {...sending} title={t('place.title')} act={t('place.act')} ns="handbook" onClose={onClose}>
      <Select
        label={t('place.under')}
        data={[{ value: '', label: t('place.top') }, ...placesFor(items, locale, withBelow(items, page.id))]}
        allowDeselect={false}
        searchable
        {...form.getInputProps('parentId')}
        onChange={(value: string | null) => form.setValues({ parentId: value ?? '', before: '' })}
      />
      <Select
        label={t('place.before')}
        data={[
          ...siblingsOf(form.values.parentId).map((one) => ({ value: one.id, label: titleIn(one, locale).text })),
          { value: '', label: t('place.last') },
        ]}
        allowDeselect={false}
        {...form.getInputProps('before')}
      />
    </FormDialog>
  );
}
