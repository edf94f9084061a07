import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopMinutes } from '../../../../src/contracts/workshops/workshop-materials';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { bringWords } from '../../i18n/i18n';
import { Group } from '../../ui/page/Group';
import { PersonName } from '../../ui/people/PersonName';
import { When } from '../../ui/times/When';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { workshopKeys } from '../workshops/cache';
import { useMinutes } from './queries';

const Markdown = lazyPart(async () => ({ default: (await import('../../ui/markdown/Markdown')).Markdown }));
const MadeFrom = lazyPart(async () => {
  const [made] = await Promise.all([import('../handbook/made/MadeFrom'), bringWords('handbook')]);
  return made;
});
const MinutesEditor = lazyPart(() => import('./MinutesEditor'));

/** What was said and decided; who looks after the workshop writes it. Nothing while there is none, for all others. */
export default function Minutes({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('materials');
  const client = useQueryClient();
  const minutes = useMinutes(workshop).data;
  const [editing, setEditing] = useState<WorkshopMinutes | null>(null);
  if (!minutes || (minutes.body === '' && !minutes.abilities.write)) return null;
  const { body, editedBy, editedAt } = minutes;
  const keep = (fresh: WorkshopMinutes) =>
    client.setQueryData(workshopKeys.minutes(workshop.cohortId, workshop.id), fresh);
  return (
    <Group
      className="mt32"
      title={t('minutes.title')}
      right={
        minutes.abilities.write &&
        !editing && (
          <Button size="sm" onClick={() => setEditing(minutes)}>
            {t(body === '' ? 'minutes.write' : 'minutes.change')}
          </Button>
        )
      }
    >
      {editing ? (
        <Part>
          <MinutesEditor workshop={workshop} first={editing} onSaved={keep} onClose={() => setEditing(null)} />
        </Part>
      ) : body === '' ? (
        <p className="t2 mt12">{t('minutes.empty')}</p>
      ) : (
        <>
          <div className="mt12">
            <Part lost="fallback" fallback={<p>{body}</p>}>
              <Markdown source={body} className="measure" />
            </Part>
          </div>
          <p className="t3 xs mt8">
            <PersonName person={editedBy} you />
            {editedAt && (
              <>
                , <When at={editedAt} />
              </>
            )}
          </p>
          <Part lost="over">
            <MadeFrom cohortId={workshop.cohortId} origin={{ workshop: workshop.id }} className="mt8" />
          </Part>
        </>
      )}
    </Group>
  );
}
