import { createRequire } from 'node:module';
import { z } from 'zod';
import { MakeCalendarFeed } from '../../src/contracts/calendar.js';
import { SendMessage } from '../../src/contracts/chat/chat.js';
import { MeetingPattern } from '../../src/contracts/cohorts/cohorts.js';
import { StartCycle } from '../../src/contracts/mentoring/cycles.js';
import { CreateTopic } from '../../src/contracts/forums.js';
import { SaveForumRules } from '../../src/contracts/forum/rules.js';
import { WritePageWords } from '../../src/contracts/handbook/handbook.js';
import { ScheduleSession } from '../../src/contracts/mentoring/mentoring.js';
import { Preferences } from '../../src/contracts/notifications/notifications.js';
import { Email, Line, Text } from '../../src/contracts/primitives.js';
import { AskForHelp } from '../../src/contracts/mentoring/requests.js';
import { UpdateScheduled } from '../../src/contracts/chat/scheduled.js';
import { SearchQuery } from '../../src/contracts/search.js';
import { SetStatus } from '../../src/contracts/auth/standing.js';
import { CheckIn } from '../../src/contracts/workshops/check-ins.js';
import { AddMaterial } from '../../src/contracts/workshops/workshop-materials.js';
import { SendWorkshopMessage } from '../../src/contracts/workshops/workshop-messages.js';
import { PreviewLonger, Repeat } from '../../src/contracts/workshops/workshop-series.js';
import { Register, TakeAttendance } from '../../src/contracts/workshops/workshops.js';
import { allowingNull } from '../../src/infra/http/openapi/allowing-null.js';

// What Fastify itself checks by.
const { Ajv } = createRequire(createRequire(import.meta.url).resolve('fastify'))('ajv') as {
  Ajv: new (options: object) => any;
};
const described = (schema: z.ZodType) =>
  new Ajv({ strict: false, validateFormats: false }).compile(
    allowingNull(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' })),
  ) as (value: unknown) => boolean;

/** Every choice of fields: each is left out, or has one of its values. */
const together = (fields: Record<string, readonly unknown[]>): Record<string, unknown>[] =>
  Object.entries(fields).reduce<Record<string, unknown>[]>(
    (all, [name, values]) => all.flatMap((body) => [body, ...values.map((value) => ({ ...body, [name]: value }))]),
    [{}],
  );

const clientId = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const week = { unit: 'week', weekdays: [2] };
const reach = { inbox: true, mail: true };
const kinds = { workshops: reach, sessions: reach, milestones: reach, forum: reach, chat: reach };
const material = { phase: 'before' };
const message = { to: 'coming', key: 'k1' };

describe('the description of what is sent', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['a mail address', Email, 'a@demo.example'],
    ['a line', Line(5), 'é'],
    ['a line that may be empty', Line(5, 0), ''],
    ['a text', Text(5, 1), '\n1'],
    ['kinds of search', SearchQuery, { q: 'x', in: 'topics,people' }],
    ['a message', SendMessage, { clientId, body: 'Hi' }],
    ['a file', SendMessage, { clientId, attachments: [{ fileId: 'f' }] }],
    ['another time', UpdateScheduled, { body: '' }],
    ['a link', AddMaterial, { ...material, url: 'https://example.org/', title: 'Read' }],
    ['a file of a workshop', AddMaterial, { ...material, fileId: 'f', title: '' }],
    ['a message to all', SendWorkshopMessage, { ...message, body: 'Bring a pen' }],
    ['each week until', Repeat, { ...week, until: '2026-12-01', count: null }],
    ['each month', Repeat, { unit: 'month', weekdays: [1], ordinal: -1, count: 3 }],
    ['longer', PreviewLonger, { workshopId: 'w', count: 3 }],
    ['a place', Register, { accept: true }],
    ['here', TakeAttendance, { code: 'ABC' }],
    ['a pass', CheckIn, { pass: '7KQ2-9M4X' }],
    ['somebody at the door', CheckIn, { userId: 'u' }],
    ['absent', TakeAttendance, { userId: 'u', status: 'absent' }],
    ['away', SetStatus, { away: true }],
    ['a topic from a thread', CreateTopic, { title: 'Plain words', fromThread: { channelId: 'c', messageId: 'm' } }],
    ['a feed of a tag', MakeCalendarFeed, { cohortId: 'c', tag: 'rust' }],
    ['my feed', MakeCalendarFeed, { tag: null }],
    ['no link', MeetingPattern, { kind: 'none', pattern: null }],
    ['one room', MeetingPattern, { kind: 'fixed', pattern: 'https://meet.example/x' }],
    ['all kinds', Preferences, { kinds, quietHours: null }],
    ['rules in one language', SaveForumRules, { texts: { en: '', fr: 'Soyez aimables.' }, revision: 0 }],
    ['a page in no language yet', WritePageWords, { title: '', body: '' }],
    ['a page', WritePageWords, { title: 'Keys', body: 'At the desk.' }],
  ])('given %s that is taken, then it allows that', (_, schema, value) => {
    expect([schema.safeParse(value).error?.issues, described(schema)(value)]).toEqual([undefined, true]);
  });

  it.each<[string, z.ZodType, unknown]>([
    ['no mail address', Email, 'nobody'],
    ['the address of an account that has none', Email, '6b0b90597724924f12af7573@taken-back.invalid'],
    ['a line that shows nothing', Line(5), '\u0085 '],
    ['a text that is only space', Text(5, 1), ' \n\u0001'],
    ['a room of no address', MeetingPattern, { kind: 'bigbluebutton', pattern: '{session}' }],
    ['rules that say nothing', SaveForumRules, { texts: { en: ' ', fr: '' }, revision: 0 }],
    ['a page without a title', WritePageWords, { title: ' ', body: 'At the desk.' }],
    ['an unknown kind of search', SearchQuery, { q: 'x', in: 'topics,mails' }],
    ['an empty message', SendMessage, { clientId, body: ' ', attachments: [] }],
    ['no change', UpdateScheduled, {}],
    ['a link without a title', AddMaterial, { ...material, url: 'https://example.org/', title: ' ' }],
    ['link and file', AddMaterial, { ...material, url: 'https://example.org/', title: 'Read', fileId: 'f' }],
    ['an empty message to all', SendWorkshopMessage, { ...message, body: ' ' }],
    ['no end', Repeat, week],
    ['two ends', Repeat, { ...week, until: '2026-12-01', count: 3 }],
    ['each month on no such day', Repeat, { unit: 'month', weekdays: [1], count: 3 }],
    ['each week on the second', Repeat, { ...week, ordinal: 2, count: 3 }],
    ['longer without end', PreviewLonger, { workshopId: 'w', until: null }],
    ['a place for me and the team', Register, { accept: true, team: true }],
    ['a code of another', TakeAttendance, { code: 'ABC', userId: 'u' }],
    ['a code and a status of another', TakeAttendance, { code: 'ABC', userId: 'u', status: 'excused' }],
    ['a code and a status of mine', TakeAttendance, { code: 'ABC', status: 'excused' }],
    ['nothing of attendance', TakeAttendance, {}],
    ['nobody at the door', CheckIn, {}],
    ['a pass and a person', CheckIn, { pass: '7KQ2-9M4X', userId: 'u' }],
    ['help of a person and of a craft', AskForHelp, { need: 'x', ownerId: 'u', craft: 'data' }],
    ['help of nobody', AskForHelp, { need: 'x' }],
    ['a cycle of a coach and a fellow', StartCycle, { goal: 'x', coachId: 'u', fellowId: 'v' }],
    ['a cycle of nobody', StartCycle, { goal: 'x' }],
    ['a status that says nothing', SetStatus, { emoji: null, text: '', away: false }],
    ['a topic without words', CreateTopic, { title: 'Plain words' }],
    ['a tag of no cohort', MakeCalendarFeed, { tag: 'rust' }],
    ['an unknown kind', Preferences, { kinds: { ...kinds, other: reach }, quietHours: null }],
    ['a kind left out', Preferences, { kinds: { chat: reach }, quietHours: null }],
  ])('given %s, which is refused, then it forbids that', (_, schema, value) => {
    expect([schema.safeParse(value).success, described(schema)(value)]).toEqual([false, false]);
  });

  it.each<[string, z.ZodType, Record<string, readonly unknown[]>]>([
    ['attendance', TakeAttendance, { code: ['ABC'], userId: ['u'], status: ['absent'] }],
    ['the door', CheckIn, { pass: ['7KQ2-9M4X'], userId: ['u'] }],
    ['a place', Register, { accept: [true], team: [true], mode: ['online'] }],
    [
      'a material',
      AddMaterial,
      { phase: ['after'], url: ['https://example.org/'], title: ['', 'Read'], fileId: ['f'], isRecording: [true] },
    ],
    ['a status', SetStatus, { emoji: [null, '🌴'], text: ['', 'Away'], away: [false, true] }],
    ['a feed', MakeCalendarFeed, { cohortId: [null, 'c'], tag: [null, 'rust'] }],
    [
      'a repetition',
      Repeat,
      {
        unit: ['week', 'month'],
        weekdays: [[1]],
        ordinal: [null, -1, 2],
        until: [null, '2026-12-01'],
        count: [null, 3],
      },
    ],
    ['longer', PreviewLonger, { workshopId: ['w'], until: [null, '2026-12-01'], count: [null, 3] }],
    ['a message', SendMessage, { clientId: [clientId], body: ['', 'Hi'], attachments: [[], [{ fileId: 'f' }]] }],
    ['help', AskForHelp, { need: ['x'], ownerId: ['u'], craft: ['data'], wishedOn: [null] }],
    ['a cycle', StartCycle, { goal: ['x'], coachId: ['u'], fellowId: ['v'] }],
    [
      'a session',
      ScheduleSession,
      { coachId: ['u'], startsAt: ['2026-10-20T08:00:00.000Z'], need: ['x'], minutes: [45], kind: ['help_desk'] },
    ],
    [
      'a topic',
      CreateTopic,
      { title: ['Plain words'], body: ['x'], fromThread: [{ channelId: 'c', messageId: 'm' }], tags: [[]] },
    ],
  ])('given %s, whichever fields come together, then it allows what is taken and nothing else', (_, schema, fields) => {
    const allows = described(schema);
    const differ = together(fields).filter((body) => schema.safeParse(body).success !== allows(body));
    expect(differ).toEqual([]);
  });

  it('given a room per session without its part, then it forbids that, as saving does', () => {
    expect(described(MeetingPattern)({ kind: 'jitsi', pattern: 'https://meet.example/x' })).toBe(false);
    expect(described(MeetingPattern)({ kind: 'jitsi', pattern: 'https://meet.example/{session}' })).toBe(true);
    expect(described(MeetingPattern)({ kind: 'jitsi', pattern: null })).toBe(false);
  });
});
