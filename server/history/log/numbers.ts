/**
 * Numbers that grow at their end, in an array buffer: a list of them would be moved about on the heap as it grows, and a day's
 * frames have many.
 */

const FIRST_ROOM = 64

export class Numbers {
  length = 0
  private held = new Float64Array(FIRST_ROOM)

  constructor(given: Iterable<number> = []) {
    for (const value of given) this.push(value)
  }

  /** As an array's: negative from the end, undefined beyond. */
  at(index: number): number | undefined {
    const place = index < 0 ? this.length + index : index
    return place < this.length ? this.held[place] : undefined
  }

  push(value: number): void {
    if (this.length === this.held.length) {
      const wider = new Float64Array(2 * this.length)
      wider.set(this.held)
      this.held = wider
    }
    this.held[this.length++] = value
  }

  /** Lets go of the first `count`. */
  drop(count: number): void {
    this.held.copyWithin(0, count, this.length)
    this.length -= count
  }

  /** How many are at most `value`, of numbers that rise. */
  rankOf(value: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.held[middle] <= value) low = middle + 1
      else high = middle
    }
    return low
  }

  [Symbol.iterator](): IterableIterator<number> {
    return this.held.subarray(0, this.length).values()
  }
}
