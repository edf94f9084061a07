import { Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconBell, IconBellOff, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Notification } from '../../../api/types';
import { useChoice } from '../../../ui/forms/useChoice';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { type Watch, watchOf } from './watch';

/** Why a notice came. */
export function useWhy({ kind, why }: Notification): string {
  const { t } = useTranslation('inbox');
  return t([`why.${kind}.${why}`, `why.${why}`], { defaultValue: '' });
}

/** What changes that such notices come: the watch itself, else its group of settings; of what nobody can switch off, why not. */
export function WhyItems({ notice }: { notice: Notification }) {
  const { t } = useTranslation('inbox');
  const { kind, group } = notice;
  const watch = watchOf(notice);
  if (watch) return <WatchItem watch={watch} />;
  if (group)
    return (
      <Menu.Item
        component={Link}
        leftSection={<Icon of={IconSettings} />}
        {...{ to: '/settings/notifications', hash: group }}
      >
        {t(`setting.${group}`)}
      </Menu.Item>
    );
  const always = t(`always.${kind}`, { defaultValue: '' });
  return always && <Menu.Label maw={280}>{always}</Menu.Label>;
}

const keyOf = (watch: Watch | null) => [...keys.watches, watch?.key ?? 'none'];

/** Known only by what is done here: whoever comes back to the page finds each watch as it was told. */
function useKnown(watch: Watch | null): boolean {
  return useQuery({ queryKey: keyOf(watch), queryFn: () => true, enabled: false, initialData: true, gcTime: 0 }).data;
}

/** Says of a watch that was ended here what one still hears; all notices that came by it say the same. */
export function WatchState({ notice }: { notice: Notification }) {
  const { t } = useTranslation('inbox');
  const watch = watchOf(notice);
  const isOn = useKnown(watch);
  return watch && <span role="status">{!isOn && t(`watch.${watch.kind}.isOff`)}</span>;
}

/** Ends a watch right here, or takes that back. */
function WatchItem({ watch }: { watch: Watch }) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const text = useProblemText();
  const { kind, path, on, off, shownBy } = watch;
  const known = useKnown(watch);
  const save = async (next: boolean) => {
    await api.put(path, next ? on : off);
    client.setQueryData(keyOf(watch), next);
    // An answer that is still on its way says what was before, and would pass for fresh.
    await client.cancelQueries({ queryKey: shownBy });
    void client.invalidateQueries({ queryKey: shownBy });
  };
  const { value: isOn, choose } = useChoice(known, save, text);
  return (
    <Menu.Item leftSection={<Icon of={isOn ? IconBellOff : IconBell} />} onClick={() => choose(!isOn)}>
      {t(`watch.${kind}.${isOn ? 'off' : 'on'}`)}
    </Menu.Item>
  );
}
