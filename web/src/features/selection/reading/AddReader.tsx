import { NativeSelect } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { StaffReviews } from '../../../../../src/contracts/selection/assignment';
import type { Juror } from '../../../../../src/contracts/selection/jurors';
import type { Step } from '../../../../../src/contracts/selection/steps';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useSubmit } from '../../../ui/forms/form';
import { type OfCall, useReadingActs } from '../queries';

interface AddReaderProps {
  of: OfCall;
  step: Step;
  file: StaffReviews['files'][number];
  jurors: readonly Juror[];
  onClose: () => void;
}

/** One more juror for a file: whoever has least to read and may, or somebody in particular. */
export default function AddReader({ of, step, file, jurors, onClose }: AddReaderProps) {
  const { t } = useTranslation('selection');
  const { add } = useReadingActs(of);
  const form = useForm({ initialValues: { jurorId: '' } });
  const sending = useSubmit(
    form,
    async ({ jurorId }) => {
      await add({ stepId: step.id, applicationId: file.applicationId, ...(jurorId && { jurorId }) });
      onClose();
    },
    'selection',
  );
  const others = jurors.filter(
    ({ id, state }) => state !== 'left' && !file.reviews.some(({ jurorId }) => jurorId === id),
  );
  return (
    <FormDialog
      title={t('reading.addTitle', { number: file.number })}
      act={t('reading.add')}
      ns="selection"
      onClose={onClose}
      {...sending}
    >
      <NativeSelect
        label={t('reading.who')}
        description={t('reading.byHand')}
        {...form.getInputProps('jurorId')}
        data={[
          { value: '', label: t('reading.least') },
          ...others.map(({ id, name, load }) => ({
            value: id,
            label: t('reading.withLoad', { name, files: load.asked }),
          })),
        ]}
      />
    </FormDialog>
  );
}
