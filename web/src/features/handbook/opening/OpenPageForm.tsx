import { Button, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenPage, PageOpened, PageOpening } from '../../../../../src/contracts/handbook/handbook-opening';
import { COMMONS_PLACE } from '../../../../../src/contracts/limits';
import { api } from '../../../api/http';
import { useLocale } from '../../../time/clock';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { toast } from '../../../ui/toast';
import { askHandbookAgain, pathOf, useHandbook } from '../handbook';
import { placesFor } from '../places';
import { toPage } from '../where';

interface OpenPageFormProps {
  cohortId: string;
  pageId: string;
  opening: PageOpening;
}

/** Where it is to stand there, and the act. */
export function OpenPageForm({ cohortId, pageId, opening }: OpenPageFormProps) {
  const { t } = useTranslation('handbook');
  const locale = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const there = useHandbook(COMMONS_PLACE);
  const [parentId, setParentId] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const open = async () => {
    setBusy(true);
    setProblem(null);
    const { version, editedAt, owner } = opening;
    const seen = { version, editedAt, ownerId: owner?.id ?? null };
    const wanted: OpenPage = { ...seen, parentId: parentId === '' ? null : parentId };
    try {
      const done = await api.post<PageOpened>(`${pathOf(cohortId, pageId)}/commons`, wanted);
      askHandbookAgain(client, { cohortId: COMMONS_PLACE });
      await navigate(toPage(COMMONS_PLACE, done.pageId));
      toast([t('opening.done'), ...(done.left > 0 ? [t('opening.left', { count: done.left })] : [])].join(' '));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
    // What is shown is what it says by now.
    askHandbookAgain(client, { cohortId });
  };
  return (
    <div className="stackv g16 mt24">
      <Select
        maw={480}
        label={t('place.under')}
        data={[{ value: '', label: t('place.top') }, ...placesFor(there.data?.items ?? [], locale)]}
        allowDeselect={false}
        searchable
        value={parentId}
        onChange={(value) => setParentId(value ?? '')}
      />
      {problem !== null && <ProblemAlert error={problem} ns="handbook" />}
      <div className="row">
        <Button variant="filled" loading={busy} onClick={() => void open()}>
          {t('opening.act')}
        </Button>
      </div>
    </div>
  );
}
