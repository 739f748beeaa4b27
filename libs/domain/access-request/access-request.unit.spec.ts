import { describe, expect, it } from '@jest/globals';
import { accessRequest } from './access-request.js';
import type { AccessRequestEvent } from './events.js';
import { liftedRefusals, offeredToRepresentative, temporaryRefusals } from './refusals.js';
import { accessRequestStatus } from './state.js';
import {
  asked,
  askedByChild,
  command,
  DANGER,
  decided,
  document,
  fully,
  given,
  IDS,
  INVESTIGATION,
  known,
  OTHERS_HEALTH,
  play,
  refused,
  stateAfter,
  UNDER_15,
} from './test/request.fixture.js';

const EXEMPTION = { law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' };
const partly = () => command('AssessInnsynDocument');
const temporary = (changes = {}) =>
  refused(INVESTIGATION, { document: document({ openInvestigationId: IDS.investigation }), ...changes });

describe('a request for access', () => {
  it('is received from a party who is identified, with its deadline of three virkedager', () => {
    given()
      .when(asked())
      .then('InnsynRequested', {
        requestId: IDS.request,
        standings: [{ caseId: IDS.case, standing: 'PART' }],
        dueOn: '2026-04-10',
      });
  });

  it('is refused from one whose identity nobody has made sure of (54)', () => {
    given()
      .when(asked({ identityProof: undefined }))
      .thenBroken('requester-not-identified', '54', ['/identityProof']);
    given()
      .when(asked({ identityProof: ' ', requester: { relation: 'FORELDER' } }))
      .thenBroken('requester-not-identified', '54', ['/requester', '/identityProof']);
  });

  it('needs party status in each of the cases, for one says nothing of another (54)', () => {
    const both = (changes: object) => ({
      caseIds: [IDS.case, IDS.otherCase],
      known: [known(), known({ caseId: IDS.otherCase, ...changes })],
    });
    given()
      .when(asked(both({})))
      .then('InnsynRequested');
    given()
      .when(asked(both({ isParty: false })))
      .thenBroken('requester-not-identified', '54', ['/basis']);
  });

  it('may rest on foreldreansvar alone, on having been the child, or on what needs no place in the case', () => {
    const stranger = known({ isParty: false, hasForeldreansvar: false });
    const parent = known({ isParty: false });
    const grownUp = known({ isChild: true, childAge: 19, isParty: false, hasForeldreansvar: false });
    given()
      .when(asked({ basis: 'FORELDREANSVAR_UTEN_PARTSTATUS', known: [parent] }))
      .then('InnsynRequested', { standings: [{ caseId: IDS.case, standing: 'FORELDREANSVAR' }] });
    given()
      .when(asked({ basis: 'TIDLIGERE_BARN', known: [grownUp] }))
      .then('InnsynRequested', { standings: [{ caseId: IDS.case, standing: 'TIDLIGERE_BARN' }] });
    for (const basis of ['FORELDREANSVAR_UTEN_PARTSTATUS', 'TIDLIGERE_BARN', 'PART_FVL18'])
      given()
        .when(asked({ basis, known: [stranger] }))
        .thenBroken('requester-not-identified', '54');
    for (const basis of ['GDPR_15', 'OFFENTLEGLOVA', 'REPRESENTANT'])
      given()
        .when(asked({ basis, known: [stranger] }))
        .then('InnsynRequested');
  });

  it('comes from a party for itself only', () => {
    given()
      .when(asked({}, { role: 'PART', subjectId: IDS.mother }))
      .then('InnsynRequested');
    given()
      .when(asked({}, { role: 'PART', subjectId: IDS.father }))
      .thenBroken('forbidden');
  });

  it('is neither of the future nor before the case, and its id is new', () => {
    given()
      .when(asked({ receivedAt: '2026-11-25T09:00:00+01:00' }))
      .thenBroken('date-in-future', undefined, ['/receivedAt']);
    given()
      .when(asked({ receivedAt: '2026-01-04T09:00:00+01:00' }))
      .thenBroken('date-before-case');
    given(asked()).when(asked()).thenBroken('id-in-use');
  });

  it('of before 2023 is recorded and not judged', () => {
    const then = {
      receivedAt: '2022-05-02T09:00:00+02:00',
      known: [known({ startedOn: '2022-01-01', isParty: false })],
    };
    given()
      .when(asked({ ...then, identityProof: undefined }))
      .then('InnsynRequested');
  });

  it('begins with nothing else', () => {
    for (const type of [
      'AssessInnsynDocument',
      'DecideInnsyn',
      'DeliverInnsyn',
      'DiscloseToRepresentative',
    ] as const)
      given().when(command(type)).thenBroken('not-found');
    const [, assessed] = play([asked(), fully()]);
    expect(() => accessRequest.evolve(accessRequest.initialState, assessed as AccessRequestEvent)).toThrow(
      TypeError,
    );
    expect(() =>
      accessRequest.evolve(stateAfter([asked()]), { type: 'Unheard' } as unknown as AccessRequestEvent),
    ).toThrow('No branch for Unheard');
  });
});

describe('the assessment of a document', () => {
  it('shows all of it, or parts of it on a ground', () => {
    given(asked()).when(fully()).then('InnsynDocumentAssessed', { caseId: IDS.case, result: 'FULL' });
    given(asked()).when(partly()).then('InnsynDocumentAssessed', { result: 'DELVIS', exemption: EXEMPTION });
  });

  it('withholds nothing without provision, ledd and letter (55)', () => {
    given(asked())
      .when(refused(DANGER, { exemption: undefined }))
      .thenBroken('refusal-basis-missing', '55', ['/exemption']);
    given(asked())
      .when(refused({ law: 'FVL1967', section: '19', paragraph: 1 }))
      .thenBroken('refusal-basis-missing', '55', ['/exemption/letter']);
    given(asked())
      .when(refused({ ...DANGER, letter: 'a' }))
      .thenBroken('refusal-basis-missing', '55', ['/exemption/letter']);
  });

  it('stores the section in its one spelling', () => {
    given(asked())
      .when(refused({ law: 'FVL1967', section: '18a', paragraph: 1 }))
      .then('InnsynDocumentAssessed', { exemption: { law: 'FVL1967', section: '18 a', paragraph: 1 } });
  });

  it('is of a document of the cases that were asked for', () => {
    given(asked())
      .when(fully({ document: undefined }))
      .thenBroken('not-found', undefined, ['/documentId']);
    given(asked())
      .when(fully({ document: document({ caseId: IDS.otherCase }) }))
      .thenBroken('not-found');
  });

  it('lies between the request and today', () => {
    given(asked())
      .when(fully({ assessedOn: '2026-04-06' }))
      .thenBroken('date-out-of-order', undefined, ['/assessedOn']);
    given(asked())
      .when(fully({ assessedOn: '2026-11-25' }))
      .thenBroken('date-in-future');
  });

  it('may change until it is decided on; the same twice is nothing new', () => {
    given(asked(), fully()).when(fully()).thenNothing();
    given(asked(), fully()).when(refused()).then('InnsynDocumentAssessed', { result: 'NEKTET' });
    given(asked(), fully(), decided('FULL')).when(refused()).thenBroken('already-done');
    given(asked(), fully(), decided('FULL')).when(fully()).thenNothing();
  });
});

describe('a child under 15 (57)', () => {
  const child = askedByChild(14);

  it('is not shown in full what is confidential', () => {
    given(child)
      .when(fully({ requesterAge: 14 }))
      .thenBroken('under-15-confidential', '57', ['/result']);
    given(child)
      .when(fully({ requesterAge: undefined }))
      .thenBroken('under-15-confidential', '57');
    given(child)
      .when(refused(UNDER_15, { requesterAge: 14 }))
      .then('InnsynDocumentAssessed');
  });

  it('sees what it knew before', () => {
    given(child)
      .when(fully({ requesterAge: 14, document: document({ confidential: false }) }))
      .then('InnsynDocumentAssessed');
  });

  it('is shown it from the day it turns 15', () => {
    given(child)
      .when(fully({ requesterAge: 15 }))
      .then('InnsynDocumentAssessed');
    given(asked())
      .when(fully({ requesterAge: 40 }))
      .then('InnsynDocumentAssessed');
  });
});

describe('a refusal for the sake of an investigation (56)', () => {
  it('needs an investigation that goes on, and is known to last as long as it', () => {
    given(asked())
      .when(temporary())
      .then('InnsynDocumentAssessed', { untilInvestigationEnds: true, investigationId: IDS.investigation });
    given(asked()).when(refused(INVESTIGATION)).thenBroken('refusal-basis-missing', '56');
  });

  it('has a ground that speaks of investigations, and lasts no longer', () => {
    given(asked())
      .when(
        refused(DANGER, {
          untilInvestigationEnds: true,
          document: document({ openInvestigationId: IDS.investigation }),
        }),
      )
      .thenBroken('refusal-basis-missing', '56', ['/untilInvestigationEnds']);
    given(asked())
      .when(temporary({ untilInvestigationEnds: false }))
      .thenBroken('refusal-basis-missing', '56', ['/untilInvestigationEnds']);
  });

  it('lifts when the investigation is concluded, which asks for a new assessment and decision', () => {
    const history = [asked(), temporary(), decided('NEKTET', [INVESTIGATION])];
    const state = stateAfter(history);
    const refusal = { documentId: IDS.document, caseId: IDS.case, investigationId: IDS.investigation };
    expect(temporaryRefusals(state)).toEqual([refusal]);
    expect(liftedRefusals(state, {})).toEqual([]);
    expect(liftedRefusals(state, { [IDS.investigation]: '2026-05-02' })).toEqual([
      { ...refusal, liftedOn: '2026-05-02' },
    ]);

    given(...history)
      .when(temporary({ assessedOn: '2026-04-20' }))
      .thenBroken('already-done');
    const anew = [...history, fully({ assessedOn: '2026-05-04' })];
    expect(accessRequestStatus(stateAfter(anew))).toBe('UNDER_ASSESSMENT');
    given(...anew)
      .when(decided('FULL', undefined, { decidedOn: '2026-05-04' }))
      .then('InnsynDecided', {}, []);
    expect(temporaryRefusals(stateAfter(anew))).toEqual([]);
  });
});

describe('the decision on access', () => {
  it('follows from the assessments', () => {
    const two = { proposed: [IDS.document, IDS.entry] };
    const mixed = [asked(), fully(), refused(DANGER, { documentId: IDS.entry })];
    given(asked(), fully()).when(decided('FULL')).then('InnsynDecided', { outcome: 'FULL' });
    given(...mixed)
      .when(decided('DELVIS', [DANGER], two))
      .then('InnsynDecided');
    for (const outcome of ['FULL', 'NEKTET'])
      given(...mixed)
        .when(decided(outcome, [DANGER], two))
        .thenBroken('refusal-basis-missing', '55', ['/outcome']);
    given(asked(), fully())
      .when(decided('DELVIS', [DANGER]))
      .thenBroken('refusal-basis-missing', '55');
  });

  it('waits until every document of the proposal is assessed', () => {
    given(asked(), fully())
      .when(decided('FULL', undefined, { proposed: [IDS.document, IDS.entry] }))
      .thenBroken('refusal-basis-missing', '55', ['/outcome']);
    given(asked())
      .when(decided('FULL', undefined, { proposed: [] }))
      .thenBroken('refusal-basis-missing', '55');
  });

  it('tells every ground, and when a complaint is due (D16)', () => {
    const history = [asked(), refused(), refused(OTHERS_HEALTH, { documentId: IDS.entry })];
    given(...history)
      .when(decided('NEKTET', [DANGER, OTHERS_HEALTH]))
      .then('InnsynDecided', { refusalBasis: [DANGER, OTHERS_HEALTH], complaintDueOn: '2026-04-29' });
    for (const basis of [undefined, [], [DANGER]])
      given(...history)
        .when(decided('NEKTET', basis))
        .thenBroken('refusal-basis-missing', '55', ['/refusalBasis']);
    given(...history)
      .when(decided('NEKTET', [DANGER, { ...OTHERS_HEALTH, letter: undefined }]))
      .thenBroken('refusal-basis-missing', '55', ['/refusalBasis/1/letter']);
  });

  it('has no grounds and no complaint when all is seen', () => {
    const [, , decision] = play([asked(), fully(), decided('FULL', [])]);
    expect(decision?.data).toEqual({ requestId: IDS.request, decidedOn: '2026-04-08', outcome: 'FULL' });
  });

  it('is flagged when it is late (D15)', () => {
    given(asked(), fully())
      .when(decided('FULL', undefined, { decidedOn: '2026-04-10' }))
      .then('InnsynDecided', {}, []);
    given(asked(), fully())
      .when(decided('FULL', undefined, { decidedOn: '2026-04-13' }))
      .then('InnsynDecided', {}, [{ rule: 'D15', slug: 'access-late', dueOn: '2026-04-10', daysLate: 3 }]);
  });

  it('comes once, not before what it rests on and not in the future', () => {
    given(asked(), fully(), decided('FULL')).when(decided('FULL')).thenBroken('already-done');
    given(asked(), fully())
      .when(decided('FULL', undefined, { decidedOn: '2026-04-07' }))
      .thenBroken('date-out-of-order');
    given(asked(), fully())
      .when(decided('FULL', undefined, { decidedOn: '2026-11-25' }))
      .thenBroken('date-in-future');
  });
});

describe('the delivery', () => {
  const history = [asked(), fully(), decided('FULL')];

  it('follows the decision, once, with the hash of the package', () => {
    given(...history)
      .when(command('DeliverInnsyn'))
      .then('InnsynDelivered', { packageHash: 'ab'.repeat(32) });
    given(asked(), fully()).when(command('DeliverInnsyn')).thenBroken('no-decision');
    given(...history, command('DeliverInnsyn'))
      .when(command('DeliverInnsyn'))
      .thenBroken('already-done');
    given(...history)
      .when(command('DeliverInnsyn', { deliveredOn: '2026-04-07' }))
      .thenBroken('date-out-of-order');
    given(...history)
      .when(command('DeliverInnsyn', { deliveredOn: '2026-11-25' }))
      .thenBroken('date-in-future');
  });

  it('ends the way of a request', () => {
    const all = [...history, command('DeliverInnsyn')];
    const states = all.map((_, index) => accessRequestStatus(stateAfter(all.slice(0, index + 1))));
    expect(states).toEqual(['RECEIVED', 'UNDER_ASSESSMENT', 'DECIDED', 'DELIVERED']);
  });
});

describe('what is withheld for the party’s own sake', () => {
  const disclosed = (changes = {}) => command('DiscloseToRepresentative', changes);
  const after = (ground: unknown) => [asked(), refused(ground), decided('NEKTET', [ground])];

  it('is made known to a representative, once', () => {
    for (const ground of [DANGER, { law: 'FVL1967', section: '19', paragraph: 1, letter: 'd' }]) {
      expect(offeredToRepresentative(stateAfter(after(ground)))).toEqual([IDS.document]);
      given(...after(ground))
        .when(disclosed())
        .then('RepresentativeDisclosureMade');
    }
    given(...after(DANGER), disclosed())
      .when(disclosed())
      .thenNothing();
  });

  it('is not, where another ground withholds it, where nothing does, or before it is decided', () => {
    expect(offeredToRepresentative(stateAfter(after(OTHERS_HEALTH)))).toEqual([]);
    given(...after(OTHERS_HEALTH))
      .when(disclosed())
      .thenBroken('refusal-basis-missing', '57', ['/documentIds/0']);
    given(...after(DANGER))
      .when(disclosed({ documentIds: [IDS.entry] }))
      .thenBroken('refusal-basis-missing', '57');
    given(asked(), refused()).when(disclosed()).thenBroken('no-decision');
  });

  it('never is, where it is confidential towards a child under 15 (57)', () => {
    const child = [askedByChild(12), refused(UNDER_15, { requesterAge: 12 }), decided('NEKTET', [UNDER_15])];
    given(...child)
      .when(disclosed())
      .thenBroken('under-15-confidential', '57', ['/documentIds/0']);
  });

  it('goes to another than the party, after the decision and not in the future', () => {
    given(...after(DANGER))
      .when(disclosed({ representativeRef: IDS.mother }))
      .thenBroken('requester-not-identified', '54', ['/representativeRef']);
    given(...after(DANGER))
      .when(disclosed({ disclosedOn: '2026-04-07' }))
      .thenBroken('date-out-of-order');
    given(...after(DANGER))
      .when(disclosed({ disclosedOn: '2026-11-25' }))
      .thenBroken('date-in-future');
  });
});
