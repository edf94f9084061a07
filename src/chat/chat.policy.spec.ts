import { Types } from 'mongoose';
import { channelAbilities, forumShare, mayRemove } from './chat.policy.js';

const maker = new Types.ObjectId();
const channel = (kind: 'team' | 'open' | 'private' | 'direct', archived = false) => ({
  kind,
  createdBy: kind === 'private' || kind === 'open' ? maker : null,
  archivedAt: archived ? new Date() : null,
});
const fellow = { userId: String(new Types.ObjectId()), role: 'fellow' as const, owns: false };
const staff = { userId: String(new Types.ObjectId()), role: 'staff' as const, owns: false };
const makerReader = { userId: String(maker), role: 'fellow' as const, owns: true };

describe('what one may do in a channel', () => {
  it.each([
    [
      'a fellow in a team room',
      fellow,
      channel('team'),
      { send: true, edit: false, addMembers: false, leave: false, moderate: false, export: false },
    ],
    [
      'staff in a team room',
      staff,
      channel('team'),
      { send: true, edit: true, addMembers: false, leave: false, moderate: true, export: true },
    ],
    [
      'a fellow in a private channel',
      fellow,
      channel('private'),
      { send: true, edit: false, addMembers: true, leave: true, moderate: false, export: false },
    ],
    [
      'its maker',
      makerReader,
      channel('private'),
      { send: true, edit: true, addMembers: true, leave: true, moderate: false, export: true },
    ],
    [
      'a fellow in an open channel',
      fellow,
      channel('open'),
      { send: true, edit: false, archive: false, addMembers: true, leave: true, moderate: false, export: false },
    ],
    [
      'its maker, when it is closed',
      makerReader,
      channel('open', true),
      { send: false, edit: false, archive: true, addMembers: false, leave: true, moderate: false, export: true },
    ],
    [
      'staff in a direct channel',
      staff,
      channel('direct'),
      { send: true, edit: false, addMembers: false, leave: false, moderate: false, export: false },
    ],
    [
      'staff in an archived room',
      staff,
      channel('team', true),
      { send: false, edit: false, addMembers: false, leave: false, moderate: false, export: true },
    ],
    [
      'a fellow in an archived private channel',
      fellow,
      channel('private', true),
      { send: false, edit: false, addMembers: false, leave: true, moderate: false, export: false },
    ],
  ])('%s', (_, reader, room, abilities) => {
    expect(channelAbilities(reader, room)).toMatchObject(abilities);
  });

  it('only the maker and staff take others out, and only of a channel made by hand', () => {
    expect(mayRemove(fellow, channel('private'))).toBe(false);
    expect(mayRemove(makerReader, channel('private'))).toBe(true);
    expect(mayRemove(staff, channel('private'))).toBe(true);
    expect(mayRemove(makerReader, channel('open'))).toBe(true);
    expect(mayRemove(staff, channel('team'))).toBe(false);
  });

  it.each([
    ['cohort', 'all'],
    ['help', 'all'],
    ['craft', 'own'],
    ['workshop', 'own'],
    ['open', 'all'],
    ['team', 'own'],
    ['private', 'own'],
    ['direct', 'nothing'],
  ] as const)('carries of a thread in a %s channel to the forum: %s', (kind, share) => {
    expect(forumShare(kind)).toBe(share);
    expect(channelAbilities(fellow, { kind, archivedAt: new Date() }).toForum).toBe(share);
  });
});
