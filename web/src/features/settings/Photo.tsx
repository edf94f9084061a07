import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import type { Me } from '../../api/types';
import { Avatar } from '../../ui/people/Avatar';
import { ImageChoice } from '../../ui/forms/ImageChoice';

/** My face: a photo that the server cuts square and cleans of its metadata, or initials. */
export function Photo() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const client = useQueryClient();
  return (
    <ImageChoice
      path="/me/avatar"
      keep={(saved: Me) => client.setQueryData(keys.me, saved)}
      ns="settings"
      choose={t('photo.choose')}
      remove={t('photo.remove')}
      isSet={me.avatarUrl !== null}
    >
      <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={64} />
    </ImageChoice>
  );
}
