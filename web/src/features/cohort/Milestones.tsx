import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Milestone } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Cohort, Page } from '../../api/types';
import { useNames } from '../../shell/navigation/names';
import { useLocale } from '../../time/clock';
import { formatDate } from '../../time/format';
import { ConfirmDialog } from '../../ui/confirm';
import { useSubmit } from '../../ui/forms/form';
import { Icon } from '../../ui/Icon';
import { OnClosedDay } from '../../ui/times/OnClosedDay';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Part } from '../../ui/forms/Part';
import { WhatIf } from '../reminders/what-if/lazy';
import classes from './cohort.module.css';

/** The days the whole cohort looks at; reminders follow when one moves. */
export function Milestones({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const [editing, setEditing] = useState<string | null>(null);
  const query = useQuery({
    queryKey: keys.in(cohort.id, 'milestones'),
    queryFn: ({ signal }) =>
      api.get<Page<Milestone>>(`/cohorts/${cohort.id}/milestones`, { query: { limit: 200 }, signal }),
  });
  return (
    <section className="mt16" aria-label={t('sections.milestones')}>
      <QueryBoundary query={query}>
        {({ items }) => (
          <ul className="list tight">
            {items.map((milestone) => (
              <li key={milestone.id}>
                {editing === milestone.id ? (
                  <Editor cohort={cohort} milestone={milestone} onDone={() => setEditing(null)} />
                ) : (
                  <Line cohort={cohort} milestone={milestone} onEdit={() => setEditing(milestone.id)} />
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryBoundary>
      <div className="mt16">
        {editing === 'new' ? (
          <Editor cohort={cohort} onDone={() => setEditing(null)} />
        ) : (
          <Button leftSection={<Icon of={IconPlus} />} onClick={() => setEditing('new')}>
            {t('milestones.add')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Line({ cohort, milestone, onEdit }: { cohort: Cohort; milestone: Milestone; onEdit: () => void }) {
  const { t } = useTranslation('cohort');
  const names = useNames();
  const locale = useLocale();
  const client = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const name = names.milestone(milestone);
  const phase = cohort.phases.find(({ key }) => key === milestone.phase);
  const remove = async () => {
    await api.delete(`/cohorts/${cohort.id}/milestones/${milestone.id}`);
    await client.invalidateQueries({ queryKey: keys.in(cohort.id, 'milestones') });
  };
  return (
    <>
      <div className={`grow ${classes.line}`}>
        <span className="t2">{formatDate(milestone.on, locale)}</span>
        <b>{name}</b>
        <span className="t3">{phase ? names.phase(phase) : t(`common:phases.${milestone.phase}`)}</span>
      </div>
      <ActionIcon size="sm" aria-label={t('milestones.edit', { name })} onClick={onEdit}>
        <Icon of={IconPencil} size={16} />
      </ActionIcon>
      <ActionIcon size="sm" aria-label={t('milestones.delete', { name })} onClick={() => setDeleting(true)}>
        <Icon of={IconTrash} size={16} />
      </ActionIcon>
      <ConfirmDialog
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('milestones.deleteTitle', { name })}
        act={t('milestones.deleteAct')}
        ns="cohort"
        onConfirm={remove}
      >
        {t('milestones.deleteBody')}
      </ConfirmDialog>
    </>
  );
}

function Editor({ cohort, milestone, onDone }: { cohort: Cohort; milestone?: Milestone; onDone: () => void }) {
  const { t } = useTranslation('cohort');
  const names = useNames();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { on: milestone?.on ?? '', title: milestone ? names.milestone(milestone) : '' },
  });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      const path = `/cohorts/${cohort.id}/milestones`;
      if (milestone) {
        // A name that was not touched stays the template's, in everybody's language.
        const change = form.isDirty('title') ? values : { on: values.on };
        await api.patch(`${path}/${milestone.id}`, change);
      } else await api.post(path, values);
      await client.invalidateQueries({ queryKey: keys.in(cohort.id, 'milestones') });
      onDone();
    },
    'cohort',
  );
  return (
    <form onSubmit={submit} noValidate className="grow">
      <div className={classes.milestone}>
        <TextInput
          aria-label={t('milestones.on')}
          type="date"
          min={cohort.startsOn}
          max={cohort.endsOn}
          data-autofocus
          {...form.getInputProps('on')}
        />
        <TextInput
          aria-label={t('milestones.name')}
          placeholder={t('milestones.name')}
          {...form.getInputProps('title')}
        />
        <div className="row">
          <Button type="submit" variant="filled" loading={busy}>
            {t('common:save')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
      <OnClosedDay cohortId={cohort.id} on={form.values.on} onMove={(to) => form.setFieldValue('on', to)} />
      {milestone && form.values.on !== '' && form.isDirty('on') && (
        <Part>
          <WhatIf
            cohortId={cohort.id}
            change={{ change: 'day', type: 'milestone', id: milestone.id, on: form.values.on }}
            quiet
          />
        </Part>
      )}
      <ProblemAlert error={problem} ns="cohort" />
    </form>
  );
}
