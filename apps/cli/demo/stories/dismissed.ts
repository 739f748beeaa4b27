import type { LocalDate } from '#forlop/domain';
import type { Story } from '../step.js';
import { storyDays, MON, THU } from '../story-days.js';
import { caseIds, family } from './cast.js';
import { overview, readBack } from './reading.js';
import { accepted, received, refused, registered } from './steps.js';

/** A referral that is dismissed: not without reasons, and with them. */
export function dismissedReferral(today: LocalDate): Story {
  const day = storyDays(today, 1);
  const { child, mother } = family('Løvmeis', 6, today);
  const { referral } = caseIds();
  const assessment = `/cases/{caseId}/referrals/${referral}/assessment`;
  const dismissal = { assessedOn: day(0, THU), conclusion: 'DISMISSED', immediateActionNeeded: false };
  return {
    id: 'henlagt-melding',
    title: 'En melding som henlegges med begrunnelse',
    about:
      'En nabo melder anonymt at et barn på 6 år leker ute sent om kvelden. Uten barnevernsfaglig vurdering kan ' +
      'meldingen ikke henlegges.',
    steps: [
      registered('Barnet registreres', child, day(0, MON)),
      registered('Mor registreres', mother, day(0, MON)),
      received(
        { title: 'Anonym bekymringsmelding mottas', on: day(0, MON) },
        {
          referralId: referral,
          child,
          guardians: [{ person: mother, relation: 'MOR', dailyCare: true }],
          kind: 'BEKYMRINGSMELDING',
          reporter: { code: '23', isPublic: false, anonymous: true },
          contents: ['1.4.01', '8'],
          description: 'Barnet har vært ute på lekeplassen til klokken ni to kvelder på rad.',
        },
      ),
      refused(
        { title: 'Henleggelse uten faglig vurdering', on: day(0, THU), as: 'LEDER' },
        'AssessReferral',
        assessment,
        dismissal,
        422,
        'missing-reasons',
      ),
      overview('Leder ser på saken', day(0, THU), 'RECEIVED', 'LEDER'),
      accepted(
        { title: 'Henleggelse med faglig vurdering', on: day(0, THU), as: 'LEDER' },
        'AssessReferral',
        assessment,
        {
          ...dismissal,
          professionalAssessment:
            'Det var lyst, lekeplassen ligger utenfor vinduet, og helsestasjonen er ikke bekymret. ' +
            'Forholdet gir ikke rimelig grunn til å undersøke.',
          reasons: 'Mor er ringt, kjenner seg igjen og har gjort avtale om innetid.',
        },
        'ReferralAssessed',
      ),
      overview('Oversikten viser at meldingen er henlagt', today, 'DISMISSED'),
      ...readBack(today),
    ],
  };
}
