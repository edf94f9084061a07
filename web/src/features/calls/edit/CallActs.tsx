import { ActionIcon, Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconCalendarPlus, IconDots, IconEye, IconLink, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { ConfirmDialog } from '../../../ui/confirm';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { toast, toastProblem } from '../../../ui/toast';
import { useFormFile } from '../form/useFormFile';
import { keepCall, pathOf } from '../queries';
import { useCallTime } from '../words';
import { type Lack, lackOf } from './lacks';
import type { CallDraft } from './useCallDraft';

const ExtendDialog = lazyPart(() => import('./ExtendDialog'));

interface CallActsProps {
  cohortId: string;
  call: Call;
  writing: CallDraft;
  onLacks: (lacks: Lack[]) => void;
}

/** What is done with a call: to publish it, or its form as a new version; its page and the link to it; its form as a file; to extend it, to close it now. */
export function CallActs({ cohortId, call, writing, onLacks }: CallActsProps) {
  const { t } = useTranslation('calls');
  const client = useQueryClient();
  const timeOf = useCallTime();
  const [asking, setAsking] = useState<'publish' | 'extend' | 'close' | null>(null);
  const formFile = useFormFile(call, writing);
  const { abilities, state, form, slug, opensAt } = call;
  const done = () => setAsking(null);
  const url = new URL(`/calls/${slug}`, window.location.origin).href;
  const isPublic = state !== 'draft';
  const next = (form?.version ?? 0) + 1;

  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => toast(t('acts.copied')),
      () => toastProblem(t('acts.notCopied', { url })),
    );
  const publish = async () => {
    const revision = await writing.flush();
    if (revision === null) throw new Problem(409, 'not_saved');
    try {
      keepCall(client, cohortId, await api.post<Call>(`${pathOf(cohortId, call.id)}/publish`, { revision }));
      onLacks([]);
      toast(isPublic ? t('acts.publishedVersion', { version: next }) : t('acts.published'));
    } catch (error) {
      // What is lacking is said on the page, where each leads to its place.
      if (!(error instanceof Problem) || error.status !== 422 || error.errors.length === 0) throw error;
      onLacks(error.errors.map((one) => lackOf(one, writing.draft)));
    }
  };
  const close = async () => keepCall(client, cohortId, await api.post<Call>(`${pathOf(cohortId, call.id)}/close`));
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t('acts.more')}>
            <Icon of={IconDots} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isPublic && (
            <Menu.Item leftSection={<Icon of={IconLink} size={16} />} onClick={() => void copy()}>
              {t('acts.copy')}
            </Menu.Item>
          )}
          {formFile.items}
          {abilities.extend && (
            <Menu.Item leftSection={<Icon of={IconCalendarPlus} size={16} />} onClick={() => setAsking('extend')}>
              {t('acts.extend')}
            </Menu.Item>
          )}
          {abilities.close && (
            <Menu.Item leftSection={<Icon of={IconLock} size={16} />} onClick={() => setAsking('close')}>
              {t('acts.close')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {formFile.chooser}
      {isPublic && (
        <Button
          component="a"
          href={`/calls/${slug}`}
          target="_blank"
          rel="noopener"
          leftSection={<Icon of={IconEye} size={16} />}
        >
          {t('acts.page')}
        </Button>
      )}
      {abilities.publish && (
        <Button variant="filled" onClick={() => setAsking('publish')}>
          {isPublic ? t('acts.publishVersion', { version: next }) : t('acts.publish')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking === 'publish'}
        onClose={done}
        title={isPublic ? t('acts.publishVersionTitle', { version: next }) : t('acts.publishTitle')}
        act={isPublic ? t('acts.publishVersion', { version: next }) : t('acts.publish')}
        keep={t('common:cancel')}
        danger={false}
        ns="calls"
        onConfirm={publish}
      >
        {isPublic
          ? t('acts.publishVersionWhat', { drafts: call.counts.drafts })
          : t('acts.publishWhat', { at: opensAt ? timeOf(opensAt, call) : '', hasOpening: opensAt ? 'yes' : 'no' })}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'close'}
        onClose={done}
        title={t('acts.closeTitle')}
        act={t('acts.close')}
        ns="calls"
        onConfirm={close}
      >
        {t('acts.closeWhat', { drafts: call.counts.drafts })}
      </ConfirmDialog>
      <Part lost="over">{asking === 'extend' && <ExtendDialog cohortId={cohortId} call={call} onClose={done} />}</Part>
    </>
  );
}
