import { ActionIcon, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconFile, IconLink, IconPlus, IconVideo, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  AddedMaterial,
  AddedMaterials,
  MaterialPhase,
} from '../../../../src/contracts/workshops/workshop-materials';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';
import { ConfirmDialog } from '../../ui/confirm';
import { formatSize } from '../../ui/forms/file-size';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { workshopKeys } from '../workshops/cache';
import classes from './materials.module.css';
import { pathOf, useMaterials } from './queries';

const AddDialog = lazyPart(() => import('./AddDialog'));

const siteOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/** What there is to read before a workshop and after it: its links, and what its hosts added since. */
export default function Materials({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('materials');
  const [adding, setAdding] = useState(false);
  const added = useMaterials(workshop).data;
  const items = added?.items ?? [];
  const mayAdd = added?.abilities.add ?? false;
  const links = workshop.materials;
  if (links.length + items.length === 0 && !mayAdd) return null;
  const of = (phase: MaterialPhase) => items.filter((one) => one.phase === phase);
  const hasBoth = of('after').length > 0 && links.length + of('before').length > 0;
  return (
    <Group
      className="mt32"
      title={t('title')}
      count={links.length + items.length}
      right={
        mayAdd && (
          <Button size="sm" leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setAdding(true)}>
            {t('add.open')}
          </Button>
        )
      }
    >
      {links.length + items.length === 0 && <p className="t2 mt12">{t('empty')}</p>}
      {of('after').length > 0 && (
        <>
          {hasBoth && <h3 className={classes.phase}>{t('phases.after')}</h3>}
          <ul className="list tight">
            {of('after').map((one) => (
              <Item key={one.id} material={one} workshop={workshop} mayRemove={mayAdd} />
            ))}
          </ul>
        </>
      )}
      {hasBoth && <h3 className={classes.phase}>{t('phases.before')}</h3>}
      <ul className="list tight">
        {links.map(({ title, url }) => (
          <li key={`${title} ${url}`}>
            <Icon of={IconLink} />
            <a className="title grow" href={url} target="_blank" rel="noreferrer noopener">
              {title}
            </a>
            <span className="t3 only-wide">{siteOf(url)}</span>
          </li>
        ))}
        {of('before').map((one) => (
          <Item key={one.id} material={one} workshop={workshop} mayRemove={mayAdd} />
        ))}
      </ul>
      {adding && (
        <Part lost="over">
          <AddDialog workshop={workshop} onClose={() => setAdding(false)} />
        </Part>
      )}
    </Group>
  );
}

interface ItemProps {
  material: AddedMaterial;
  workshop: Workshop;
  mayRemove: boolean;
}

function Item({ material, workshop, mayRemove }: ItemProps) {
  const { t } = useTranslation('materials');
  const locale = useLocale();
  const { title, url, file, isRecording } = material;
  const icon = isRecording ? IconVideo : file ? IconFile : IconLink;
  return (
    <li>
      <Icon of={icon} />
      <div className="grow">
        <a
          className="title"
          href={url}
          {...(file?.kind === 'file' ? { download: file.name } : { target: '_blank', rel: 'noreferrer noopener' })}
        >
          {title}
        </a>
        {isRecording && <span className={`badge ${classes.tag}`}>{t('recording')}</span>}
        {/* What people record has no captions; it stands with its name, and is downloaded as it is. */}
        {isRecording && file?.kind === 'video' && (
          <video className={classes.play} src={url} controls preload="metadata" aria-label={title} />
        )}
        {isRecording && file?.kind === 'audio' && (
          <audio className={classes.play} src={url} controls preload="none" aria-label={title} />
        )}
      </div>
      <span className="t3 only-wide">{file ? formatSize(file.size, locale) : siteOf(url)}</span>
      {mayRemove && <Remove material={material} workshop={workshop} />}
    </li>
  );
}

function Remove({ material, workshop }: { material: AddedMaterial; workshop: Workshop }) {
  const { t } = useTranslation('materials');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    const left = await api.delete<AddedMaterials>(`${pathOf(workshop)}/materials/${material.id}`);
    client.setQueryData(workshopKeys.materials(workshop.cohortId, workshop.id), left);
  };
  return (
    <>
      <ActionIcon size="sm" aria-label={t('remove.named', { title: material.title })} onClick={() => setAsking(true)}>
        <Icon of={IconX} size={16} />
      </ActionIcon>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('remove.ask', { title: material.title })}
        act={t('remove.act')}
        ns="materials"
        danger
        onConfirm={remove}
      >
        {t('remove.then')}
      </ConfirmDialog>
    </>
  );
}
