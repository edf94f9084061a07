import { Button, Modal, NativeSelect } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Member } from '../../api/types';
import { useFocusBack } from '../../ui/page/focus';
import { useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { useProjects } from '../../ui/projects';
import RemoveDialog from './RemoveDialog';
import { SuccessorSelect, hasToGo, proposedOf, useSuccessors } from './SuccessorSelect';

const CRAFTS = ['developer', 'designer', 'data', 'product', 'other'] as const;
const ROLES = ['fellow', 'coach', 'host', 'staff'] as const;
const hasProject = (role: string) => role === 'fellow' || role === 'host';

interface MemberDialogProps {
  member: Member;
  cohortId: string;
  onClose: () => void;
}

/** What the programme team changes of a member: role, project, whose requests for help they read, or that they belong at all. */
export default function MemberDialog({ member, cohortId, onClose }: MemberDialogProps) {
  const { t } = useTranslation('people');
  useFocusBack();
  const client = useQueryClient();
  const projects = useProjects(cohortId).data ?? [];
  const [removing, setRemoving] = useState(false);
  const successors = useSuccessors(cohortId, member.userId);
  const [chosen, setChosen] = useState<string | null>(null);
  // Nobody is proposed: requests go to whoever of the programme team has least, sessions are cancelled.
  const proposed = successors ? proposedOf(successors) : '';
  const successorId = hasToGo(successors) ? (chosen ?? proposed) : '';
  const path = `/cohorts/${cohortId}/members/${member.userId}`;
  const form = useForm<{ role: string; projectId: string; craft: string }>({
    initialValues: { role: member.role, projectId: member.projectId ?? '', craft: member.givenCraft ?? '' },
  });
  const refresh = () => client.invalidateQueries({ queryKey: keys.cohort(cohortId) });
  const { submit, busy, problem } = useSubmit(
    form,
    async ({ role, projectId, craft }) => {
      const stopsCoaching = member.role === 'coach' && role !== 'coach' && successorId !== '';
      await api.patch(path, {
        role,
        ...(hasProject(role) && { projectId: projectId || null }),
        ...(craft !== (member.givenCraft ?? '') && { givenCraft: craft || null }),
        ...(stopsCoaching && { successorId }),
      });
      await refresh();
      onClose();
    },
    'people',
  );

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('changeTitle', { name: member.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
        <NativeSelect
          label={t('role')}
          description={t('roleHelp', { role: form.values.role })}
          data={ROLES.map((role) => ({ value: role, label: t(`common:roles.${role}`) }))}
          {...form.getInputProps('role')}
        />
        {hasProject(form.values.role) && (
          <NativeSelect
            label={t('project')}
            data={[
              { value: '', label: t('noProject') },
              ...projects.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...form.getInputProps('projectId')}
          />
        )}
        {form.values.role !== 'host' && (
          <NativeSelect
            label={t('givenCraft')}
            description={t('givenCraftHelp', {
              said: member.craft ? t(`common:crafts.${member.craft}`) : 'none',
            })}
            data={[
              { value: '', label: t('noCraft') },
              ...CRAFTS.map((craft) => ({ value: craft, label: t(`common:crafts.${craft}`) })),
            ]}
            {...form.getInputProps('craft')}
          />
        )}
        {member.role === 'coach' && form.values.role !== 'coach' && (
          <SuccessorSelect successors={successors} value={successorId} onChange={setChosen} />
        )}
        <ProblemAlert error={problem} ns="people" />
        <div className="row between wrap">
          <Button variant="subtle" color="corde" onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
          <div className="row">
            <Button variant="subtle" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" variant="filled" loading={busy} disabled={!form.isDirty()}>
              {t('common:save')}
            </Button>
          </div>
        </div>
      </form>
      <RemoveDialog member={member} cohortId={cohortId} opened={removing} onClose={() => setRemoving(false)} />
    </Modal>
  );
}
