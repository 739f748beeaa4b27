/** Synthetic identity numbers as Skatteetaten makes them: month + 80, so that none belongs to anybody. */
const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/**
 * A synthetic number with valid check digits.
 * @param birthDate `YYYY-MM-DD`; @param offset the first individual number tried, so that one date gives many numbers
 * @param added to day and month: a D-number has day + 40, a real number would have month + 0
 */
export function syntheticNumber(birthDate: string, offset = 0, added = { day: 0, month: 80 }): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const date = `${two(Number(day) + added.day)}${two(Number(month) + added.month)}${year.slice(2)}`;
  for (let individual = offset; individual < 1000; individual++) {
    const nine = `${date}${String(individual).padStart(3, '0')}`;
    const first = checkDigit(nine, FIRST_WEIGHTS);
    const second = checkDigit(`${nine}${first}`, SECOND_WEIGHTS);
    if (first < 10 && second < 10) return `${nine}${first}${second}`;
  }
  throw new Error(`No number left for ${birthDate} from ${offset}.`);
}

const two = (number: number): string => String(number).padStart(2, '0');

function checkDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return (11 - (sum % 11)) % 11;
}
