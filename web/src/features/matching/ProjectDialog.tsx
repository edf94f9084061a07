import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ProjectPlace } from '../../../../src/contracts/cohorts/places';
import type { AcceptedProposal } from '../../../../src/contracts/selection/proposals';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { PlacesFields } from './PlacesFields';

interface Values extends Record<string, unknown> {
  name: string;
  agency: string;
  summary: string;
  places: ProjectPlace[];
}

interface ProjectDialogProps {
  /** A proposal before it is made a project. */
  project?: Pick<AcceptedProposal, 'name' | 'agency' | 'summary' | 'places'>;
  /** A project whose places alone are changed. */
  places?: { name: string; places: ProjectPlace[] };
  onSave: (values: Values) => Promise<void> | void;
  onClose: () => void;
}

/** What a proposal becomes as a project, or the places of one that is there. */
export default function ProjectDialog({ project, places, onSave, onClose }: ProjectDialogProps) {
  const { t } = useTranslation('matching');
  const fieldText = useFieldText('matching');
  const required = (value: string) => (project && value.trim() === '' ? fieldText('required') : null);
  const form = useForm<Values>({
    initialValues: {
      ...{ name: project?.name ?? '', agency: project?.agency ?? '', summary: project?.summary ?? '' },
      places: [...(project?.places ?? places?.places ?? [])],
    },
    validate: {
      ...{ name: required, agency: required },
      places: (value) => (project && value.length === 0 ? t('places.atLeastOne') : null),
    },
  });
  const sending = useSubmit(form, async (values) => onSave(values), 'matching');
  return (
    <FormDialog
      title={project ? t('proposals.changeTitle') : t('projects.changeTitle', { name: places?.name })}
      act={t('save')}
      ns="matching"
      onClose={onClose}
      {...sending}
    >
      {project && (
        <>
          <TextInput label={t('proposals.name')} maxLength={80} {...form.getInputProps('name')} />
          <TextInput label={t('proposals.agency')} maxLength={120} {...form.getInputProps('agency')} />
          <Textarea
            label={t('proposals.summary')}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={2000}
            {...form.getInputProps('summary')}
          />
        </>
      )}
      <PlacesFields
        places={form.values.places}
        error={typeof form.errors.places === 'string' ? form.errors.places : null}
        onChange={(next) => form.setFieldValue('places', next)}
      />
    </FormDialog>
  );
}
