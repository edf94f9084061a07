import { MILESTONE_NAMES } from '../../calendar/milestone-names.js';
import type { NoticeWords } from './words.js';

/** English. */
export const en: NoticeWords = {
  kinds: {
    'workshop.reminder': {
      title: '“{title}”: {startsAt}',
      body: 'Reminder, {early}. You are going.',
      act: 'Open the workshop',
    },
    'workshop.registered': {
      title:
        '{several, select, true {{grown, select, true {There are more dates. } other {}}{status, select, waitlisted {You are on the waiting lists: “{title}”, {count} dates} other {You are going: “{title}”, {count} dates}}} other {{status, select, waitlisted {You are on the waiting list: “{title}”} registered_by {{by} has registered you: “{title}”} waitlisted_by {{by} has put you on the waiting list: “{title}”} other {You are going: “{title}”}}}}',
      body: '{several, select, true {{status, select, waitlisted {We will tell you as soon as a place opens.} other {{waiting, plural, =0 {You have a place on each of them.} one {On one of them you are on the waiting list.} other {On # of them you are on the waiting list.}}}}} other {{when}{status, select, waitlisted {. We will tell you as soon as a place opens.} waitlisted_by {. We will tell you as soon as a place opens. You can leave the list any time.} registered_by {.{over, select, session { At that time you also have a coaching session.} workshop { At that time you also have “{overTitle}”.} busy { At that time another calendar of yours has something, too.} other {}} If you cannot come, leave, and the place goes to the next in line.} other {}}}}',
      act: 'Open the workshop',
    },
    'workshop.added': {
      title: '“{title}” goes on: {count, plural, one {one more date} other {# more dates}}',
      body: 'The first one: {when}. Join those you want while there are places.',
      act: 'See them and join',
    },
    'workshop.promoted': {
      title: 'A place opened for you: “{title}”',
      body: '{when}. You are going.{over, select, session { At that time you also have a coaching session.} workshop { At that time you also have “{overTitle}”.} busy { At that time another calendar of yours has something, too.} other {}} If you cannot come, leave, and the next in line gets the place.',
      act: 'Open the workshop',
    },
    'workshop.offered': {
      title:
        '{rung, select, h24 {Not answered yet: a place is held for you until {untilAt}: “{title}”} other {A place is held for you until {untilAt}: “{title}”}}',
      body: '{when}. {rung, select, h24 {Accept or decline it: after that it goes to the next in line.} other {Accept it before then, or it goes to the next in line.}}{over, select, session { At that time you also have a coaching session.} workshop { At that time you also have “{overTitle}”.} busy { At that time another calendar of yours has something, too.} other {}}',
      act: 'Accept or decline',
    },
    'workshop.lapsed': {
      title: 'The place held for you went to the next in line: “{title}”',
      body: '{when}. You are not on the list any more; join again to wait.',
      act: 'Open the workshop',
    },
    'workshop.message': {
      title: '{by} on “{title}”',
      body: '{text}',
      act: 'Open the workshop',
    },
    'workshop.materials': {
      title:
        '{count, plural, =0 {The minutes of “{title}” are available} one {“{title}”: {what}} other {“{title}”: # new materials}}',
      body: '{by, select, none {} other {Added by {by}.}}{count, plural, =0 {} other {{minutes, select, true { The minutes are available, too.} other {}}}}',
      act: 'Open the workshop',
    },
    'workshop.host_left': {
      title: '{by} has left and hosts {count, plural, =1 {“{title}” no more} other {# workshops ahead no more}}',
      body: '{count, plural, =1 {{without, plural, =0 {Others host it still.} other {Nobody hosts it now: name a host, or call it off.}}} other {{without, plural, =0 {Others host them still.} =1 {One of them has no host now: name one, or call it off.} other {# of them have no host now: name them, or call them off.}}}}',
      act: '{count, plural, =1 {Open the workshop} other {Open the workshops}}',
    },
    'workshop.hosting': {
      title:
        '{by, select, none {You host “{title}” now} other {{by} made you a host of “{title}”}}{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {The first one: {when}.} other {{when}.}} That time is taken in your calendar. If you cannot, edit it and take yourself out of its hosts.',
      act: 'Open the workshop',
    },
    'workshop.hosting_ended': {
      title: 'You do not host “{title}” any more{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {The first one: {when}.} other {{when}.}} That time is free again in your calendar.',
      act: 'Open the workshop',
    },
    'workshop.left': {
      title: 'You left “{title}”{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {} other {{when}}}',
      act: 'Open the workshop',
    },
    'workshop.moved': {
      title: '{several, select, true {“{title}” changed: {count} dates} other {“{title}” changed: {startsAt}}}',
      body: 'Its time or place has changed.{several, select, true { The next date is {startsAt}.} other {}}',
      act: 'Open the workshop',
    },
    'workshop.cancelled': {
      title: 'Cancelled: “{title}”{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {The first was planned for {startsAt}.} other {It was planned for {startsAt}.}}{reason, select, none {} other { “{reason}”}}',
      act: 'Open the workshop',
    },
    'session.reminder': {
      title: 'Session with {with}: {startsAt}',
      body: 'Reminder, {early}.{openActions, plural, =0 {} one { One action is still open.} other { # actions are still open.}}',
      act: 'Open the session',
    },
    'wish.planned': {
      title: 'What you wanted is planned: “{title}”',
      body: '{when}. {same, select, true {} other {You had said that you want “{subject}”. }}Join while there are places.',
      act: 'See it and join',
    },
    'session.booked': {
      title:
        '{several, select, true {{count} sessions with {with}, the first: {startsAt}} other {Session with {with}: {startsAt}}}',
      body: '{several, select, true {{mine, select, true {You booked them.} other {{by} booked them.}} Each can be moved or cancelled by itself.} other {{mine, select, true {You booked it.} other {{by} booked it.}}}}',
      act: 'Open the session',
    },
    'session.moved': {
      title: 'The session with {with} moved: {startsAt}',
      body: '{mine, select, true {You moved it.} other {{by} moved it.}}{fromAt, select, none {} other { It was planned for {fromAt}.}}',
      act: 'Open the session',
    },
    'session.handed_over': {
      title:
        '{part, select, from {{to} takes over your session with {fellows}: {startsAt}} to {You take over the session of {from} with {fellows}: {startsAt}} other {Your session goes on with {to}: {startsAt}}}',
      body: '{part, select, from {It is no longer yours.} to {The time stays as it is.} other {{to} comes in the place of {from}. The time stays as it is.}}{mine, select, true {} other { {by} handed it over.}}',
      act: 'Open the session',
    },
    'action.dropped': {
      title: '{by} has left: “{about}” will not be done',
      body: 'They had taken it on for you. Take it on yourself, or ask another coach.',
      act: 'Open the session',
    },
    'session.cancelled': {
      title:
        '{several, select, true {Cancelled: {count} sessions with {with}, the first: {startsAt}} other {Cancelled: session with {with}, {startsAt}}}',
      body: '{several, select, true {{mine, select, true {You cancelled them.} other {{by} cancelled them.}}{late, select, true { What was within the coach’s notice is recorded as cancelled late.} other {}}} other {{mine, select, true {You cancelled it.} other {{by} cancelled it.}}{late, select, true { It is recorded as cancelled late.} other {}}}}{reason, select, none {} other { “{reason}”}}',
      act: 'Open the session',
    },
    'request.asked': {
      title: '{by} asks for your help: {about}',
      body: '{passedBy, select, none {} other {{passedBy} passed it on to you. }}{text, select, none {} other {“{text}”}}',
      act: 'Answer',
    },
    'request.passed': {
      title: '{passedBy, select, none {{to} has your request now} other {{passedBy} passed your request on to {to}}}',
      body: '“{about}”',
      act: 'Open the request',
    },
    'request.question': { title: '{by} has a question: {about}', body: '“{text}”', act: 'Answer' },
    'request.told': { title: '{by} answered your question: {about}', body: '“{text}”', act: 'Answer' },
    'request.accepted': {
      title: '{by} will help you: {about}',
      body: 'Say when you can talk.',
      act: 'Open the request',
    },
    'request.declined': {
      title: '{by} cannot help this time: {about}',
      body: '“{text}” Others who could help are named beside your request.',
      act: 'See who else could help',
    },
    'request.withdrawn': { title: '{by} does not need your help any more: {about}', body: '', act: 'Open the request' },
    'request.reminder': {
      title:
        '{rung, select, h48 {{by} waits for an answer} h96 {Nobody has answered {by}} other {Your request has waited for {waited}}}: {about}',
      body: '{rung, select, h48 {Since {sinceAt}. {waitsFor, select, asker {It is your answer that is missing.} other {Accept, decline, ask back or pass it on.}}} h96 {They asked on {sinceAt}. {owner, select, none {Nobody has taken it up.} other {It is with {owner}.}} Please see that somebody answers.} other {{others, select, none {The programme team sees that somebody answers.} other {These people could help, too: {others}.}}}}',
      act: 'Open the request',
    },
    'cycle.started': {
      title: '{with} starts a cycle of four sessions with you: {about}',
      body: 'Every session that you two book counts. The month begins with the first one.',
      act: 'Open the cycle',
    },
    'cycle.moved': {
      title: 'Your cycle with {with} now ends on {on}',
      body: 'Its month begins with the first session, which is on another day now. “{about}”',
      act: 'Open the cycle',
    },
    'cycle.ended': {
      title:
        '{how, select, completed {Your cycle with {with} is complete} lapsed {Your cycle with {with} has lapsed} other {{by} ended your cycle}}: {about}',
      body: '{held, plural, =0 {No session was held.} one {One session of four was held.} other {# sessions of four were held.}}{word, select, none {} other { “{word}”}}{how, select, lapsed { You can start a new one.} other {}}',
      act: 'Open the cycle',
    },
    'cycle.note': {
      title: '{coach} wrote the closing note of {part, select, fellow {your cycle} other {the cycle with {fellow}}}',
      body: '“{about}”',
      act: 'Read it',
    },
    'cycle.reminder': {
      title:
        '{missing, plural, one {One session is missing} other {# sessions are missing}} in your cycle with {with}, which ends on {on}',
      body: '“{about}” Book while there are free hours.',
      act: 'Open the cycle',
    },
    'goal.set': {
      title:
        '{how, select, left {{by} goes on with a goal of you two with another coach} goes_on {{by} goes on with a goal with you} other {{by} set a goal with you}}',
      body: '{how, select, left {It is among your goals no more.} goes_on {You read how it went so far, and both of you record where it stands.} other {It says how it is measured, and stands in your sessions. Both of you record where it stands.}}',
      act: '{how, select, left {Open my goals} other {Open the goal}}',
    },
    'slot.free': {
      title: '{with} has a free hour: {startsAt}',
      body: 'You asked to be told. All who waited are told, once: book it soon, or ask to be told again.',
      act: 'Book it',
    },
    'milestone.reminder': {
      title: '{soon}: {milestone}',
      body: 'Milestone of the cohort, {on}.{phaseToo, select, true { The phase “{phase}” ends on that day, too.} later { The phase “{phase}” ends on {phaseDay}.} other {}}',
      act: 'Open the calendar',
    },
    'phase.reminder': {
      title: '{rung, select, d21 {Prepare the end of the phase “{phase}”} other {{soon}: the phase “{phase}” ends}}',
      body: '{rung, select, d21 {It ends on {on}. Agree on the committee: who sits in it, when, and what the teams show.} other {Its last day is {on}.}}',
      act: 'Open the calendar',
    },
    'residency.reminder': {
      title:
        '{moment, select, first_day {{soon}: {cohort} begins} half_way {{soon}: half-way through {cohort}} last_month {{soon}: the last month of {cohort} begins} other {{soon}: {cohort} ends}}',
      body: '{moment, select, first_day {{part, select, coach {Your hours, your fellows and the first sessions are here.} host {Your project and its team are here, and the workshops that you can come to.} staff {The board shows who has not signed in yet, and what is missing.} other {Your week, your team and your first workshops are here.}}} half_way {{part, select, coach {A good day to look back with each of your fellows, and at what the second half is to bring.} host {A good day to see with your team what was reached, and what your agency is to bring in the second half.} staff {A good day for the board: who has had no session for long, and which projects need help.} other {A good day to look back with your coach, and at what the second half is to bring.}}} last_month {{actions, plural, =0 {} one {One open action is yours. } other {# open actions are yours. }}{part, select, coach {To hand over with your fellows: a last session with each, the pages of their projects, the last committee.} host {To hand over with your team: who goes on with the project in your agency, what you keep of the workshops, the last committee.} staff {To hand over with the teams: who goes on with each project, what still waits on the board, the last committee.} other {To hand over: the page of your project, what you keep of the workshops, the last committee, a last session with your coach.}}} other {{part, select, coach {Thank you for going along. What was talked about stays here to be read.} host {Thank you for hosting. The page of your project stays here to be read.} staff {Thank you. Once all is handed over the cohort can be closed: it stays to be read, and its fellows become alumni.} other {Thank you. Your profile, the forum and your direct messages stay with you as alumni.}}}}{milestoneToo, select, true { It is the day of a milestone, too: {milestone}.} other {}}{phaseToo, select, true { The phase “{phase}” ends on that day.} later { The phase “{phase}” ends on {phaseDay}.} other {}}',
      act: '{moment, select, last_month {Open the projects} other {Open my week}}',
    },
    'letter.reminder': {
      title:
        '{what, select, week {{cohort}: this week} other {{cohort}: this month{project, select, none {} other {, {project}}}}}',
      body: '{team, select, true {Last month your team had {held, plural, =0 {no coaching session} one {one coaching session} other {# coaching sessions}}, went to {went, plural, =0 {no workshop} one {one workshop} other {# workshops}} and passed {passed, plural, =0 {no milestone} one {one milestone} other {# milestones}}. } other {}}{workshops, plural, =0 {No workshop is planned.} one {One workshop is planned.} other {# workshops are planned.}}{has, select, true { Next milestone: {milestone}, {milestoneDay}.} other {}}{what, select, week {{questions, plural, =0 {} one { In the forum, one question waits for an answer.} other { In the forum, # questions wait for an answer.}}} other {{projects, plural, =0 { See what the projects of the cohort are about.} one { See how your project stands, and what it needs from you.} other { See how your projects stand, and what they need from you.}}}}',
      act: '{what, select, week {Open my week} other {{projects, plural, one {Open the project} other {Open the projects}}}}',
    },
    'workshop.feedback': {
      title: 'How was “{title}”?',
      body: 'A rating and a few words, without your name: they help to make the next one better.',
      act: 'Say how it was',
    },
    'session.notes': {
      title: 'Notes to write: session with {with}, {startsAt}',
      body: 'Write down what you agreed on while it is fresh; you choose who reads it.',
      act: 'Write the notes',
    },
    'action.reminder': {
      title: '{rung, select, d1 {Overdue} other {{soon}}}: {about}',
      body: '{rung, select, d1 {It was due on {on}: do it, give it another day, or drop it.} other {Due on {on}.}} You took it on in the session with {with}.',
      act: 'Open the session',
    },
    'topic.reminder': {
      title:
        '{rung, select, h96 {Nobody has answered “{title}” since {sinceAt}} other {“{title}” waits for an answer}}',
      body: '{rung, select, h96 {Answer {by}, or ask somebody who can.} other {{by} has waited since {sinceAt}. A first idea helps, too.}}',
      act: 'Open the topic',
    },
    'contact.reminder': {
      title:
        '{part, select, coach {{fellow} has had no session for {waited}} other {You have had no session for {waited}}}',
      body: '{part, select, coach {Ask how things are going, or offer a time.} other {A short one is enough to keep going: choose a time.}}',
      act: '{part, select, coach {Open coaching} other {Choose a time}}',
    },
    'topic.opened': { title: '{by} opened “{title}”', body: '{excerpt}', act: 'Open the topic' },
    'topic.asked': {
      title: 'You may know: “{title}”',
      body: '{by} asks whether you can help with this question.',
      act: 'Open the topic',
    },
    'topic.replied': { title: '{by} answered “{title}”', body: '{excerpt}', act: 'Open the topic' },
    'topic.answered': { title: 'Solved: “{title}”', body: 'The answer of {by} was accepted.', act: 'Open the topic' },
    'topic.thanked': {
      title: 'Is “{title}” answered?',
      body: '{by} was thanked for a reply. If it answers your question, choose it: whoever asks the same finds it.',
      act: 'Open the topic',
    },
    'forum.mentioned': { title: '{by} mentioned you in “{title}”', body: '{excerpt}', act: 'Open the topic' },
    'forum.bookmark': { title: 'Your reminder: “{title}”', body: '{note}', act: 'Open the topic' },
    'chat.mentioned': { title: '{by} mentioned you in #{channel}', body: '{excerpt}', act: 'Open the channel' },
    'chat.direct': { title: '{by} wrote to you', body: '{excerpt}', act: 'Open the conversation' },
    'chat.watched': {
      title: '{count, plural, one {A new message} other {# new messages}} in #{channel}',
      body: '{excerpt}',
      act: 'Open the channel',
    },
    'chat.reminder': {
      title: 'Your reminder: {by} wrote{channel, select, none {} other { in #{channel}}}',
      body: '{excerpt}',
      act: 'Open the message',
    },
    'channel.added': { title: 'You are in #{channel} now', body: '', act: 'Open the channel' },
    'note.self': {
      title: 'Your reminder: {excerpt}',
      body: '{channel, select, none {} other {From #{channel}.}}',
      act: 'Open Cordée',
    },
    'message.unsent': {
      title: 'Your message was not sent{channel, select, none {} other { to #{channel}}}',
      body: '{excerpt}',
      act: 'See what can be done',
    },
    'reminder.trial': { title: '{title}', body: '{text}', act: 'Open the reminders' },
    'application.message': {
      title: '{several, select, yes {{count} messages about an application} other {A message about an application}}',
      body: '{callEn}',
      act: 'Open the application',
    },
    'project.asked': {
      title: 'An applicant has a question about {project}',
      body: 'Whoever asks reads your answer on the page of their application, and in an email. The other hosts and the programme team read it as well.',
      act: 'Read and answer',
    },
    'report.opened': {
      title: '{by} reported a message',
      body: '{reason, select, harassment {Somebody is being harassed.} hate {It is hateful or demeaning.} private {It says what is private.} spam {It is spam.} other {For another reason.}}',
      act: 'Open the reports',
    },
    'report.closed': {
      title:
        '{outcome, select, removed {The message you reported was removed} other {The message you reported was looked at, and stays}}',
      body: '{answer}',
      act: 'Open the channel',
    },
    'post.flagged': {
      title:
        '{hidden, select, yes {A post in the forum is hidden until one of you has looked} other {{by} flagged a post in the forum}}',
      body: '{hidden, select, yes {Three people flagged it. It and what they say of it are with the flags.} other {The post and what they say of it are with the flags.}}',
      act: 'Open the flags',
    },
    'post.hidden': {
      title: 'Your post is hidden until the programme team has looked at it',
      body: '{title, select, none {} other {It stands in “{title}”. }}Several people asked the team to look. You will hear what they decide.',
      act: 'Open the forum',
    },
    'post.settled': {
      title:
        '{outcome, select, hidden {The programme team hid your post} edited {The programme team changed your post} shown {The programme team looked at your post: it is shown again} other {The programme team looked at your post, and it stays}}',
      body: '{words, select, none {{title, select, none {} other {It stands in “{title}”.}}} other {{words}}}',
      act: 'Open the forum',
    },
    'flag.answered': {
      title:
        '{outcome, select, hidden {The post you flagged is hidden} edited {The post you flagged was changed} other {The post you flagged was looked at, and stays}}',
      body: '{words, select, none {} other {{words}}}',
      act: 'Open the forum',
    },
    'handbook.copied': {
      title:
        '{pages, plural, one {You keep one page of the handbook that came from {cohort}} other {You keep # pages of the handbook that came from {cohort}}}',
      body: '{old, plural, =0 {All of them were checked in the last six months.} one {One of them was not checked for six months: is it still right?} other {# of them were not checked for six months: are they still right?}}',
      act: 'Open the handbook',
    },
    'commons.asked': {
      title:
        '{what, select, topic {May “{title}” be opened to all cohorts?} other {May your words in “{title}” go along to all cohorts?}}',
      body: '{what, select, topic {{by} would like it to be in the commons, for all cohorts and alumni. You see first what they would read.} other {{by} opened it to all cohorts and alumni. What you wrote stays in your cohort unless you agree.}}',
      act: 'Look and answer',
    },
    'commons.replied': {
      title: '{by} wrote in “{title}”',
      body: 'In the commons, which all cohorts read.',
      act: 'Open the topic',
    },
    'commons.flagged': {
      title:
        '{hidden, select, yes {A post in the commons is hidden until one of you has looked} other {A post in the commons was flagged}}',
      body: 'It stands in a topic of your cohort. Remove it, or let it stay.',
      act: 'Open the flags',
    },
    'cohort.closed': {
      title: '{cohort} has ended',
      body: 'Your profile, the forum and your direct messages stay with you.',
      act: 'Open Cordée',
    },
    'webhook.stopped': {
      title: 'The webhook {name} of the cohort was stopped',
      body: 'Nobody keeps it any more: whoever set it up has left the programme team, or got their account back from somebody else, who may know its key. It tells nothing until one of you takes it over.',
      act: 'Open the webhooks',
    },
    'mail.stopped': {
      title: 'Emails to you do not arrive',
      body: 'A mail server said that {address} takes no email, so none is sent there any more. What concerns you stands here.',
      act: 'Check my address',
    },
    'mail.unreachable': {
      title: 'Emails to {name} do not arrive',
      body: 'Their address takes no email: nothing is sent there until they have another, or try it again.',
      act: 'Open the people',
    },
    'operation.alert': {
      title:
        '{alert, select, late {Reminders are late: {count, plural, one {one waits} other {# wait}}} deferred {Emails of reminders are put off: {count} wait} other {Reminders fail: {count} of {among} within an hour}}',
      body: '{alert, select, late {The one that has waited longest was due on {sinceAt}. First see whether a worker runs and the mail server answers; /readyz says whether MongoDB and Redis do. What waits goes out by itself once they are back.} deferred {The first one was due on {sinceAt}. What is shown in Cordée came in time; only the emails wait. First see whether the mail server answers, and takes as many a minute as are to leave. The programme team sees under Reminders which ones wait and what it answered. Each is tried again for some seven hours, as long as it is not too late for it.} other {The first one failed on {sinceAt}. First see whether the mail server takes emails. The programme team sees under Reminders, “Failed”, which ones and why, and sends them again from there.}}',
      act: 'Open the installation',
    },
    'operation.over': {
      title:
        '{alert, select, late {Reminders go out in time again} deferred {Emails of reminders are not put off any more} other {Reminders do not fail any more}}',
      body: 'It began on {sinceAt} and is well again since {untilAt}.',
      act: 'Open the installation',
    },
    'account.security': { title: 'Your account: {title}', body: '', act: 'Open the settings' },
  },
  why: {
    registered: 'You get this because you are going to this workshop.',
    attended: 'You get this because you were at this workshop.',
    waitlisted: 'You get this because you are on the waiting list of this workshop.',
    'workshop.offered.waitlisted': 'You get this because you were on the waiting list of this workshop.',
    'workshop.lapsed.waitlisted': 'You get this because you were on the waiting list of this workshop.',
    left: 'You get this because you were going to this workshop, or waiting for a place.',
    wanted: 'You get this because you said that you want it.',
    owner: 'You get this because you took it on.',
    quiet: 'You get this because you are in residence.',
    quiet_fellow: 'You get this because you are the coach of their project.',
    first_day: 'You get this because you are a member of the cohort.',
    half_way: 'You get this because you are a member of the cohort.',
    last_month: 'You get this because you are a member of the cohort.',
    last_day: 'You get this because you are a member of the cohort.',
    week: 'You get this because you are a member of the cohort.',
    month: 'You get this because you are a host in the cohort.',
    project_host: 'You get this because you are a host of this project.',
    'topic.reminder.craft': 'You get this because it is about your craft.',
    host: 'You get this because you host this workshop.',
    participant: 'You get this because it is your session.',
    coach: 'You get this because you are the coach of this session.',
    host_before: 'You get this because you were one of its hosts.',
    coach_before: 'You get this because this session was yours.',
    asked: 'You get this because you are asked.',
    staff_asked: 'You get this because you are asked, as part of the programme team.',
    craft: 'You get this because your craft is asked.',
    asker: 'You get this because you asked for help.',
    asker_asked: 'You get this because you asked for help, and were asked a question.',
    cycle: 'You get this because it is your cycle.',
    goal: 'You get this because you work on this goal, or did.',
    note_reader: 'You get this because you are among the readers of this note.',
    mentioned: 'You get this because you were mentioned.',
    quoted: 'You get this because you were quoted.',
    author: 'You get this because you started this topic.',
    watching: 'You get this because you watch this topic.',
    watching_tag: 'You get this because you watch a tag of this topic.',
    keeper: 'You get this because you keep these pages.',
    watching_forum: 'You get this because you watch the whole forum.',
    member: 'You get this because you are a member of the cohort.',
    'chat.direct.participant': 'You get this because you are part of this conversation.',
    'chat.watched.watching': 'You get this because you watch this channel.',
    'channel.added.member': 'You get this because somebody added you to this channel.',
    'mail.stopped.self': 'You get this because it is about your own address.',
    self: 'You get this because you asked for it.',
    staff: 'You get this because you are part of the programme team.',
    trial: 'You get this because you asked for a trial of this reminder. People and dates are invented.',
    reporter: 'You get this because you reported it.',
    'commons.replied.writer': 'You get this because you wrote in this topic.',
    writer: 'You get this because you wrote it.',
    helper: 'You get this because it is about what you give, or what you answered before.',
    admin: 'You get this because you are an administrator of this installation.',
    security: 'You get this because it concerns the security of your account.',
  },
  lead: {
    early:
      '{unit, select, d {{count, plural, =0 {on the day} one {# day before} other {# days before}}} h {{count, plural, one {# hour before} other {# hours before}}} other {{count, plural, one {# minute before} other {# minutes before}}}}',
    soon: '{count, plural, =0 {Today} =1 {Tomorrow} other {In # days}}',
    waited:
      '{unit, select, d {{count, plural, =7 {seven days} =14 {two weeks} =28 {four weeks} one {# day} other {# days}}} other {{count, plural, one {# hour} other {# hours}}}}',
  },
  phases: { discover: 'Discover', build: 'Build', deploy: 'Deploy', handover: 'Hand over' },
  milestones: MILESTONE_NAMES.en,
  facts: { when: 'When', link: 'Link', need: 'Need', cancelBy: 'Cancel by' },
  mail: {
    answer:
      'You can answer this email: what you write above the quoted text appears {where, select, t {in the topic} m {in the thread of the message} s {as a note of the session, for those who take part in it} other {in the conversation}}.',
    change: 'Change what reaches you',
    stop: 'Stop these emails',
    leaveLine: 'Leave the waiting list',
    moveOrCancel: 'Move or cancel this session',
    leavePlace: 'I cannot come: give my place up',
  },
  stopPage: {
    title: 'Emails about {group}',
    ask: 'Do you want to stop the emails about {group}? They still arrive in your inbox in Cordée.',
    act: 'Stop these emails',
    done: 'You get no more emails about {group}. You can turn them on again in your settings.',
    dead: 'This link does not work',
    deadBody:
      'It is not complete, or what it was about is no longer there. You choose in your settings which emails reach you.',
  },
  groups: {
    workshops: 'workshops',
    sessions: 'coaching',
    milestones: 'milestones',
    forum: 'the forum',
    chat: 'chat',
  },
};
