/** Rules 54–57 and 61: access to the file, and the supervisor's replay. */
import { provision } from '../kernel/law-reference.js';
import type { RuleFacts } from './rule.js';

export const accessRules = {
  '54': {
    title: 'Den som ber om innsyn, er identifisert, og partsstatus eller annet grunnlag er funnet',
    severity: 'H',
    law: [provision('FVL1967', '18', 1), provision('BVL2021', '12-6', 1), provision('BVL2021', '13-1', 1)],
    rejects: ['requester-not-identified'],
    flags: [],
    losning:
      'Oppgi hvem som ber om innsyn og hvordan identiteten er kontrollert, og vurder partsstatus i saken først.',
  },
  '55': {
    title: 'Et avslag viser til bestemmelse, ledd og bokstav, og kan påklages',
    severity: 'H',
    law: [provision('FVL1967', '21', 1)],
    rejects: ['refusal-basis-missing'],
    flags: [],
    losning: 'Oppgi lov, paragraf og ledd, og bokstav der bestemmelsen er delt i bokstaver.',
  },
  '56': {
    title: 'Et avslag av hensyn til en undersøkelse gjelder bare så lenge undersøkelsen pågår',
    severity: 'H',
    law: [provision('BVL2021', '12-6', 3)],
    rejects: ['refusal-basis-missing'],
    flags: [],
    losning: 'Vurder dokumentet etter en annen bestemmelse: ingen undersøkelse pågår i saken.',
  },
  '57': {
    title:
      'Barn under 15 år får ikke taushetsbelagte opplysninger; annet tilbakeholdt tilbys en representant',
    severity: 'H',
    law: [provision('FVL1967', '18', 1)],
    lawOfSlug: {
      'refusal-basis-missing': [provision('BVL2021', '12-6', 2), provision('FVL1967', '19', 1, 'd')],
    },
    rejects: ['under-15-confidential', 'refusal-basis-missing'],
    flags: [],
    losning: 'Gi delvis innsyn uten det taushetsbelagte, eller nekt med hjemmel i forvaltningsloven § 18.',
  },
  '61': {
    title: 'Tilsynets gjennomgang har hjemmel, holder seg innenfor åpnet tilsyn, og loggføres',
    severity: 'H',
    law: [
      provision('BVL2021', '17-2'),
      provision('BVL2021', '17-3'),
      provision('BVL2021', '17-4'),
      provision('BVL2021', '12-9'),
    ],
    rejects: ['outside-supervision-scope'],
    flags: [],
    losning: 'Åpne et tilsyn som omfatter kommunen og saken, og vis til det.',
  },
} as const satisfies Readonly<Record<string, RuleFacts>>;
