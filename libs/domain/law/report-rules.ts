/** Rules 59 and 60: the yearly account of the service. */
import { provision } from '../kernel/law-reference.js';
import type { RuleFacts } from './rule.js';

export const reportRules = {
  '59': {
    title: 'Tilstandsrapporten holder ingen personopplysninger, og tall fra 1 til 3 er skjult',
    severity: 'H',
    law: [provision('BVL2021', '15-3', 5), provision('BVL2021', '13-1', 1), provision('BVL2021', '13-1', 2)],
    kilde: 'Bufdirs Kommunemonitor for barnevern (prikking av små tall)',
    rejects: ['small-cells'],
    flags: [],
    losning:
      'Fjern navn og numre som kan peke ut noen, og skjul tall fra 1 til 3 og det de kan regnes ut av.',
  },
  '60': {
    title: 'Kommunestyret får minst én gang i året en redegjørelse om tilstanden i barnevernstjenesten',
    severity: 'S',
    law: [provision('BVL2021', '15-3', 5)],
    rejects: [],
    flags: [],
    losning: 'Lag, godkjenn og legg fram rapporten innen utgangen av året.',
  },
} as const satisfies Readonly<Record<string, RuleFacts>>;
