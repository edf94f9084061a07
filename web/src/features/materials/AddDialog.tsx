import { Checkbox, FileInput, NativeSelect, Progress, SegmentedControl, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UploadedFile } from '../../../../src/contracts/files';
import { MAX_FILE_BYTES } from '../../../../src/contracts/limits';
import type { AddedMaterials } from '../../../../src/contracts/workshops/workshop-materials';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { Problem } from '../../api/problem';
import { uploadFile } from '../../api/files/upload';
import { useNow } from '../../time/clock';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { Icon } from '../../ui/Icon';
import { toast } from '../../ui/toast';
import { workshopKeys } from '../workshops/cache';
import { pathOf } from './queries';

const MAX_TITLE = 120;

interface Added {
  what: 'file' | 'link';
  title: string;
  url: string;
  phase: string;
  isRecording: boolean;
  [field: string]: unknown;
}

/** Adds a file or a link to a workshop. A file that was uploaded, but could not be added, is thrown away. */
export default function AddDialog({ workshop, onClose }: { workshop: Workshop; onClose: () => void }) {
  const { t } = useTranslation('materials');
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const aborted = useRef<AbortController>(null);
  useEffect(() => () => aborted.current?.abort(), []);
  const now = useNow();
  const form = useForm<Added>({
    initialValues: {
      ...{ what: 'file', title: '', url: '', isRecording: false },
      phase: Date.parse(workshop.startsAt) <= now ? 'after' : 'before',
    },
  });
  const { what } = form.values;

  const bring = async (): Promise<UploadedFile> => {
    if (!file) throw new Problem(422, 'required');
    if (file.size > MAX_FILE_BYTES) throw new Problem(422, 'too_large');
    aborted.current = new AbortController();
    setShare(0);
    try {
      const path = `/cohorts/${workshop.cohortId}/files`;
      return await uploadFile<UploadedFile>(path, file, { onProgress: setShare, signal: aborted.current.signal });
    } finally {
      setShare(null);
    }
  };
  const add = async ({ title, url, phase, isRecording }: Added) => {
    const rest = { phase, isRecording, ...(title.trim() && { title }) };
    const path = `${pathOf(workshop)}/materials`;
    if (what === 'link') return await api.post<AddedMaterials>(path, { ...rest, url });
    const uploaded = await bring();
    try {
      return await api.post<AddedMaterials>(path, { ...rest, fileId: uploaded.id });
    } catch (error) {
      await api.delete(`/files/${uploaded.id}`).catch(() => undefined);
      throw error;
    }
  };
  const sending = useSubmit(
    form,
    async (values) => {
      client.setQueryData(workshopKeys.materials(workshop.cohortId, workshop.id), await add(values));
      toast(t('add.done'));
      onClose();
    },
    'materials',
  );
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen && form.values.title === '')
      form.setFieldValue('title', chosen.name.replace(/\.[^.]+$/, '').slice(0, MAX_TITLE));
  };

  return (
    <FormDialog
      title={t('add.title')}
      act={t('add.act')}
      ns="materials"
      isReady={what === 'file' ? file !== null : form.values.url.trim() !== '' && form.values.title.trim() !== ''}
      onClose={onClose}
      {...sending}
    >
      <SegmentedControl
        aria-label={t('add.what')}
        data={(['file', 'link'] as const).map((value) => ({ value, label: t(`add.${value}`) }))}
        {...form.getInputProps('what')}
      />
      {what === 'file' ? (
        <FileInput
          label={t('add.fileLabel')}
          description={t('add.fileHelp')}
          placeholder={t('add.choose')}
          leftSection={<Icon of={IconUpload} />}
          clearable
          clearButtonProps={{ 'aria-label': t('add.clear') }}
          value={file}
          onChange={choose}
        />
      ) : (
        <TextInput type="url" label={t('add.url')} placeholder="https://" {...form.getInputProps('url')} />
      )}
      {share !== null && <Progress value={share * 100} aria-label={t('add.progress')} />}
      <TextInput label={t('add.name')} maxLength={MAX_TITLE} {...form.getInputProps('title')} />
      <NativeSelect
        label={t('add.phase')}
        data={(['before', 'after'] as const).map((value) => ({ value, label: t(`phases.${value}`) }))}
        {...form.getInputProps('phase')}
      />
      <Checkbox label={t('add.recording')} {...form.getInputProps('isRecording', { type: 'checkbox' })} />
      <p className="t2">{t('add.then')}</p>
    </FormDialog>
  );
}
