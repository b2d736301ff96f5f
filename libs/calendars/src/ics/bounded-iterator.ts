import ICAL from 'ical.js';

/** More in one part of a rule than any calendar can need (RFC 5545: BYYEARDAY has 366 values at most). */
const MAX_VALUES = 366;
const MAX_INTERVAL = 1_000;
/** Looking at all days of a year costs as much as so many steps. */
const YEAR_COST = 40;

/** The longest way from one occurrence to the next: from 29 February 2096 to that of 2104 day by day. */
const STEPS_PER_OCCURRENCE = 3_000;

/** Steps an import may still take, of about 0.05 ms each. */
export class StepBudget {
  #sinceOccurrence = 0;

  constructor(private left: number) {}

  get isSpent(): boolean {
    return this.left < 0;
  }

  /** @throws RuleTooLong */
  spend(steps: number): void {
    this.left -= steps;
    this.#sinceOccurrence += steps;
    if (this.isSpent || this.#sinceOccurrence > STEPS_PER_OCCURRENCE) throw new RuleTooLong();
  }

  /** An occurrence was found. */
  renew(): void {
    this.#sinceOccurrence = 0;
  }
}

/** A rule that takes longer to work out than any that was meant: one of each 30 February, for one. */
export class RuleTooLong extends Error {
  override readonly name = 'RuleTooLong';
}

/**
 * ical.js's iterator over the occurrences of a rule, which looks for the next one until it has found one, were it for
 * ever; here with a budget for whatever it does in a loop. For rules of days and rarer.
 * @throws RuleTooLong, or Error where the rule is no rule
 */
export class BoundedIterator extends ICAL.RecurIterator {
  readonly #budget: StepBudget;

  constructor(rule: ICAL.Recur, start: ICAL.Time, budget: StepBudget) {
    refuseHuge(rule);
    // Looking for the first occurrence is a loop, too, and must find the budget in place.
    super({ rule, dtstart: start, initialized: true });
    this.#budget = budget;
    budget.renew();
    (this as unknown as { init(): void }).init();
  }

  override check_contracting_rules(): boolean {
    this.#budget.spend(1);
    return super.check_contracting_rules();
  }

  override expand_year_days(year: number): number {
    this.#budget.spend(YEAR_COST);
    return super.expand_year_days(year);
  }

  override increment_month(): void {
    this.#budget.spend(1);
    super.increment_month();
  }

  override increment_monthday(days: number): void {
    this.#budget.spend(1 + Math.abs(days) / 30);
    super.increment_monthday(days);
  }
}

function refuseHuge(rule: ICAL.Recur): void {
  const values = Object.values(rule.parts as Record<string, unknown[]>);
  if (rule.interval > MAX_INTERVAL || values.some((part) => part.length > MAX_VALUES))
    throw new RuleTooLong();
}
