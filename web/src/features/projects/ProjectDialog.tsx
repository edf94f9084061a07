import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { isProblem } from '../../api/problem';
import { useFocusBack } from '../../ui/page/focus';
import { useSubmit } from '../../ui/forms/form';
import { PeoplePicker } from '../../ui/people/PeoplePicker';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { type Team, atPickers, chosenOf, teamOf } from './team';

interface ProjectDialogProps {
  cohortId: string;
  /** Absent for a new one. */
  project?: Project;
  onClose: () => void;
}

interface Values extends Record<string, unknown>, Team {
  name: string;
  agency: string;
  summary: string;
}

/** Makes or changes a project; its own people see the challenge only. */
export default function ProjectDialog({ cohortId, project, onClose }: ProjectDialogProps) {
  const { t } = useTranslation('projects');
  useFocusBack();
  const client = useQueryClient();
  const navigate = useNavigate();
  const all = project === undefined || project.abilities.edit;
  const form = useForm<Values>({ initialValues: valuesOf(project) });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      const path = `/cohorts/${cohortId}/projects`;
      const body = all ? bodyOf(values) : { summary: values.summary };
      const saving = project ? api.patch<Project>(`${path}/${project.id}`, body) : api.post<Project>(path, body);
      const saved = await saving.catch((error: unknown) => {
        if (!isProblem(error)) throw error;
        throw atPickers(error, values);
      });
      await client.invalidateQueries({ queryKey: keys.cohort(cohortId) });
      onClose();
      if (!project) {
        await navigate({ to: '/c/$cohortId/projects/$projectId', params: { cohortId, projectId: saved.id } });
      }
    },
    'projects',
  );
  const picker = { cohortId, clearable: true, withInvited: all } as const;

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(project ? 'editTitle' : 'newTitle', { name: project?.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
        {all && (
          <>
            <TextInput label={t('form.name')} {...form.getInputProps('name')} />
            <TextInput label={t('form.agency')} {...form.getInputProps('agency')} />
          </>
        )}
        <Textarea
          label={t('challenge')}
          description={t('form.summaryHelp')}
          autosize
          minRows={3}
          maxRows={12}
          {...form.getInputProps('summary')}
        />
        {all && (
          <>
            <PeoplePicker
              {...picker}
              label={t('form.fellows')}
              role="fellow"
              maxValues={6}
              chosen={chosenOf(project, 'fellow')}
              {...form.getInputProps('fellowIds')}
            />
            <PeoplePicker
              {...picker}
              label={t('form.hosts')}
              role="host"
              maxValues={10}
              chosen={chosenOf(project, 'host')}
              {...form.getInputProps('hostIds')}
            />
            <PeoplePicker
              {...picker}
              label={t('form.coach')}
              role="coach"
              maxValues={1}
              chosen={chosenOf(project, 'coach')}
              {...form.getInputProps('coachIds')}
            />
          </>
        )}
        <ProblemAlert error={problem} ns="projects" />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t(project ? 'common:save' : 'form.create')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function valuesOf(project?: Project): Values {
  return {
    name: project?.name ?? '',
    agency: project?.agency ?? '',
    summary: project?.summary ?? '',
    fellowIds: chosenOf(project, 'fellow').map(({ id }) => id),
    hostIds: chosenOf(project, 'host').map(({ id }) => id),
    coachIds: chosenOf(project, 'coach').map(({ id }) => id),
  };
}

const bodyOf = ({ name, agency, summary, ...team }: Values) => ({ name, agency, summary, ...teamOf(team) });
