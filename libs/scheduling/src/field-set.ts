/**
 * The set of values one cron field allows, as a bit set with its neighbours worked out once, so that
 * "next allowed value from here" is one array access. Values run from 0 to `max` (at most 59).
 */
export class FieldSet {
  /** How many values are in the set. */
  readonly size: number;
  readonly first: number;
  readonly last: number;
  private readonly following: Int8Array;
  private readonly preceding: Int8Array;
  private readonly ranks: Uint8Array;

  /** @param values at least one value, each within 0..max; order and repeats do not matter. */
  constructor(values: Iterable<number>, max: number) {
    const members = new Uint8Array(max + 1);
    for (const value of values) members[value] = 1;

    this.following = new Int8Array(max + 2).fill(-1);
    for (let value = max; value >= 0; value--) {
      this.following[value] = members[value] ? value : this.atOrAfter(value + 1);
    }
    this.preceding = new Int8Array(max + 2).fill(-1);
    this.ranks = new Uint8Array(max + 2);
    for (let value = 0; value <= max; value++) {
      this.preceding[value] = members[value] ? value : value > 0 ? this.atOrBefore(value - 1) : -1;
      this.ranks[value + 1] = this.rank(value) + (members[value] ?? 0);
    }
    this.size = this.rank(max + 1);
    this.first = this.atOrAfter(0);
    this.last = this.atOrBefore(max);
  }

  has(value: number): boolean {
    return this.following[value] === value;
  }

  /** The smallest member not below `value` (0..max+1), or -1. */
  atOrAfter(value: number): number {
    return this.following[value] ?? -1;
  }

  /** The greatest member not above `value` (-1..max), or -1. */
  atOrBefore(value: number): number {
    return this.preceding[value] ?? -1;
  }

  /** How many members lie below `value` (0..max+1). */
  rank(value: number): number {
    return this.ranks[value] ?? 0;
  }

  /** Smallest distance between two neighbouring members; Infinity for a single one. */
  get smallestStep(): number {
    let smallest = Infinity;
    for (let value = this.first, next; (next = this.atOrAfter(value + 1)) !== -1; value = next) {
      smallest = Math.min(smallest, next - value);
    }
    return smallest;
  }
}
