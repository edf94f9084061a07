import { FORUM_OPERATORS } from '../../../../src/common/texts/forum/forum-query';
import { parseQuery, strangeFilters } from '../../../../src/common/texts/search-query';
import { Filters } from '../search/Filters';

const HINTS = ['phrase', 'tag', 'from', 'is', 'before', 'after', 'has', 'not'] as const;

/** What a search in the forum understands, and the filters of this one. */
export default function ForumHints({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  const { filters } = parseQuery(typed, FORUM_OPERATORS);
  const strange = strangeFilters(typed, FORUM_OPERATORS);
  return <Filters typed={typed} ns="finding" filters={filters} strange={strange} hints={HINTS} onType={onType} />;
}
