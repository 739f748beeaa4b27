import type { Slug } from '#forlop/domain';

/** Slugs of the contract, and the one for a mistake of ours. */
export type ProblemSlug = Slug | 'internal-error';

/** Title, and what it means and what the client does about it: bokmål, by slug. */
export const problemTexts: Readonly<Record<ProblemSlug, readonly [title: string, explanation: string]>> = {
  'malformed-json': ['Innholdet er ikke gyldig JSON', 'Innholdet må være ett JSON-objekt i UTF-8.'],
  'invalid-request': [
    'Forespørselen har feil',
    'Alle feltfeil står i «feil». Ukjente felter og felter som tjenesten selv setter, avvises.',
  ],
  'idempotency-key-missing': [
    'Idempotency-Key mangler',
    'Hver kommando trenger en Idempotency-Key (en UUID), slik at den trygt kan sendes på nytt.',
  ],
  unauthenticated: ['Ikke innlogget', 'Send et gyldig token i Authorization: Bearer …'],
  'not-found': [
    'Finnes ikke',
    'Adressen eller id-en finnes ikke i din kommune. Andre kommuners saker gir det samme svaret.',
  ],
  'method-not-allowed': ['Metoden er ikke tillatt her', 'Hodet Allow sier hvilke metoder adressen har.'],
  'stale-revision': [
    'Saken er endret siden du leste den',
    'If-Match viser til en eldre revisjon. Les på nytt og vurder om kommandoen fortsatt er riktig.',
  ],
  'body-too-large': [
    'Innholdet er for stort',
    'Grensen er 1 MiB for en forespørsel og 256 KiB for en hendelse.',
  ],
  'unsupported-media-type': ['Innholdstypen støttes ikke', 'Send Content-Type: application/json i UTF-8.'],
  'internal-error': [
    'Noe gikk galt hos oss',
    'Feilen er logget med korrelasjonsid. Send kommandoen på nytt med samme Idempotency-Key.',
  ],
  'store-unavailable': ['Hendelseslageret svarer ikke', 'Prøv igjen etter tiden i hodet Retry-After.'],
  'access-log-unavailable': [
    'Tilgangsloggen kan ikke skrives',
    'Ingen leser usett: når oppslaget ikke kan logges, vises ingenting. Prøv igjen.',
  ],
  'not-caught-up': [
    'Lesemodellen har ikke nådd posisjonen',
    'Min-Position ble ikke nådd innen fem sekunder. Prøv igjen etter tiden i hodet Retry-After.',
  ],
  'stream-parked': [
    'Lesemodellen venter på retting',
    'En hendelse i saken, eller i kommunen, kan ikke tas inn i lesemodellen. Det som står her, er ikke alt. Driften må rette det; prøv igjen etter tiden i hodet Retry-After.',
  ],
  forbidden: ['Rollen har ikke adgang', 'Rollen i tokenet har ikke adgang til dette.'],
  'district-missing': [
    'Bydel mangler i tokenet',
    'Oslo, Bergen og Trondheim krever et token med bydelsnummer.',
  ],
  'not-authorised-to-decide': [
    'Mangler myndighet til å avgjøre',
    'Barnevernsleder avgjør, eller saksbehandler med delegert myndighet oppgitt i decidedBy.delegation (regel 19).',
  ],
  'evaluator-not-municipality': [
    'Evalueringen er kommunens',
    'Bare kommunens barnevernstjeneste evaluerer en tiltaksplan (regel 38).',
  ],
  'outside-supervision-scope': [
    'Utenfor tilsynet',
    'Tilsynsmyndigheten ser bare saker innenfor et åpnet tilsyn (regel 61).',
  ],
  'concurrent-change': [
    'Andre endret saken samtidig',
    'Kommandoen ble prøvd fire ganger. Les på nytt og send den igjen.',
  ],
  'id-in-use': ['Id-en er i bruk', 'Velg en ny id, eller utelat den, så lager tjenesten en.'],
  'already-done': ['Allerede gjort', 'Steget er tatt før og tas bare én gang.'],
  'no-open-referral': [
    'Ingen åpen melding',
    'En undersøkelse krever minst én melding som ikke er henlagt (regel 05).',
  ],
  'participation-missing': [
    'Barnets medvirkning mangler',
    'Registrer barnets medvirkning, eller hvorfor den mangler, før avgjørelsen (regel 10).',
  ],
  'party-status-missing': [
    'Partsstatus er ikke vurdert',
    'Vurder partsstatus for hver forelder i saken og for barnet når det kan være part (regel 11).',
  ],
  'consent-missing': [
    'Samtykke mangler',
    'Frivillige tiltak krever samtykke fra alle med daglig omsorg, eller fra ungdommen selv (regel 13).',
  ],
  'child-consent-missing': [
    'Barnets samtykke mangler',
    'Et barn som er part må selv samtykke til tiltak rettet mot det (regel 14).',
  ],
  'no-decision': ['Vedtak mangler', 'Et tiltak starter på grunnlag av et vedtak (regel 33).'],
  'plan-not-in-force': [
    'Planen gjelder ikke',
    'Evalueringen må gjelde en planversjon som var i kraft den dagen (regel 36).',
  ],
  'measure-already-ended': ['Tiltaket er avsluttet', 'Et tiltak avsluttes bare én gang (regel 40).'],
  'decision-not-journaled': [
    'Vedtaket er ikke journalført',
    'Journalfør vedtaksdokumentet i saken før vedtaket fattes (regel 52).',
  ],
  'idempotency-key-reused': [
    'Idempotency-Key er brukt før',
    'Nøkkelen hører til en annen forespørsel. Lag en ny nøkkel for hver nye kommando.',
  ],
  'not-yet-supported': ['Støttes ikke ennå', 'Detaljen sier hva som ikke støttes.'],
  'code-not-valid': [
    'Koden gjelder ikke',
    'Koden er ukjent, eller gjaldt ikke på datoen. Se /api/v1/codes/{list}?validOn=.',
  ],
  'date-in-future': ['Datoen er frem i tid', 'Det som registreres må ha skjedd.'],
  'date-before-case': ['Datoen er før saken', 'Datoen ligger før saken ble åpnet.'],
  'date-out-of-order': ['Datoene står i feil rekkefølge', 'En slutt kan ikke komme før sin start.'],
  'child-age': ['Barnets alder', 'Saken gjelder et barn under 18 år, eller 18–24 med ettervern (regel 01).'],
  'wrong-municipality': ['Feil kommune', 'Kommunen der barnet oppholder seg er ansvarlig (regel 02).'],
  'missing-reasons': ['Begrunnelse mangler', 'En henlagt melding krever faglig begrunnelse (regel 03).'],
  'urgency-missing': [
    'Hastevurdering mangler',
    'Gjennomgangen må si om barnet trenger oppfølging straks (regel 04).',
  ],
  'extension-invalid': [
    'Utvidelsen er ikke lovlig',
    'Utvidet undersøkelsestid krever særlige grunner og er høyst seks måneder i alt (regel 07).',
  ],
  'conclusion-invalid': [
    'Konklusjonen er ikke lovlig',
    'Undersøkelsen ender i ett av fire utfall, med grunnlag og vedtak eller begjæring (regel 08).',
  ],
  'reopening-not-allowed': [
    'Gjenåpning er ikke lovlig',
    'Henleggelse med adgang til ny undersøkelse finnes fra 1.1.2026 og bare når foreldre nektet tiltak (regel 09).',
  ],
  'no-justification': ['Tiltaket er ikke begrunnet', 'Forklar hvorfor akkurat dette tiltaket (regel 12).'],
  'consent-not-informed': [
    'Samtykket er ikke informert',
    'Den som samtykker må være opplyst om rett til å trekke det, klage, medvirkning og deling (regel 15).',
  ],
  'decision-incomplete': [
    'Vedtaket er ufullstendig',
    'Hver del som mangler står i «feil» (regel 18, bvl. § 12-5).',
  ],
  'specification-missing': ['Spesifisering mangler', 'Koden krever en spesifisering (regel 22).'],
  'not-orderable': ['Tiltaket kan ikke pålegges', 'Tiltaket står ikke blant dem § 3-4 åpner for (regel 22).'],
  'omission-not-lawful': [
    'Underretning kan ikke utelates',
    'Grunnen til å utelate må være lovlig for mottakerens stilling (regel 25).',
  ],
  'notification-incomplete': [
    'Underretningen er ufullstendig',
    'Den skal opplyse om klagerett, frist, klageinstans, fremgangsmåte og innsynsrett (regel 26).',
  ],
  'coercion-without-tribunal': [
    'Bare nemnda kan pålegge',
    'Tiltak uten samtykke krever vedtak i barneverns- og helsenemnda (regel 27).',
  ],
  'order-too-long': ['Pålegget varer for lenge', 'Pålagte tiltak har en øvre grense i loven (regel 28).'],
  'plan-incomplete': ['Planen er ufullstendig', 'En tiltaksplan har mål, innhold og varighet (regel 30).'],
  'police-certificate-missing': [
    'Politiattest er ikke sett',
    'Politiattest må være fremlagt før oppdraget starter (regel 34).',
  ],
  'legal-basis-mismatch': [
    'Hjemmelen stemmer ikke',
    'Tiltaket har samme lov og paragraf som vedtaket det bygger på (regel 36b).',
  ],
  'evaluation-incomplete': [
    'Evalueringen er ufullstendig',
    'De tre rettslige spørsmålene må besvares (regel 37).',
  ],
  'decision-required': [
    'Avslutningen krever vedtak',
    'Å avslutte mot en parts ønske, eller etter fylte 18, er et enkeltvedtak (regel 42).',
  ],
  'requester-not-identified': ['Den som ber om innsyn er ikke identifisert', 'Se regel 54.'],
  'refusal-basis-missing': ['Avslaget mangler hjemmel', 'Oppgi lov, paragraf, ledd og bokstav (regel 55).'],
  'under-15-confidential': ['Taushetsbelagt for barn under 15', 'Tilby en representant i stedet (regel 57).'],
  'retention-required': [
    'Opplysningene må bevares',
    'Nøkkelen kan ikke slettes mens en sak er åpen eller holder et vedtak (arkivlova §§ 12–13).',
  ],
  'small-cells': ['For små tall', 'Celler med 1–3 barn vises ikke (regel 59).'],
};
