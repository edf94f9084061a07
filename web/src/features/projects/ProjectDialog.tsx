import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../../../src/contracts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useFocusBack } from '../../ui/focus';
import { useSubmit } from '../../ui/form';
import { PeoplePicker } from '../../ui/PeoplePicker';
import { ProblemAlert } from '../../ui/ProblemAlert';

interface ProjectDialogProps {
  cohortId: string;
  /** Absent for a new one. */
  project?: Project;
  onClose: () => void;
}

interface Values extends Record<string, unknown> {
  name: string;
  agency: string;
  summary: string;
  fellowIds: string[];
  hostIds: string[];
  coachIds: string[];
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
      const saved = project
        ? await api.patch<Project>(`${path}/${project.id}`, body)
        : await api.post<Project>(path, body);
      await client.invalidateQueries({ queryKey: keys.cohort(cohortId) });
      onClose();
      if (!project) {
        await navigate({ to: '/c/$cohortId/projects/$projectId', params: { cohortId, projectId: saved.id } });
      }
    },
    'projects',
  );
  const picker = { cohortId, clearable: true } as const;

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
              chosen={project?.fellows}
              {...form.getInputProps('fellowIds')}
              error={firstError(form.errors, 'fellowIds')}
            />
            <PeoplePicker
              {...picker}
              label={t('form.hosts')}
              role="host"
              maxValues={10}
              chosen={project?.hosts}
              {...form.getInputProps('hostIds')}
              error={firstError(form.errors, 'hostIds')}
            />
            <PeoplePicker
              {...picker}
              label={t('form.coach')}
              role="coach"
              maxValues={1}
              chosen={project?.coach ? [project.coach] : []}
              {...form.getInputProps('coachIds')}
              error={form.errors.coachId}
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
    fellowIds: project?.fellows.map(({ id }) => id) ?? [],
    hostIds: project?.hosts.map(({ id }) => id) ?? [],
    coachIds: project?.coach ? [project.coach.id] : [],
  };
}

const bodyOf = ({ coachIds, ...values }: Values) => ({ ...values, coachId: coachIds[0] ?? null });

/** The server names the person (`fellowIds.2`), the picker shows one sentence. */
function firstError(errors: Record<string, unknown>, field: string) {
  const key = Object.keys(errors).find((one) => one === field || one.startsWith(`${field}.`));
  return key === undefined ? undefined : String(errors[key]);
}
