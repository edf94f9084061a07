import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ForumLevel, ForumLevels } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Icon } from '../../ui/Icon';
import { Group } from '../../ui/page/Group';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { useChoice } from '../../ui/forms/useChoice';
import { askForumAgain } from './forum';
import classes from './forum.module.css';

const LEVELS: ForumLevel[] = ['watching', 'watching_first', 'tracking', 'normal', 'muted'];

/** My levels of a cohort's forum and its tags. */
export function useForumLevels(cohortId: string) {
  return useQuery({
    queryKey: keys.in(cohortId, 'topics', 'levels'),
    queryFn: ({ signal }) => api.get<ForumLevels>(`/cohorts/${cohortId}/forum/subscription`, { signal }),
  });
}

interface FollowForumProps {
  cohortId: string;
  levels: ForumLevels;
  tag: string | undefined;
  onTag: (tag: string) => void;
}

/** How closely I follow the forum, the tag that its list is narrowed to, and the others that I chose a level for, which lead to theirs. */
export function FollowForum({ cohortId, levels, tag, onTag }: FollowForumProps) {
  const { t } = useTranslation('forum');
  const others = levels.tags.filter((one) => one.tag !== tag);
  return (
    <Group title={t('followForum.title')} className="">
      {tag !== undefined && (
        <LevelSelect
          key={tag}
          cohortId={cohortId}
          path={`tags/${encodeURIComponent(tag)}/subscription`}
          label={`#${tag}`}
          level={levels.tags.find((one) => one.tag === tag)?.level ?? 'normal'}
        />
      )}
      <LevelSelect cohortId={cohortId} path="forum/subscription" label={t('followForum.whole')} level={levels.level} />
      {others.length > 0 && (
        <p className={classes.tags}>
          {others.map((one) => (
            <button key={one.tag} type="button" onClick={() => onTag(one.tag)}>
              <span className="tag">{one.tag}</span>
              <span className="t2">{t(`levels.${one.level}`)}</span>
            </button>
          ))}
        </p>
      )}
    </Group>
  );
}

interface LevelSelectProps {
  cohortId: string;
  path: string;
  label: string;
  level: ForumLevel;
}

/** Saved at once; what the level brings stands below it. */
function LevelSelect({ cohortId, path, label, level }: LevelSelectProps) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const text = useProblemText();
  const save = async (next: ForumLevel) => {
    await api.put(`/cohorts/${cohortId}/${path}`, { level: next });
    askForumAgain(client, { cohortId });
  };
  const { value, choose } = useChoice(level, save, text);
  return (
    <NativeSelect
      className="mt12"
      label={label}
      description={t(`followForum.${value}`)}
      inputWrapperOrder={['label', 'input', 'description']}
      leftSection={<Icon of={IconBell} size={16} />}
      value={value}
      onChange={(event) => choose(event.currentTarget.value as ForumLevel)}
      data={LEVELS.map((one) => ({ value: one, label: t(`levels.${one}`) }))}
    />
  );
}
