import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Notification } from '../../api/types';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { useChoice } from '../../ui/forms/useChoice';
import { type Watch, watchOf } from './watch';

/** Why a notice came, and what changes that: the watch itself, else its group of settings; of what nobody can switch off, why not. */
export function Why({ notice }: { notice: Notification }) {
  const { t } = useTranslation('inbox');
  const { kind, why, group } = notice;
  const watch = watchOf(notice);
  return (
    <>
      {t([`why.${kind}.${why}`, `why.${why}`], { defaultValue: '' })} {watch && <WatchSwitch watch={watch} />}
      {!watch && group && (
        <Link className="link nowrap" to="/settings/notifications" hash={group}>
          {t(`setting.${group}`)}
        </Link>
      )}
      {!group && t(`always.${kind}`, { defaultValue: '' })}
    </>
  );
}

/** Ends a watch right here, or takes that back; all notices that came by it show the same. */
function WatchSwitch({ watch: { kind, key, path, on, off, shownBy } }: { watch: Watch }) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const text = useProblemText();
  const queryKey = [...keys.watches, key];
  // Known only by what is done here: whoever comes back to the page finds each watch as it was told.
  const known = useQuery({ queryKey, queryFn: () => true, enabled: false, initialData: true, gcTime: 0 }).data;
  const save = async (next: boolean) => {
    await api.put(path, next ? on : off);
    client.setQueryData(queryKey, next);
    // An answer that is still on its way says what was before, and would pass for fresh.
    await client.cancelQueries({ queryKey: shownBy });
    void client.invalidateQueries({ queryKey: shownBy });
  };
  const { value: isOn, choose } = useChoice(known, save, text);
  return (
    <>
      <span role="status">{!isOn && t(`watch.${kind}.isOff`)}</span>{' '}
      <button type="button" className="link" onClick={() => choose(!isOn)}>
        {t(`watch.${kind}.${isOn ? 'off' : 'on'}`)}
      </button>
    </>
  );
}
