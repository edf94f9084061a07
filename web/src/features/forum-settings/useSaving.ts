import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingChange } from '../../../../src/contracts/forum/rules';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { useDraft } from '../../ui/forms/draft';
import { toast } from '../../ui/toast';
import { settingKey } from './queries';

type Part = Parameters<typeof settingKey>[1];

/** What one typed, and from which revision one began. */
interface Begun<Content> {
  revision: number;
  content: Content;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Changes a setting of the forum. What one types is kept on this device. Where somebody else saved since one began, theirs is `late`: one takes it, or saves over it, and nothing goes in
 * silence.
 */
export function useSaving<Setting extends SettingChange, Content>(
  cohortId: string,
  { part, first, contentOf }: { part: Part; first: Setting; contentOf: (setting: Setting) => Content },
) {
  const { t } = useTranslation('forum-settings');
  const client = useQueryClient();
  const draft = useDraft(`forum-${part}:${cohortId}`, cohortId);
  const [begun, setBegun] = useState(
    () => readBegun<Content>(draft.text) ?? { revision: first.revision, content: contentOf(first) },
  );
  const [seen, setSeen] = useState(first);
  const [late, setLate] = useState(begun.revision === first.revision ? null : first);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const show = (now: Setting) => {
    setSeen(now);
    client.setQueryData(settingKey(cohortId, part), now);
  };
  const type = (content: Content) => {
    const next = { ...begun, content };
    setBegun(next);
    draft.set(isSame(content, contentOf(seen)) ? '' : JSON.stringify(next));
  };
  /** It stands as it is there. */
  const take = (now: Setting) => {
    setBegun({ revision: now.revision, content: contentOf(now) });
    draft.clear();
    setLate(null);
    setProblem(null);
  };
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const path = `/cohorts/${cohortId}/forum/${part}`;
      const now = await api.put<Setting>(path, { ...begun.content, revision: seen.revision });
      show(now);
      take(now);
      toast(t('saved'));
    } catch (error) {
      const now = isProblem(error, 'stale') ? (error.extras['now'] as Setting) : null;
      if (now) {
        show(now);
        setLate(now);
      }
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const { content } = begun;
  return { seen, late, problem, busy, content, isDirty: !isSame(content, contentOf(seen)), type, take, save };
}

function readBegun<Content>(kept: string): Begun<Content> | null {
  try {
    return JSON.parse(kept) as Begun<Content>;
  } catch {
    return null;
  }
}
