const INVITED = 'invited:';

/** Is it somebody who is invited? */
export const isInvited = (key: string) => key.startsWith(INVITED);
/** How somebody who is invited stands among the chosen ids. */
export const invitedKey = (invitationId: string) => `${INVITED}${invitationId}`;
/** Members and invitations among what was chosen. */
export const splitChosen = (keys: readonly string[]) => ({
  memberIds: keys.filter((key) => !isInvited(key)),
  invitationIds: keys.filter(isInvited).map((key) => key.slice(INVITED.length)),
});
