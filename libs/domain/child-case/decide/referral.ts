/** A referral is received, whatever is wrong with it, and reviewed. */
import { isCodeValid, isKnownCode } from '../../kernel/codes.js';
import type { CommandContext } from '../../kernel/decider.js';
import { epochMs, osloDate, type LocalDate } from '../../kernel/dates.js';
import { RuleBroken } from '../../kernel/errors.js';
import type { Flag } from '../../kernel/flags.js';
import { nationalCodes } from '../../kernel/national-codes.js';
import { deadlineFlag, receiptDeadline, reviewDeadline } from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent, CaseEventOf } from '../events.js';
import type { ReviewConclusion } from '../fields.js';
import { evolveReferral } from '../evolve/intake.js';
import { isReviewed, type CaseState, type OpenCase } from '../state.js';
import {
  alreadyDone,
  assertLegalDate,
  assertNewIds,
  assertOrder,
  fieldError,
  found,
  isBlank,
  openCase,
} from './basics.js';
import { isSameMunicipality, isWithinAge, staysElsewhere } from './age-and-place.js';
import { assertCodes, assertSpecified, codeNotValid } from './codes.js';

type Received = CaseEventOf<'ReferralReceived'>;

export function receiveReferral(command: CaseCommandOf<'ReceiveReferral'>, state: CaseState): CaseEvent[] {
  const { data, context } = command;
  assertReceived(context, data.receivedAt);
  assertNewIds(state, data.concernId, data.referralId);
  const receivedOn = osloDate(data.receivedAt);
  assertKnownCodes(data, receivedOn);
  const received: Received = {
    type: 'ReferralReceived',
    data: {
      ...data,
      stayMunicipality: data.stayMunicipality ?? context.municipality,
      reviewDueOn: reviewDeadline(receivedOn).dueOn,
      receiptDueOn: receiptDeadline(receivedOn).dueOn,
    },
  };
  if (!isJudged(receivedOn)) return [received];
  assertSpecified('saksinnhold', data.contents, receivedOn, '/contents');
  return [{ ...received, flags: receiptFlags(received, evolveReferral(state, received), context) }];
}

function assertReceived({ now }: CommandContext, receivedAt: string): void {
  if (epochMs(receivedAt) <= epochMs(now)) return;
  throw new RuleBroken({
    slug: 'date-in-future',
    detail: 'Tidspunktet i receivedAt er fram i tid.',
    losning: 'Skriv når meldingen ble mottatt.',
    feil: [fieldError('/receivedAt', 'date-in-future', 'Skriv et tidspunkt som ikke er fram i tid.')],
  });
}

/** A code that its list never held is no code and cannot be stored; one that is out of date is received and flagged. */
function assertKnownCodes(data: CaseCommandOf<'ReceiveReferral'>['data'], on: LocalDate): void {
  const wrong = [
    ...data.reporters.flatMap(({ code }, index) =>
      isKnownCode('melder', code) ? [] : [`/reporters/${index}/code`],
    ),
    ...data.contents.flatMap(({ code }, index) =>
      isKnownCode('saksinnhold', code) ? [] : [`/contents/${index}/code`],
    ),
  ];
  if (wrong.length > 0) {
    throw codeNotValid(on, wrong, wrong[0]?.startsWith('/reporters') ? 'melder' : 'saksinnhold');
  }
}

/** Nothing that reaches the municipality is lost at the door: rules 01, 02 and 22 flag here. */
function receiptFlags({ data }: Received, after: OpenCase, context: CommandContext): readonly Flag[] {
  const on = osloDate(data.receivedAt);
  const outdated =
    data.reporters.some(({ code }) => !isCodeValid('melder', code, on)) ||
    data.contents.some(({ code }) => !isCodeValid('saksinnhold', code, on));
  const elsewhere = !isSameMunicipality(data.stayMunicipality, context.municipality, context.today);
  return [
    ...(isWithinAge(after, on) ? [] : [ruleFlag('01', 'child-age')]),
    ...(elsewhere ? [ruleFlag('02', 'wrong-municipality')] : []),
    ...(outdated ? [ruleFlag('22', 'code-not-valid')] : []),
  ];
}

export function assessReferral(command: CaseCommandOf<'AssessReferral'>, state: CaseState): CaseEvent[] {
  const { data, context } = command;
  const open = openCase(state);
  const on = data.assessedOn;
  const referral = found(open.referrals[data.referralId], 'Meldingen finnes ikke i saken.');
  if (isReviewed(referral)) throw alreadyDone(on, 'Meldingen er allerede gjennomgått.');
  assertLegalDate(context, open, on, 'assessedOn');
  assertOrder(referral.receivedOn, on, 'assessedOn', 'meldingen ble mottatt');
  if (data.ssbCode !== undefined) assertCodes('meldingKonklusjon', [data.ssbCode], on, '/ssbCode');
  const late = isJudged(on)
    ? deadlineFlag(reviewDeadline(referral.receivedOn), 'review-late', on)
    : undefined;
  const ssbCode = data.ssbCode ?? ordinaryCode(data.conclusion, on);
  const event: CaseEvent = {
    type: 'ReferralAssessed',
    data: { ...data, ...(ssbCode === undefined ? {} : { ssbCode }), deadlineBreached: late !== undefined },
  };
  if (!isJudged(on)) return [event];
  assertReviewed(data, on);
  const elsewhere = !['TRANSFERRED', 'DISMISSED'].includes(data.conclusion) && staysElsewhere(open, context);
  return [
    {
      ...event,
      flags: [
        ...(late === undefined ? [] : [late]),
        ...(elsewhere ? [ruleFlag('02', 'wrong-municipality')] : []),
      ],
    },
  ];
}

/** The national code of an ordinary review; a dismissal for another reason than the usual is given by the caller. */
function ordinaryCode(conclusion: ReviewConclusion, on: LocalDate): string | undefined {
  const codes = nationalCodes('meldingKonklusjon', conclusion, on);
  if (conclusion === 'DISMISSED') return codes.find((code) => code === '1' || code === '10');
  return codes[0];
}

/** Rules 03 and 04. */
function assertReviewed(data: CaseCommandOf<'AssessReferral'>['data'], on: LocalDate): void {
  if (data.immediateActionNeeded === undefined) {
    throw ruleBroken('04', {
      on,
      detail: 'Gjennomgangen sier ikke om det trengs umiddelbar oppfølging.',
      feil: [fieldError('/immediateActionNeeded', 'required', 'Svar ja eller nei.')],
    });
  }
  const unreasoned = isBlank(data.professionalAssessment) && data.manifestlyUnfounded !== true;
  if (data.conclusion === 'DISMISSED' && unreasoned) {
    throw ruleBroken('03', {
      on,
      detail: 'Meldingen er henlagt uten faglig begrunnelse.',
      feil: [fieldError('/professionalAssessment', 'required', 'Skriv den faglige vurderingen.')],
    });
  }
}
