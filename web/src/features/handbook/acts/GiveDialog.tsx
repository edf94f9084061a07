import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { useSubmit } from '../../../ui/forms/form';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { PersonSelect } from '../../../ui/people/PersonSelect';
import { keepPage, pathOf } from '../handbook';

/** Who keeps a page from now on. */
export default function GiveDialog({
  cohortId,
  page,
  onClose,
}: {
  cohortId: string;
  page: HandbookPage;
  onClose: () => void;
}) {
  const { t } = useTranslation('handbook');
  const client = useQueryClient();
  const form = useForm<{ userId: string | null }>({ initialValues: { userId: null } });
  const sending = useSubmit(
    form,
    async ({ userId }) => {
      keepPage(client, cohortId, await api.put<HandbookPage>(`${pathOf(cohortId, page.id)}/owner`, { userId }));
      onClose();
    },
    'handbook',
  );
  return (
    <FormDialog
      {...sending}
      title={t('give.title')}
      act={t('give.act')}
      ns="handbook"
      isReady={form.values.userId !== null}
      onClose={onClose}
    >
      <PersonSelect
        cohortId={cohortId}
        label={t('give.who')}
        description={t('give.help')}
        without={page.owner ? [page.owner.id] : []}
        {...form.getInputProps('userId')}
      />
    </FormDialog>
  );
}
