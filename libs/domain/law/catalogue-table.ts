/** Every measure of model.md section 9, in its order. Names are those of the sources, in bokmål. */
import { CENTRE, measure, ORDER_A, ORDER_B, ORDER_C, ORDER_D, type MeasureKind } from './measure-kind.js';

const placement = { provisions: ['3-2'] } as const;

export const MEASURES: readonly MeasureKind[] = [
  measure(
    'raad-veiledning',
    'Råd og veiledning fra saksbehandler / foreldreveiledning',
    ['3.9'],
    ['KOMMUNE'],
    ORDER_A,
  ),
  measure(
    'hjemmeveiledning',
    'Veiledning i hjemmet fra oppfølgingsteam / miljøterapeutiske tiltak i hjemmet',
    ['3.10', '3.7'],
    ['KOMMUNE', 'PRIVAT_VIRKSOMHET'],
    ORDER_A,
  ),
  measure('omsorgsendrende-hjem', 'Omsorgsendrende hjelpetiltak i hjemmet', ['3.7'], ['KOMMUNE'], ORDER_A),
  measure(
    'veiledning-gruppe',
    'Gruppebasert / strukturert individuell veiledning',
    ['3.99', '3.7'],
    ['KOMMUNE'],
    ORDER_A,
  ),
  measure('icdp', 'ICDP', ['3.5'], ['KOMMUNE'], ORDER_A),
  measure('dua', 'De utrolige årene (Webster-Stratton)', ['3.4'], ['KOMMUNE'], ORDER_A),
  measure('cos', 'Circle of Security / COS-P', ['3.99'], ['KOMMUNE'], ORDER_A),
  measure('marte-meo', 'Marte Meo', ['3.6'], ['KOMMUNE'], ORDER_A),
  measure('pmto', 'PMTO (også TIBIR)', ['3.2'], ['KOMMUNE'], { ...ORDER_A, age: { from: 3, to: 12 } }),
  measure('mst', 'Multisystemisk terapi', ['3.1'], ['BUFETAT', 'KOMMUNE'], {
    age: { from: 12, to: 18 },
    parentSupport: true,
  }),
  measure('fft', 'Funksjonell familieterapi', ['3.3'], ['BUFETAT'], {
    age: { from: 11, to: 18 },
    parentSupport: true,
  }),
  measure(
    'senter',
    'Hjelpetiltak i senter for foreldre og barn / opphold på familiesenter (hjem, dag, døgn)',
    ['3.8'],
    ['BUFETAT', 'PRIVAT_VIRKSOMHET', 'KOMMUNE'],
    { ...CENTRE, age: { from: 0, to: 6 } },
  ),
  measure('praktisk-bistand', 'Praktisk bistand', ['3.99', '3.10'], ['KOMMUNE']),
  measure('avlastning-hjemme', 'Avlastning i hjemmet', ['4.5'], ['KOMMUNE'], ORDER_C),
  measure('besokshjem', 'Besøkshjem / avlastningshjem / støttefamilie', ['4.5'], ['PRIVATPERSON'], {
    ...ORDER_C,
    childPartyConsent: true,
    respiteHome: true,
  }),
  measure('stottekontakt', 'Støttekontakt', ['4.6'], ['KOMMUNE', 'PRIVATPERSON'], {
    ...ORDER_C,
    childPartyConsent: true,
  }),
  measure('barnehage', 'Barnehage', ['4.1'], ['KOMMUNE', 'ANNEN_TJENESTE'], { ...ORDER_B, age: { to: 7 } }),
  measure('dagtilbud', 'Annet egnet dagtilbud', ['4.99'], ['KOMMUNE', 'PRIVAT_VIRKSOMHET'], ORDER_B),
  measure('sfo', 'SFO/aktivitetsskole', ['4.2'], ['KOMMUNE', 'ANNEN_TJENESTE'], { age: { to: 11 } }),
  measure('fritid', 'Fritidsaktiviteter / fritidstiltak', ['4.3'], ['KOMMUNE', 'FRIVILLIG'], ORDER_C),
  measure('leksehjelp', 'Leksehjelp', ['4.8', '4.99'], ['KOMMUNE'], { ...ORDER_C, age: { from: 6, to: 19 } }),
  measure('samtaler-barn', 'Systematiske samtaler med barn og unge', ['4.99'], ['KOMMUNE']),
  measure('samtalegruppe', 'Samtalegruppe (bl.a. ved samlivsbrudd)', ['4.7'], ['ANNEN_TJENESTE', 'KOMMUNE']),
  measure(
    'utdanning-arbeid',
    'Utdanning/jobb, praktisk livsmestring, økonomi (ettervern)',
    ['4.8', '4.4', '8.3'],
    ['KOMMUNE'],
    { age: { from: 16, to: 24 } },
  ),
  measure('okonomi', 'Økonomisk hjelp for øvrig', ['4.4'], ['KOMMUNE']),
  measure('tilsyn-frivillig', 'Frivillig tilsyn i hjemmet', ['5.1'], ['KOMMUNE']),
  measure('tilsyn-palagt', 'Pålagt tilsyn i hjemmet', ['5.2'], ['KOMMUNE'], { ...ORDER_D, voluntary: false }),
  measure('meldeplikt', 'Meldeplikt', ['5.99'], ['KOMMUNE'], { ...ORDER_D, voluntary: false }),
  measure('ruskontroll', 'Rusmiddelprøve', ['5.4'], ['KOMMUNE'], ORDER_D),
  measure('familierad', 'Familieråd (koordinator via Bufetat)', ['6.1'], ['KOMMUNE', 'BUFETAT']),
  measure('nettverksmoter', 'Nettverksmøter / nettverksarbeid', ['6.2', '6.99'], ['KOMMUNE']),
  measure(
    'nettverk-ovrig',
    'Kulturtolk, linkarbeider, foreldregrupper, sosiale treffpunkter',
    ['6.99'],
    ['KOMMUNE', 'FRIVILLIG'],
  ),
  measure('individuell-plan', 'Individuell plan', ['6.3'], ['KOMMUNE']),
  measure(
    'ansvarsgruppe',
    'Samarbeidsmøter (skole, barnehage, helsestasjon, BUP/BUPP, familievernkontor, institusjon)',
    ['6.4', '6.99'],
    ['KOMMUNE'],
  ),
  measure('beredskapshjem', 'Beredskapshjem', ['2.5'], ['KOMMUNE', 'BUFETAT'], placement),
  measure(
    'fosterhjem',
    'Fosterhjem (familie/nettverk; utenfor; spesialisert/statlig familiehjem; forsterkning)',
    ['2.1', '2.2', '2.3'],
    ['KOMMUNE', 'BUFETAT'],
    { ...placement, childPartyConsent: true },
  ),
  measure('institusjon', 'Barnevernsinstitusjon', ['1.1'], ['BUFETAT', 'PRIVAT_VIRKSOMHET'], placement),
  measure('mtfc', 'Behandlingshjem MTFC (nå TFCO)', ['1.99'], ['BUFETAT'], {
    ...placement,
    age: { from: 12, to: 18 },
  }),
  measure('multifunc', 'MultifunC', ['1.1'], ['BUFETAT'], { ...placement, age: { from: 12, to: 18 } }),
  measure('lbr-cm', 'Læringsbasert rusbehandling LBR/CM', ['7.99'], ['BUFETAT'], {
    age: { from: 12, to: 18 },
  }),
  measure('bolig-oppfolging', 'Bolig med oppfølging', ['8.4', '8.5', '8.2'], ['KOMMUNE'], {
    age: { from: 16, to: 24 },
  }),
  measure('ettervern', 'Ettervern (boligstabilitet, utdanning, økonomi, nettverk)', [], ['KOMMUNE'], {
    provisions: ['3-6'],
    age: { from: 18, to: 24 },
  }),
  measure('veiledning-fosterhjem', 'Veiledning til fosterhjemmet (oppfølging)', [], ['KOMMUNE'], {
    measure: false,
  }),
];
