import { Types } from 'mongoose';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { HOUR } from '../../../src/common/times/clock.js';
import { ChatNoticeRows } from '../../../src/notifications/inbox/chat-notice-rows.js';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let writer: TestPerson;
let reader: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  writer = await aMember(world, cohort, 'fellow', { name: 'Karim Haddad' });
  reader = await aMember(world, cohort, 'fellow');
  room = await aPrivateChannel(writer, cohort, [reader]);
});

const noticesOf = async (kind: string) =>
  (await reader.client.get('/api/me/inbox?limit=200')).body.items.filter((one: any) => one.kind === kind);
const told = async (kind: string, body: string) =>
  await eventually(async () => expect((await noticesOf(kind)).map((one: any) => one.body)).toEqual([body]));
const mailOf = async (kind: string) =>
  (
    await world.db
      .collection<NotificationRow>('notifications')
      .findOne({ userId: new Types.ObjectId(reader.id), kind: kind as NotificationRow['kind'] })
  )?.mail;
const twoHoursLater = async () => {
  world.clock.set(new Date(world.clock.now().getTime() + 2 * HOUR + 60_000));
  await deliver(world);
  await eventually(async () =>
    expect(
      await world.db.collection('notifications').countDocuments({
        userId: new Types.ObjectId(reader.id),
        'mail.state': { $in: ['waiting', 'sending', 'handing'] },
      }),
    ).toBe(0),
  );
};
const mails = () => world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(reader.email));
const watch = async () =>
  expect((await reader.client.put(`/api/channels/${room}/watched`, { watched: true })).status).toBe(204);
const remove = async (messageId: string) => {
  expect((await writer.client.delete(`/api/channels/${room}/messages/${messageId}`)).status).toBeLessThan(300);
  await world.settled();
};

describe('a message that was deleted', () => {
  it('given it was the only one in a watched channel, then neither the inbox nor the mail quotes it', async () => {
    await watch();
    const { id } = await say(writer, room, 'the word is sesame');
    await told('chat.watched', 'Karim Haddad: the word is sesame');
    await remove(id);
    await told('chat.watched', '');
    await twoHoursLater();
    expect(await mailOf('chat.watched')).toMatchObject({ state: 'skipped', rule: 'gone' });
    expect(mails().filter(({ subject }) => subject?.includes('new message'))).toEqual([]);
  });

  it('given others beside it, then the notice counts and quotes those, and its mail leaves', async () => {
    await watch();
    await say(writer, room, 'what stays');
    const { id } = await say(writer, room, 'the word is sesame');
    await told('chat.watched', 'Karim Haddad: the word is sesame');
    await remove(id);
    await told('chat.watched', 'Karim Haddad: what stays');
    expect((await noticesOf('chat.watched'))[0].params.count).toBe(1);
    await twoHoursLater();
    const [mail] = mails().filter(({ subject }) => subject?.includes('new message'));
    expect(mail!.text).toContain('what stays');
    expect(mail!.text).not.toContain('sesame');
  });

  it('given it quoted by a notice that nobody blanked, then its mail does not leave', async () => {
    await watch();
    const { id } = await say(writer, room, 'the word is sesame');
    await told('chat.watched', 'Karim Haddad: the word is sesame');
    // As when the process died between the deletion and its event.
    await world.db
      .collection('messages')
      .updateOne({ _id: new Types.ObjectId(id) }, { $set: { body: '', deletedAt: world.clock.now() } });
    await twoHoursLater();
    expect(await mailOf('chat.watched')).toMatchObject({ state: 'skipped', rule: 'gone' });
    expect(mails().filter(({ text }) => text?.includes('sesame'))).toEqual([]);
  });
});

describe('a message that was edited', () => {
  const edit = async (messageId: string, body: string) =>
    expect((await writer.client.patch(`/api/channels/${room}/messages/${messageId}`, { body })).status).toBe(200);

  it('given a mention, then the inbox, and the mail two hours later, say the new words', async () => {
    const { id } = await say(writer, room, `<@${reader.id}> the word is sesame`);
    await eventually(async () => expect((await noticesOf('chat.mentioned'))[0]?.body).toContain('sesame'));
    await edit(id, `<@${reader.id}> ask me for the word`);
    await eventually(async () => expect((await noticesOf('chat.mentioned'))[0]?.body).toContain('ask me'));
    await twoHoursLater();
    const [mail] = mails().filter(({ text }) => text?.includes('ask me for the word'));
    expect(mail!.text).not.toContain('sesame');
  });

  it('given my name was taken out, then the inbox says the new words, and no mail leaves', async () => {
    const { id } = await say(writer, room, `<@${reader.id}> the word is sesame`);
    await eventually(async () => expect((await noticesOf('chat.mentioned'))[0]?.body).toContain('sesame'));
    await edit(id, 'nothing for anybody');
    await told('chat.mentioned', 'nothing for anybody');
    await twoHoursLater();
    expect(await mailOf('chat.mentioned')).toMatchObject({ state: 'skipped', rule: 'gone' });
    expect(mails().filter(({ text }) => /sesame|nothing for/.test(text ?? ''))).toEqual([]);
  });

  it('given a watched channel, then its notice says the new words', async () => {
    await watch();
    const { id } = await say(writer, room, 'the word is sesame');
    await told('chat.watched', 'Karim Haddad: the word is sesame');
    await edit(id, 'ask me');
    await told('chat.watched', 'Karim Haddad: ask me');
  });

  it('given words that are told late, then what was said since stays', async () => {
    const { id } = await say(writer, room, `<@${reader.id}> first`);
    await eventually(async () => expect((await noticesOf('chat.mentioned'))[0]?.body).toContain('first'));
    const { rev }: Message = (await reader.client.get(`/api/channels/${room}/messages`)).body.items.at(-1);
    const rows = world.app.get(ChatNoticeRows);
    const words = (said: string, revision: number) =>
      rows.say([reader.id], { channelId: room, messageId: id, rev: revision, mention: said, watched: said });
    await words('third', rev + 2);
    await words('second', rev + 1);
    await told('chat.mentioned', 'third');
  });
});
