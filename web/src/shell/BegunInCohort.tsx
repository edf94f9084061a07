import { useTranslation } from 'react-i18next';
import { draftsIn } from '../api/begun';
import { useMe } from '../api/session';
import type { ChannelSummary } from '../api/types';
import { useBegun } from '../features/chat/channels/useBegun';
import { textOf } from '../features/forum/writing/begun';
import Begun from '../ui/page/Begun';

/** How the names of drafts begin, and the words for what they were to be. */
const KINDS = [
  ['topic-', 'reply'],
  ['ask-', 'topic'],
  ['edit-', 'edit'],
  ['minutes:', 'minutes'],
  ['note:', 'note'],
  ['closing-note:', 'closingNote'],
  ['need:', 'need'],
] as const;

/** Those that are kept with more than their text. */
const OF_FORUM: ReadonlySet<string> = new Set(['reply', 'topic', 'edit']);

/** All that I had begun in a cohort that I am out of: in its channels and on its pages. */
export default function BegunInCohort({ cohortId, channels }: { cohortId: string; channels: ChannelSummary[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const typed = useBegun(channels);
  const begun = draftsIn(me.id, cohortId).flatMap(({ name, text }) => {
    const kind = KINDS.find(([start]) => name.startsWith(start))?.[1];
    if (!kind) return [];
    const words = OF_FORUM.has(kind) ? textOf(text) : text;
    return words === '' ? [] : [{ key: name, label: t(`left.kinds.${kind}`), text: words }];
  });
  return <Begun texts={[...typed, ...begun]} />;
}
