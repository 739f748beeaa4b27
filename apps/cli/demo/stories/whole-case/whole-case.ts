import type { LocalDate } from '#forlop/domain';
import type { Story } from '../../step.js';
import { overview, readBack } from '../reading.js';
import { decision } from './decision.js';
import { closeFollowUp, ending, starts } from './follow-up.js';
import { choice, investigation, referralAndReview } from './investigation.js';
import { startMeeting } from './plan.js';
import { newScene } from './scene.js';

/**
 * The nine steps of the guide «Forberedelse og oppstart av hjelpetiltak», with its own small template for a plan: from a
 * referral to the end of all measures.
 */
export function wholeCase(today: LocalDate): Story {
  const scene = newScene(today);
  return {
    id: 'hele-saken',
    title: 'Fra bekymringsmelding til avsluttede hjelpetiltak',
    about:
      'Et barn på 11 år er alene om kvelden. Tre tiltak: miljøterapeut hjemme to ganger i uken, COS-P åtte onsdager, ' +
      'støttekontakt annenhver lørdag. Tallene foran er de ni trinnene i veilederen (10: avslutning).',
    steps: [
      ...referralAndReview(scene),
      ...investigation(scene),
      ...choice(scene),
      ...decision(scene),
      ...startMeeting(scene),
      ...starts(scene),
      ...closeFollowUp(scene),
      ...ending(scene),
      overview('Oversikten viser at tiltakene er avsluttet', today, 'MEASURES_ENDED'),
      ...readBack(today),
    ],
  };
}
