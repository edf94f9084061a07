import type { SessionStatus } from '../contracts/mentoring/mentoring.js';
import type { Role } from '../contracts/roles.js';
import { abilities, partIn } from './mentoring.policy.js';
import { type Candidate, participantsOf } from './sessions/participants.js';

const subject = {
  coachId: 'hanna',
  participantIds: ['ines'],
  status: 'scheduled' as SessionStatus,
  startsAt: new Date('2026-10-14T07:00:00Z'),
  endsAt: new Date('2026-10-14T07:45:00Z'),
};
const [before, during, after] = ['06:00', '07:10', '08:00'].map((time) => new Date(`2026-10-14T${time}:00Z`));
const may = (userId: string, role: Role | 'admin', now: Date, status: SessionStatus = 'scheduled') =>
  Object.entries(abilities({ userId, role }, { ...subject, status }, now))
    .filter(([, allowed]) => allowed)
    .map(([ability]) => ability);

describe('who may do what with a session', () => {
  it.each<[string, Role | 'admin', Date, SessionStatus, string[]]>([
    ['ines', 'fellow', before!, 'scheduled', ['reschedule', 'cancel', 'addNote', 'addAction']],
    ['ines', 'fellow', during!, 'scheduled', ['reschedule', 'cancel', 'addNote', 'addAction']],
    ['ines', 'fellow', after!, 'scheduled', ['addNote', 'addAction']],
    ['hanna', 'coach', before!, 'scheduled', ['reschedule', 'handOver', 'cancel', 'addNote', 'addAction']],
    ['hanna', 'coach', after!, 'scheduled', ['reschedule', 'cancel', 'complete', 'addNote', 'addAction']],
    ['hanna', 'coach', after!, 'held', ['addNote', 'addAction', 'rate']],
    ['hanna', 'coach', after!, 'cancelled', ['addNote']],
    ['nora', 'staff', before!, 'scheduled', ['reschedule', 'handOver', 'cancel']],
    ['nora', 'staff', during!, 'scheduled', ['reschedule', 'cancel', 'complete']],
    ['nora', 'staff', after!, 'no_show', []],
    ['tomasz', 'fellow', before!, 'scheduled', []],
    ['helene', 'host', before!, 'scheduled', []],
    ['carl', 'coach', before!, 'scheduled', []],
    ['root', 'admin', before!, 'scheduled', []],
    ['ines', 'alumni', after!, 'held', ['addNote', 'addAction', 'rate']],
  ])('given %s (%s) at %p, %s, then %j', (userId, role, now, status, expected) => {
    expect(may(userId, role, now, status)).toEqual(expected);
  });

  it.each<[string, Role | 'admin', string | null]>([
    ['hanna', 'coach', 'coach'],
    ['ines', 'fellow', 'participant'],
    ['nora', 'staff', 'staff'],
    ['tomasz', 'fellow', null],
    ['root', 'admin', null],
  ])('given %s (%s), then their part is %s', (userId, role, part) => {
    expect(partIn({ userId, role }, subject)).toBe(part);
  });
});

describe('who comes to a session', () => {
  const members = [
    { userId: 'aaa', role: 'fellow' as const, projectId: 'p1' },
    { userId: 'bbb', role: 'fellow' as const, projectId: 'p1' },
    { userId: 'ccc', role: 'fellow' as const, projectId: null },
    { userId: 'ddd', role: 'host' as const, projectId: 'p1' },
  ];
  const fellow: Candidate = { userId: 'aaa', role: 'fellow', projectId: 'p1' };
  const staff: Candidate = { userId: 'sss', role: 'staff', projectId: null };
  it.each<[string, Candidate, string[] | undefined, unknown]>([
    ['nobody named by a fellow', fellow, undefined, { participants: ['aaa'] }],
    ['a teammate', fellow, ['bbb'], { participants: ['aaa', 'bbb'] }],
    ['oneself twice', fellow, ['aaa', 'AAA'], { participants: ['aaa'] }],
    ['nobody named by staff', staff, undefined, { problems: [{ field: '/participants', code: 'required' }] }],
    ['any fellows by staff', staff, ['bbb', 'ccc'], { participants: ['bbb', 'ccc'] }],
    ['another team', fellow, ['ccc'], { problems: [{ field: '/participants/0', code: 'not_a_teammate' }] }],
    ['a host', staff, ['aaa', 'ddd'], { problems: [{ field: '/participants/1', code: 'not_a_fellow' }] }],
    ['a stranger', staff, ['zzz'], { problems: [{ field: '/participants/0', code: 'not_a_member' }] }],
    [
      'two without a team',
      { ...fellow, projectId: null },
      ['ccc'],
      { problems: [{ field: '/participants/0', code: 'not_a_teammate' }] },
    ],
  ])('given %s, then %#', (_name, actor, named, expected) => {
    expect(participantsOf(actor, named, members)).toEqual(expected);
  });
});
