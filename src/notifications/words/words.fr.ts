import { MILESTONE_NAMES } from '../../calendar/milestone-names.js';
import type { NoticeWords } from './words.js';

/** French. */
export const fr: NoticeWords = {
  kinds: {
    'workshop.reminder': {
      title: '« {title} » : {startsAt}',
      body: 'Rappel, {early}. Vous participez.',
      act: 'Ouvrir l’atelier',
    },
    'workshop.registered': {
      title:
        '{several, select, true {{grown, select, true {De nouvelles dates s’ajoutent. } other {}}{status, select, waitlisted {Vous êtes sur liste d’attente : « {title} », {count} dates} other {Vous participez : « {title} », {count} dates}}} other {{status, select, waitlisted {Vous êtes sur liste d’attente : « {title} »} registered_by {{by} vous a inscrit·e : « {title} »} waitlisted_by {{by} vous a mis·e sur liste d’attente : « {title} »} other {Vous participez : « {title} »}}}}',
      body: '{several, select, true {{status, select, waitlisted {Vous serez prévenu·e dès qu’une place se libère.} other {{waiting, plural, =0 {Vous avez une place à toutes.} one {Pour l’une d’elles, vous êtes sur liste d’attente.} other {Pour # d’entre elles, vous êtes sur liste d’attente.}}}}} other {{when}{status, select, waitlisted {. Vous serez prévenu·e dès qu’une place se libère.} waitlisted_by {. Vous serez prévenu·e dès qu’une place se libère. Vous pouvez quitter la liste à tout moment.} registered_by {.{over, select, session { Vous avez aussi une séance de coaching à ce moment-là.} workshop { Vous avez aussi « {overTitle} » à ce moment-là.} busy { Un autre de vos agendas vous dit pris à ce moment-là.} other {}} En cas d’empêchement, désinscrivez-vous : la place ira à la personne suivante.} other {}}}}',
      act: 'Ouvrir l’atelier',
    },
    'workshop.added': {
      title: '« {title} » continue : {count, plural, one {une date de plus} other {# dates de plus}}',
      body: 'La première : {when}. Inscrivez-vous à celles que vous voulez tant qu’il y a des places.',
      act: 'Voir les dates et s’inscrire',
    },
    'workshop.promoted': {
      title: 'Une place s’est libérée pour vous : « {title} »',
      body: '{when}. Vous participez.{over, select, session { Vous avez aussi une séance de coaching à ce moment-là.} workshop { Vous avez aussi « {overTitle} » à ce moment-là.} busy { Un autre de vos agendas vous dit pris à ce moment-là.} other {}} En cas d’empêchement, désinscrivez-vous : la place ira à la personne suivante.',
      act: 'Ouvrir l’atelier',
    },
    'workshop.offered': {
      title:
        '{rung, select, h24 {Votre réponse manque : une place vous est réservée jusqu’au {untilAt}, « {title} »} other {Une place vous est réservée jusqu’au {untilAt} : « {title} »}}',
      body: '{when}. {rung, select, h24 {Acceptez-la ou refusez-la : passé ce délai, elle ira à la personne suivante.} other {Acceptez-la d’ici là, sinon elle ira à la personne suivante.}}{over, select, session { Vous avez aussi une séance de coaching à ce moment-là.} workshop { Vous avez aussi « {overTitle} » à ce moment-là.} busy { Un autre de vos agendas vous dit pris à ce moment-là.} other {}}',
      act: 'Accepter ou refuser',
    },
    'workshop.lapsed': {
      title: 'La place réservée pour vous est allée à la personne suivante : « {title} »',
      body: '{when}. Vous n’êtes plus sur la liste ; inscrivez-vous de nouveau pour attendre.',
      act: 'Ouvrir l’atelier',
    },
    'workshop.message': {
      title: '{by}, à propos de « {title} »',
      body: '{text}',
      act: 'Ouvrir l’atelier',
    },
    'workshop.materials': {
      title:
        '{count, plural, =0 {Le compte rendu de « {title} » est disponible} one {« {title} » : {what}} other {« {title} » : # nouveaux supports}}',
      body: '{by, select, none {} other {{count, plural, one {Ajouté par {by}.} other {Ajoutés par {by}.}}}}{count, plural, =0 {} other {{minutes, select, true { Le compte rendu est disponible aussi.} other {}}}}',
      act: 'Ouvrir l’atelier',
    },
    'workshop.host_left': {
      title: '{by} a quitté la promotion et n’anime plus {count, plural, =1 {« {title} »} other {# ateliers à venir}}',
      body: '{count, plural, =1 {{without, plural, =0 {D’autres personnes l’animent toujours.} other {Plus personne ne l’anime : choisissez quelqu’un, ou annulez.}}} other {{without, plural, =0 {D’autres personnes les animent toujours.} =1 {Plus personne n’anime l’un d’eux : choisissez quelqu’un, ou annulez.} other {Plus personne n’anime # d’entre eux : choisissez quelqu’un, ou annulez.}}}}',
      act: '{count, plural, =1 {Ouvrir l’atelier} other {Ouvrir les ateliers}}',
    },
    'workshop.hosting': {
      title:
        '{by, select, none {Vous animez désormais « {title} »} other {{by} vous a désigné·e pour animer « {title} »}}{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {La première : {when}.} other {{when}.}} Ce temps est pris dans votre agenda. En cas d’empêchement, modifiez l’atelier et retirez-vous des personnes qui l’animent.',
      act: 'Ouvrir l’atelier',
    },
    'workshop.hosting_ended': {
      title: 'Vous n’animez plus « {title} »{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {La première : {when}.} other {{when}.}} Ce temps est de nouveau libre dans votre agenda.',
      act: 'Ouvrir l’atelier',
    },
    'workshop.left': {
      title: 'Vous ne participez plus : « {title} »{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {} other {{when}}}',
      act: 'Ouvrir l’atelier',
    },
    'workshop.moved': {
      title: '{several, select, true {« {title} » a changé : {count} dates} other {« {title} » a changé : {startsAt}}}',
      body: 'L’horaire ou le lieu a changé.{several, select, true { La prochaine date est le {startsAt}.} other {}}',
      act: 'Ouvrir l’atelier',
    },
    'workshop.cancelled': {
      title: 'Annulé : « {title} »{several, select, true {, {count} dates} other {}}',
      body: '{several, select, true {La première date était prévue le {startsAt}.} other {L’atelier était prévu le {startsAt}.}}{reason, select, none {} other { « {reason} »}}',
      act: 'Ouvrir l’atelier',
    },
    'session.reminder': {
      title: 'Séance avec {with} : {startsAt}',
      body: 'Rappel, {early}.{openActions, plural, =0 {} one { Une action est encore ouverte.} other { # actions sont encore ouvertes.}}',
      act: 'Ouvrir la séance',
    },
    'wish.planned': {
      title: 'Ce que vous vouliez est programmé : « {title} »',
      body: '{when}. {same, select, true {} other {Vous aviez dit vouloir « {subject} ». }}Inscrivez-vous tant qu’il reste des places.',
      act: 'Voir et s’inscrire',
    },
    'session.booked': {
      title:
        '{several, select, true {{count} séances avec {with}, la première : {startsAt}} other {Séance avec {with} : {startsAt}}}',
      body: '{several, select, true {{mine, select, true {Réservées par vous.} other {Réservées par {by}.}} Chacune peut être déplacée ou annulée séparément.} other {{mine, select, true {Réservée par vous.} other {Réservée par {by}.}}}}',
      act: 'Ouvrir la séance',
    },
    'session.moved': {
      title: 'La séance avec {with} est déplacée : {startsAt}',
      body: '{mine, select, true {Déplacée par vous.} other {Déplacée par {by}.}}{fromAt, select, none {} other { Elle était prévue le {fromAt}.}}',
      act: 'Ouvrir la séance',
    },
    'session.handed_over': {
      title:
        '{part, select, from {{to} reprend votre séance avec {fellows} : {startsAt}} to {Vous reprenez une séance avec {fellows} : {startsAt}} other {Votre séance aura lieu avec {to} : {startsAt}}}',
      body: '{part, select, from {Elle n’est plus la vôtre.} to {Elle était prévue avec {from}. L’horaire ne change pas.} other {{to} remplace {from}. L’horaire ne change pas.}}{mine, select, true {} other { Confiée par {by}.}}',
      act: 'Ouvrir la séance',
    },
    'action.dropped': {
      title: '{by} n’est plus là : « {about} » ne sera pas fait',
      body: 'C’était une action prise en charge pour vous. Reprenez-la, ou demandez à un autre coach.',
      act: 'Ouvrir la séance',
    },
    'session.cancelled': {
      title:
        '{several, select, true {Annulées : {count} séances avec {with}, la première : {startsAt}} other {Annulée : séance avec {with}, {startsAt}}}',
      body: '{several, select, true {{mine, select, true {Annulées par vous.} other {Annulées par {by}.}}{late, select, true { Ce qui tombe dans le délai demandé par le coach est noté comme annulé tardivement.} other {}}} other {{mine, select, true {Annulée par vous.} other {Annulée par {by}.}}{late, select, true { Cette annulation est notée comme tardive.} other {}}}}{reason, select, none {} other { « {reason} »}}',
      act: 'Ouvrir la séance',
    },
    'request.asked': {
      title: '{by} cherche votre aide : {about}',
      body: '{passedBy, select, none {} other {Transmise par {passedBy}. }}{text, select, none {} other {« {text} »}}',
      act: 'Répondre',
    },
    'request.passed': {
      title:
        '{passedBy, select, none {Votre demande est maintenant chez {to}} other {{passedBy} a transmis votre demande à {to}}}',
      body: '« {about} »',
      act: 'Ouvrir la demande',
    },
    'request.question': { title: '{by} a une question : {about}', body: '« {text} »', act: 'Répondre' },
    'request.told': { title: '{by} a répondu à votre question : {about}', body: '« {text} »', act: 'Répondre' },
    'request.accepted': {
      title: '{by} va vous aider : {about}',
      body: 'Dites quand vous pouvez en parler.',
      act: 'Ouvrir la demande',
    },
    'request.declined': {
      title: '{by} ne peut pas vous aider cette fois : {about}',
      body: '« {text} » D’autres personnes qui pourraient aider sont nommées à côté de votre demande.',
      act: 'Voir qui d’autre pourrait aider',
    },
    'request.withdrawn': {
      title: '{by} n’a plus besoin de votre aide : {about}',
      body: '',
      act: 'Ouvrir la demande',
    },
    'request.reminder': {
      title:
        '{rung, select, h48 {{by} attend une réponse} h96 {Personne n’a répondu à {by}} other {Votre demande attend depuis {waited}}} : {about}',
      body: '{rung, select, h48 {Depuis le {sinceAt}. {waitsFor, select, asker {C’est votre réponse qui manque.} other {Acceptez, refusez, posez une question ou transmettez la demande.}}} h96 {Demandé le {sinceAt}. {owner, select, none {Personne n’a pris la demande.} other {La demande est chez {owner}.}} Merci de veiller à ce que quelqu’un réponde.} other {{others, select, none {L’équipe du programme veille à ce que quelqu’un réponde.} other {Ces personnes pourraient aussi aider : {others}.}}}}',
      act: 'Ouvrir la demande',
    },
    'cycle.started': {
      title: '{with} commence avec vous un cycle de quatre séances : {about}',
      body: 'Chaque séance que vous réservez ensemble compte. Le mois commence avec la première.',
      act: 'Ouvrir le cycle',
    },
    'cycle.moved': {
      title: 'Votre cycle avec {with} se termine maintenant le {on}',
      body: 'Son mois commence avec la première séance, qui a changé de jour. « {about} »',
      act: 'Ouvrir le cycle',
    },
    'cycle.ended': {
      title:
        '{how, select, completed {Votre cycle avec {with} est terminé} lapsed {Votre cycle avec {with} a expiré} other {{by} a mis fin à votre cycle}} : {about}',
      body: '{held, plural, =0 {Aucune séance n’a eu lieu.} one {Une séance sur quatre a eu lieu.} other {# séances sur quatre ont eu lieu.}}{word, select, none {} other { « {word} »}}{how, select, lapsed { Vous pouvez en commencer un autre.} other {}}',
      act: 'Ouvrir le cycle',
    },
    'cycle.note': {
      title: '{coach} a écrit le bilan {part, select, fellow {de votre cycle} other {du cycle avec {fellow}}}',
      body: '« {about} »',
      act: 'Lire le bilan',
    },
    'cycle.reminder': {
      title:
        '{missing, plural, one {Il manque une séance} other {Il manque # séances}} à votre cycle avec {with}, qui se termine le {on}',
      body: '« {about} » Réservez tant qu’il reste des heures libres.',
      act: 'Ouvrir le cycle',
    },
    'goal.set': {
      title:
        '{how, select, left {{by} poursuit avec un autre coach un de vos objectifs} goes_on {{by} poursuit un objectif avec vous} other {{by} a fixé un objectif avec vous}}',
      body: '{how, select, left {Il n’est plus parmi vos objectifs.} goes_on {Vous lisez ce qui a été noté jusqu’ici, et notez tous deux où il en est.} other {Il dit à quoi on le voit et figure dans vos séances. Vous notez tous deux où il en est.}}',
      act: '{how, select, left {Ouvrir mes objectifs} other {Ouvrir l’objectif}}',
    },
    'slot.free': {
      title: '{with} a une heure libre : {startsAt}',
      body: 'Vous aviez demandé à être prévenu·e. Toutes les personnes qui attendaient le sont, une seule fois : réservez vite, ou demandez à l’être de nouveau.',
      act: 'La réserver',
    },
    'milestone.reminder': {
      title: '{soon} : {milestone}',
      body: 'Jalon de la promotion, {on}.{phaseToo, select, true { La phase « {phase} » se termine aussi ce jour-là.} later { La phase « {phase} » se termine le {phaseDay}.} other {}}',
      act: 'Ouvrir le calendrier',
    },
    'phase.reminder': {
      title:
        '{rung, select, d21 {Préparez la fin de la phase « {phase} »} other {{soon} : fin de la phase « {phase} »}}',
      body: '{rung, select, d21 {Elle se termine le {on}. Convenez du comité : qui y siège, quand, et ce que montrent les équipes.} other {Son dernier jour est le {on}.}}',
      act: 'Ouvrir le calendrier',
    },
    'residency.reminder': {
      title:
        '{moment, select, first_day {{soon} : {cohort} commence} half_way {{soon} : {cohort} est à mi-parcours} last_month {{soon} : {cohort} entre dans son dernier mois} other {{soon} : {cohort} se termine}}',
      body: '{moment, select, first_day {{part, select, coach {Vos heures, vos fellows et les premières séances sont ici.} host {Votre défi et son équipe sont ici, ainsi que les ateliers auxquels vous pouvez venir.} staff {Le tableau de bord montre qui ne s’est pas encore connecté, et ce qui manque.} other {Votre semaine, votre équipe et vos premiers ateliers sont ici.}}} half_way {{part, select, coach {Un bon jour pour faire le point avec chaque fellow, et penser à ce que la seconde moitié doit apporter.} host {Un bon jour pour voir avec votre équipe ce qui est atteint, et ce que votre administration doit apporter dans la seconde moitié.} staff {Un bon jour pour regarder le tableau de bord : qui n’a pas eu de séance depuis longtemps, quels défis ont besoin d’aide.} other {Un bon jour pour faire le point avec votre coach, et penser à ce que la seconde moitié doit apporter.}}} last_month {{actions, plural, =0 {} one {Une action ouverte est la vôtre. } other {# actions ouvertes sont les vôtres. }}{part, select, coach {À transmettre avec vos fellows : une dernière séance avec chaque personne, les pages de leurs défis, le dernier comité.} host {À transmettre avec votre équipe : qui prend la suite du défi dans votre administration, ce que vous gardez des ateliers, le dernier comité.} staff {À transmettre avec les équipes : qui prend la suite de chaque défi, ce qui attend encore sur le tableau de bord, le dernier comité.} other {À transmettre : la page de votre défi, ce que vous gardez des ateliers, le dernier comité, une dernière séance avec votre coach.}}} other {{part, select, coach {Merci d’avoir accompagné cette promotion. Ce qui s’y est dit reste ici, à relire.} host {Merci de votre accueil. La page de votre défi reste ici, à relire.} staff {Merci. Une fois tout transmis, la promotion peut être clôturée : elle reste lisible, et ses fellows deviennent alumni.} other {Merci. Votre profil, le forum et vos messages directs vous restent en tant qu’alumni.}}}}{milestoneToo, select, true { C’est aussi le jour d’un jalon : {milestone}.} other {}}{phaseToo, select, true { La phase « {phase} » se termine ce jour-là.} later { La phase « {phase} » se termine le {phaseDay}.} other {}}',
      act: '{moment, select, last_month {Ouvrir les défis} other {Ouvrir ma semaine}}',
    },
    'letter.reminder': {
      title:
        '{what, select, week {{cohort} : cette semaine} other {{cohort} : ce mois-ci{project, select, none {} other {, {project}}}}}',
      body: '{team, select, true {Le mois dernier pour votre équipe : {held, plural, =0 {aucune séance} one {une séance} other {# séances}} de coaching, {went, plural, =0 {aucun atelier suivi} one {un atelier suivi} other {# ateliers suivis}}, {passed, plural, =0 {aucun jalon franchi} one {un jalon franchi} other {# jalons franchis}}. } other {}}{workshops, plural, =0 {Aucun atelier n’est prévu.} one {Un atelier est prévu.} other {# ateliers sont prévus.}}{has, select, true { Prochain jalon : {milestone}, {milestoneDay}.} other {}}{what, select, week {{questions, plural, =0 {} one { Dans le forum, une question attend une réponse.} other { Dans le forum, # questions attendent une réponse.}}} other {{projects, plural, =0 { Voyez sur quoi portent les défis de la promotion.} one { Voyez où en est votre défi, et ce qu’il attend de vous.} other { Voyez où en sont vos défis, et ce qu’ils attendent de vous.}}}}',
      act: '{what, select, week {Ouvrir ma semaine} other {{projects, plural, =0 {Ouvrir les défis} one {Ouvrir le défi} other {Ouvrir les défis}}}}',
    },
    'workshop.feedback': {
      title: 'Comment était « {title} » ?',
      body: 'Une note et quelques mots, sans votre nom : le prochain n’en sera que meilleur.',
      act: 'Donner mon avis',
    },
    'session.notes': {
      title: 'Notes à écrire : séance avec {with}, {startsAt}',
      body: 'Écrivez ce que vous avez convenu tant que c’est frais ; vous choisissez qui lit.',
      act: 'Écrire les notes',
    },
    'action.reminder': {
      title: '{rung, select, d1 {En retard} other {{soon}}} : {about}',
      body: '{rung, select, d1 {C’était pour le {on} : faites-la, donnez-lui un autre jour ou abandonnez-la.} other {Pour le {on}.}} Une action de la séance avec {with}.',
      act: 'Ouvrir la séance',
    },
    'topic.reminder': {
      title:
        '{rung, select, h96 {Personne n’a répondu à « {title} » depuis le {sinceAt}} other {« {title} » attend une réponse}}',
      body: '{rung, select, h96 {Répondez à {by}, ou demandez à quelqu’un qui sait.} other {{by} attend depuis le {sinceAt}. Même une première idée aide.}}',
      act: 'Ouvrir le sujet',
    },
    'contact.reminder': {
      title:
        '{part, select, coach {{fellow} n’a pas eu de séance depuis {waited}} other {Vous n’avez pas eu de séance depuis {waited}}}',
      body: '{part, select, coach {Demandez-lui comment cela va, ou proposez un horaire.} other {Une courte séance suffit pour garder le rythme : choisissez un horaire.}}',
      act: '{part, select, coach {Ouvrir le coaching} other {Choisir un horaire}}',
    },
    'topic.opened': { title: '{by} a ouvert « {title} »', body: '{excerpt}', act: 'Ouvrir le sujet' },
    'topic.asked': {
      title: 'Vous connaissez peut-être la réponse\u00a0: «\u00a0{title}\u00a0»',
      body: '{by} demande si vous pouvez aider pour cette question.',
      act: 'Ouvrir le sujet',
    },
    'topic.replied': { title: '{by} a répondu à « {title} »', body: '{excerpt}', act: 'Ouvrir le sujet' },
    'topic.answered': {
      title: 'Résolu : « {title} »',
      body: 'C’est {by} qui a donné la réponse retenue.',
      act: 'Ouvrir le sujet',
    },
    'topic.thanked': {
      title: '« {title} » a-t-elle sa réponse ?',
      body: '{by} a donné une réponse qui a été saluée. Si c’est celle que vous attendiez, choisissez-la : qui se pose la même la trouvera.',
      act: 'Ouvrir le sujet',
    },
    'forum.mentioned': {
      title: '{by} vous a mentionné·e dans « {title} »',
      body: '{excerpt}',
      act: 'Ouvrir le sujet',
    },
    'forum.bookmark': { title: 'Votre rappel : « {title} »', body: '{note}', act: 'Ouvrir le sujet' },
    'chat.mentioned': {
      title: '{by} vous a mentionné·e dans #{channel}',
      body: '{excerpt}',
      act: 'Ouvrir le canal',
    },
    'chat.direct': { title: '{by} vous a écrit', body: '{excerpt}', act: 'Ouvrir la conversation' },
    'chat.watched': {
      title: '{count, plural, one {Un nouveau message} other {# nouveaux messages}} dans #{channel}',
      body: '{excerpt}',
      act: 'Ouvrir le canal',
    },
    'chat.reminder': {
      title: 'Votre rappel : {by} a écrit{channel, select, none {} other { dans #{channel}}}',
      body: '{excerpt}',
      act: 'Ouvrir le message',
    },
    'channel.added': { title: 'Vous faites maintenant partie de #{channel}', body: '', act: 'Ouvrir le canal' },
    'note.self': {
      title: 'Votre rappel : {excerpt}',
      body: '{channel, select, none {} other {Depuis #{channel}.}}',
      act: 'Ouvrir Cordée',
    },
    'message.unsent': {
      title: 'Votre message n’est pas parti{channel, select, none {} other { vers #{channel}}}',
      body: '{excerpt}',
      act: 'Voir ce qui peut être fait',
    },
    'reminder.trial': { title: '{title}', body: '{text}', act: 'Ouvrir les rappels' },
    'application.message': {
      title: '{several, select, yes {{count} messages sur une candidature} other {Un message sur une candidature}}',
      body: '{callFr}',
      act: 'Ouvrir la candidature',
    },
    'project.asked': {
      title: 'Une candidate ou un candidat a une question sur {project}',
      body: 'Votre réponse se lit sur la page de sa candidature, et dans un courriel. Les autres hôtes et l’équipe du programme la lisent aussi.',
      act: 'Lire et répondre',
    },
    'report.opened': {
      title: '{by} a signalé un message',
      body: '{reason, select, harassment {Quelqu’un est harcelé.} hate {Il est haineux ou dégradant.} private {Il dévoile ce qui est privé.} spam {C’est du spam.} other {Pour une autre raison.}}',
      act: 'Ouvrir les signalements',
    },
    'report.closed': {
      title:
        '{outcome, select, removed {Le message que vous avez signalé a été retiré} other {Le message que vous avez signalé a été examiné, et reste}}',
      body: '{answer}',
      act: 'Ouvrir le canal',
    },
    'post.flagged': {
      title:
        '{hidden, select, yes {Un message du forum est masqué jusqu’à ce que l’un de vous l’ait examiné} other {{by} a signalé un message du forum}}',
      body: '{hidden, select, yes {Trois personnes l’ont signalé. Le message et leurs motifs sont avec les signalements du forum.} other {Le message et le motif indiqué sont avec les signalements du forum.}}',
      act: 'Ouvrir les signalements',
    },
    'post.hidden': {
      title: 'Votre message est masqué jusqu’à ce que l’équipe du programme l’ait examiné',
      body: '{title, select, none {} other {Il se trouve dans «\u00a0{title}\u00a0». }}Plusieurs personnes ont demandé à l’équipe de le regarder. Vous saurez ce qu’elle décide.',
      act: 'Ouvrir le forum',
    },
    'post.settled': {
      title:
        '{outcome, select, hidden {L’équipe du programme a masqué votre message} edited {L’équipe du programme a modifié votre message} shown {L’équipe du programme a examiné votre message\u00a0: il est de nouveau visible} other {L’équipe du programme a examiné votre message, et il reste}}',
      body: '{words, select, none {{title, select, none {} other {Il se trouve dans «\u00a0{title}\u00a0».}}} other {{words}}}',
      act: 'Ouvrir le forum',
    },
    'flag.answered': {
      title:
        '{outcome, select, hidden {Le message que vous avez signalé est masqué} edited {Le message que vous avez signalé a été modifié} other {Le message que vous avez signalé a été examiné, et reste}}',
      body: '{words, select, none {} other {{words}}}',
      act: 'Ouvrir le forum',
    },
    'handbook.copied': {
      title:
        '{pages, plural, one {Vous tenez à jour une page copiée d’un autre guide} other {Vous tenez à jour # pages copiées d’un autre guide}}\u00a0: {cohort}',
      body: '{old, plural, =0 {Toutes ont été vérifiées ces six derniers mois.} one {L’une d’elles n’a pas été vérifiée depuis six mois\u00a0: est-elle encore juste\u00a0?} other {# d’entre elles n’ont pas été vérifiées depuis six mois\u00a0: sont-elles encore justes\u00a0?}}',
      act: 'Ouvrir le guide',
    },
    'commons.asked': {
      title:
        '{what, select, topic {Ouvrir «\u00a0{title}\u00a0» à toutes les promotions\u00a0?} other {Vos mots dans «\u00a0{title}\u00a0» peuvent-ils aller à toutes les promotions\u00a0?}}',
      body: '{what, select, topic {{by} aimerait le voir dans l’espace commun, pour toutes les promotions et les anciens. Vous voyez d’abord ce qui y serait lu.} other {{by} l’a ouvert à toutes les promotions et aux anciens. Ce que vous avez écrit reste dans votre promotion, sauf si vous êtes d’accord.}}',
      act: 'Regarder et répondre',
    },
    'commons.replied': {
      title: '{by} a écrit dans «\u00a0{title}\u00a0»',
      body: 'Dans l’espace commun, que lisent toutes les promotions.',
      act: 'Ouvrir le sujet',
    },
    'commons.flagged': {
      title:
        '{hidden, select, yes {Un message de l’espace commun est masqué jusqu’à ce que l’un de vous ait regardé} other {Un message de l’espace commun a été signalé}}',
      body: 'Il se trouve dans un sujet de votre promotion. Retirez-le, ou laissez-le.',
      act: 'Ouvrir les signalements',
    },
    'cohort.closed': {
      title: 'La promotion est terminée : {cohort}',
      body: 'Vous gardez votre profil, le forum et vos messages directs.',
      act: 'Ouvrir Cordée',
    },
    'webhook.stopped': {
      title: 'Le webhook {name} de la promotion est arrêté',
      body: 'Plus personne ne le suit\u00a0: la personne qui l’avait installé a quitté l’équipe du programme, ou son compte lui a été rendu et quelqu’un d’autre peut connaître la clé du webhook. Il ne transmet plus rien tant que l’un de vous ne le reprend pas.',
      act: 'Ouvrir les webhooks',
    },
    'mail.stopped': {
      title: 'Les courriels ne vous parviennent pas',
      body: 'Un serveur a répondu que l’adresse {address} ne reçoit pas de courriel\u202f; plus rien n’y est envoyé. Ce qui vous concerne est ici.',
      act: 'Vérifier mon adresse',
    },
    'mail.unreachable': {
      title: 'Les courriels ne parviennent pas à {name}',
      body: 'Son adresse ne reçoit pas de courriel\u00a0: rien n’y est envoyé tant que cette personne n’en a pas d’autre ou ne réessaie pas.',
      act: 'Ouvrir l’annuaire',
    },
    'operation.alert': {
      title:
        '{alert, select, late {Des rappels sont en retard\u00a0: {count, plural, one {un rappel attend} other {# rappels attendent}}} deferred {Des courriels de rappel sont différés\u00a0: {count} attendent} other {Des rappels échouent\u00a0: {count} sur {among} en une heure}}',
      body: '{alert, select, late {Le plus ancien était prévu le {sinceAt}. Vérifiez d’abord qu’un processus «\u00a0worker\u00a0» tourne et que le serveur de messagerie répond\u202f; /readyz dit si MongoDB et Redis répondent. Ce qui attend part tout seul dès leur retour.} deferred {Le plus ancien était prévu le {sinceAt}. Ce qui s’affiche dans Cordée est arrivé à l’heure\u202f; seuls les courriels attendent. Vérifiez d’abord que le serveur de messagerie répond, et qu’il en accepte par minute autant qu’il doit en partir. L’équipe du programme voit dans Rappels lesquels attendent et ce qu’il a répondu. Chacun est réessayé pendant environ sept heures, tant qu’il n’est pas trop tard pour lui.} other {Le premier a échoué le {sinceAt}. Vérifiez d’abord que le serveur de messagerie accepte les envois. L’équipe du programme voit lesquels et pourquoi dans Rappels, «\u00a0En échec\u00a0», et les renvoie de là.}}',
      act: 'Ouvrir l’installation',
    },
    'operation.over': {
      title:
        '{alert, select, late {Les rappels partent de nouveau à l’heure} deferred {Les courriels de rappel ne sont plus différés} other {Les rappels n’échouent plus}}',
      body: 'Cela a commencé le {sinceAt}, et tout va bien depuis le {untilAt}.',
      act: 'Ouvrir l’installation',
    },
    'account.security': { title: 'Votre compte : {title}', body: '', act: 'Ouvrir les réglages' },
  },
  why: {
    registered: 'Vous recevez ce message parce que vous participez à cet atelier.',
    attended: 'Vous recevez ce message parce que vous étiez à cet atelier.',
    waitlisted: 'Vous recevez ce message parce que vous êtes sur la liste d’attente de cet atelier.',
    'workshop.offered.waitlisted':
      'Vous recevez ce message parce que vous étiez sur la liste d’attente de cet atelier.',
    'workshop.lapsed.waitlisted': 'Vous recevez ce message parce que vous étiez sur la liste d’attente de cet atelier.',
    left: 'Vous recevez ce message parce que vous deviez participer à cet atelier, ou attendiez une place.',
    wanted: 'Vous recevez ce message parce que vous avez dit que cela vous intéresse.',
    owner: 'Vous recevez ce message parce que vous avez pris en charge cette action.',
    quiet: 'Vous recevez ce message parce que vous êtes en résidence.',
    quiet_fellow: 'Vous recevez ce message parce que vous accompagnez son défi.',
    first_day: 'Vous recevez ce message parce que vous êtes membre de la promotion.',
    half_way: 'Vous recevez ce message parce que vous êtes membre de la promotion.',
    last_month: 'Vous recevez ce message parce que vous êtes membre de la promotion.',
    last_day: 'Vous recevez ce message parce que vous êtes membre de la promotion.',
    week: 'Vous recevez ce message parce que vous faites partie de la promotion.',
    month: 'Vous recevez ce message parce que vous êtes hôte dans la promotion.',
    project_host: 'Vous recevez ce message parce que vous êtes hôte de ce défi.',
    'topic.reminder.craft': 'Vous recevez ce message parce qu’il concerne votre métier.',
    host: 'Vous recevez ce message parce que vous animez cet atelier.',
    participant: 'Vous recevez ce message parce que cette séance est la vôtre.',
    coach: 'Vous recevez ce message parce que vous animez cette séance.',
    host_before: 'Vous recevez ce message parce que vous l’animiez.',
    coach_before: 'Vous recevez ce message parce que cette séance était la vôtre.',
    asked: 'Vous recevez ce message parce que votre aide est demandée.',
    staff_asked: 'Vous recevez ce message parce que votre aide est demandée, au titre de l’équipe du programme.',
    craft: 'Vous recevez ce message parce que votre métier est demandé.',
    asker: 'Vous recevez ce message parce que vous avez demandé de l’aide.',
    asker_asked: 'Vous recevez ce message parce qu’on vous a posé une question sur votre demande.',
    cycle: 'Vous recevez ce message parce que ce cycle est le vôtre.',
    goal: 'Vous recevez ce message parce que vous travaillez à cet objectif, ou y avez travaillé.',
    note_reader: 'Vous recevez ce message parce que vous pouvez lire ce bilan.',
    mentioned: 'Vous recevez ce message parce que vous avez été mentionné·e.',
    quoted: 'Vous recevez ce message parce que vous avez été cité·e.',
    author: 'Vous recevez ce message parce que vous avez ouvert ce sujet.',
    watching: 'Vous recevez ce message parce que vous suivez ce sujet.',
    watching_tag: 'Vous recevez ce message parce que vous suivez un mot-clé de ce sujet.',
    keeper: 'Vous recevez ce message parce que vous tenez ces pages à jour.',
    watching_forum: 'Vous recevez ce message parce que vous suivez tout le forum.',
    member: 'Vous recevez ce message parce que vous êtes membre de la promotion.',
    'chat.direct.participant': 'Vous recevez ce message parce que vous participez à cette conversation.',
    'chat.watched.watching': 'Vous recevez ce message parce que vous suivez tout ce canal.',
    'channel.added.member': 'Vous recevez ce message parce que vous avez été ajouté·e à ce canal.',
    'mail.stopped.self': 'Vous recevez ce message parce qu’il s’agit de votre adresse.',
    self: 'Vous recevez ce message parce que vous l’avez demandé.',
    staff: 'Vous recevez ce message parce que vous faites partie de l’équipe du programme.',
    trial:
      'Vous recevez ce message parce que vous avez demandé un essai de ce rappel. Les personnes et les dates sont inventées.',
    reporter: 'Vous recevez ce message parce que vous avez signalé un message.',
    'commons.replied.writer': 'Vous recevez ce message parce que vous avez écrit dans ce sujet.',
    writer: 'Vous recevez ce message parce que vous l’avez écrit.',
    helper:
      'Vous recevez ce message parce qu’il s’agit de ce que vous proposez, ou de ce à quoi vous avez déjà répondu.',
    admin: 'Vous recevez ce message parce que vous administrez cette installation.',
    security: 'Vous recevez ce message parce qu’il concerne la sécurité de votre compte.',
  },
  lead: {
    early:
      '{unit, select, d {{count, plural, =0 {le jour même} one {# jour avant} other {# jours avant}}} h {{count, plural, one {# heure avant} other {# heures avant}}} other {{count, plural, one {# minute avant} other {# minutes avant}}}}',
    soon: '{count, plural, =0 {Aujourd’hui} =1 {Demain} other {Dans # jours}}',
    waited:
      '{unit, select, d {{count, plural, =7 {sept jours} =14 {deux semaines} =28 {quatre semaines} one {# jour} other {# jours}}} other {{count, plural, one {# heure} other {# heures}}}}',
  },
  phases: { discover: 'Explorer', build: 'Construire', deploy: 'Déployer', handover: 'Transmettre' },
  milestones: MILESTONE_NAMES.fr,
  facts: { when: 'Quand', link: 'Lien', need: 'Besoin', cancelBy: 'Annuler au plus tard' },
  mail: {
    answer:
      'Vous pouvez répondre à ce courriel\u00a0: ce que vous écrivez au-dessus du texte cité paraît {where, select, t {dans le sujet} m {dans le fil du message} s {comme note de la séance, pour celles et ceux qui y participent} other {dans la conversation}}.',
    change: 'Choisir ce que vous recevez',
    stop: 'Ne plus recevoir ces courriels',
    leaveLine: 'Quitter la liste d’attente',
    moveOrCancel: 'Déplacer ou annuler cette séance',
    leavePlace: 'Je ne peux pas venir : libérer ma place',
  },
  stopPage: {
    title: 'Courriels : {group}',
    ask: 'Voulez-vous ne plus recevoir de courriels sur {group} ? Les notifications resteront visibles dans Cordée.',
    act: 'Ne plus recevoir ces courriels',
    done: 'Vous ne recevrez plus de courriels sur {group}. Vous pouvez les réactiver dans vos réglages.',
    dead: 'Ce lien ne fonctionne pas',
    deadBody:
      'Il est incomplet, ou ce dont il parlait n’existe plus. Vous choisissez dans vos réglages quels courriels vous recevez.',
  },
  groups: {
    workshops: 'les ateliers',
    sessions: 'le coaching',
    milestones: 'les jalons',
    forum: 'le forum',
    chat: 'la messagerie',
  },
};
