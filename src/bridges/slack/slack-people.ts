import { placeholderOfMail } from '../../auth/users.repository.js';
import { Email } from '../../contracts/primitives.js';
import type { ImportedPerson } from '../imports/imported-people.js';
import { lineFrom } from '../imports/imported-texts.js';
import type { SlackMessage, SlackUser } from './slack-shapes.js';

const LONGEST_NAME = 80;
const SOMEBODY = 'Slack user';

/** A person from the list of the workspace, else from what a message says of its author. */
export function slackPersonOf(
  id: string,
  user: SlackUser | undefined,
  seen?: SlackMessage['user_profile'],
): ImportedPerson {
  const profile = user?.profile;
  const names = [profile?.real_name, user?.real_name, profile?.display_name, user?.name];
  const all = [...names, seen?.real_name, seen?.display_name, seen?.name].map((one) =>
    lineFrom(one ?? '', LONGEST_NAME),
  );
  const name = all.find((one) => one !== '') ?? SOMEBODY;
  const email = Email.safeParse(profile?.email ?? '').data ?? null;
  return {
    id,
    name,
    email,
    placeholderFor: email ? placeholderOfMail(email) : `slack:${user?.team_id ?? ''}:${id}`,
  };
}
