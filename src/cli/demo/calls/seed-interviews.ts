import { ApplicationsReader } from '../../../calls/applications/applications-reader.js';
import { CallsService } from '../../../calls/calls.service.js';
import type { CohortActor } from '../../../common/actor.js';
import { dayOf } from '../../../common/times/zoned.js';
import { Deliveries } from '../../../infra/deliveries/deliveries.js';
import { idOf } from '../../../infra/mongo/ids.js';
import { ChoosingTimes } from '../../../selection/interviews/choosing.service.js';
import { Interviewers, mustNotSee } from '../../../selection/interviews/interviewers.js';
import { InvitingToInterviews } from '../../../selection/interviews/inviting.service.js';
import { PanelsService } from '../../../selection/interviews/panels.service.js';
import { StaffTimes } from '../../../selection/interviews/staff-times.service.js';
import type { Stage } from '../stage.js';
import { at } from '../times.js';
import { panels } from './juries.content.js';

/** Interviews of next week with some of those who handed in to a closed call: half have chosen a time. */
export async function seedInterviews(stage: Stage, actor: CohortActor, callId: string): Promise<void> {
  const { app } = stage;
  const call = await app.get(CallsService).load(actor, callId);
  const people = await app.get(Interviewers).ofCall(call);
  const files = await app.get(ApplicationsReader).ofCall(call._id);
  const invited = new Set<string>();
  for (const [index, { members, invites, ...words }] of panels.entries()) {
    const sitting = [...people.values()].filter(
      ({ userId, name }) => members.includes(name) || (index === 0 && userId === actor.userId),
    );
    const body = { ...words, minutes: 30, moveHours: 24, memberIds: sitting.map(({ userId }) => userId) };
    const made = await app.get(PanelsService).create(actor, callId, body);
    const panel = made.panels.find(({ name }) => name === words.name);
    if (!panel) continue;
    for (const day of [index, index + 2])
      await app.get(StaffTimes).offer(actor, callId, panel.id, {
        ...{ on: dayOf(at(stage, 1, day, 9), call.timeZone), from: '09:00', until: '12:00', pauseMinutes: 10 },
      });
    const free = files.filter(
      (file) => !invited.has(String(file._id)) && !sitting.some((one) => mustNotSee(one, file)),
    );
    const chosen = free.slice(0, invites);
    for (const { _id } of chosen) invited.add(String(_id));
    const applicationIds = chosen.map(({ _id }) => String(_id));
    await app.get(InvitingToInterviews).invite(actor, callId, panel.id, { applicationIds });
    for (const { _id } of chosen.slice(0, Math.ceil(invites / 2))) await choose(stage, String(_id));
  }
  // The people of the demo get no letters.
  await app.get(Deliveries).forget(
    { name: 'interview' },
    files.map(({ _id }) => _id),
  );
}

async function choose({ app, random }: Stage, applicationId: string): Promise<void> {
  const file = await app.get(ApplicationsReader).addressed(idOf(applicationId));
  if (!file) return;
  const shown = { applicationId, key: file.key };
  const times = (await app.get(ChoosingTimes).get(shown)).interview?.times ?? [];
  if (times.length > 0) await app.get(ChoosingTimes).choose(shown, { timeId: random.pick(times).id });
}
