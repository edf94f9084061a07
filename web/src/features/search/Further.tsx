import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatDayHead } from '../../time/format';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** A page may be short: the server looks back only so far at once, and says how far. */
export function Further({ found, searchedTo, isEmpty }: { found: Pages; searchedTo: string | null; isEmpty: boolean }) {
  const { t } = useTranslation('search');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  if (!found.hasNextPage) return null;
  const day = searchedTo ? formatDayHead(searchedTo, zone, locale, now) : '';
  return (
    <div className="row wrap mt16">
      <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
        {isEmpty ? t('further') : t('common:more')}
      </Button>
      {searchedTo && <span className="t2">{t(isEmpty ? 'notYet' : 'searchedTo', { day })}</span>}
    </div>
  );
}
