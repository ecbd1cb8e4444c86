/**
 * What is drawn of all there is to draw: the first of it at once, and each further one when what was there before has been drawn,
 * so that the first waits for none of the others.
 */
export class Turns<T> {
  private readonly order: readonly T[]
  private count = 0

  /** The first in `order` comes first. */
  constructor(order: readonly T[]) {
    this.order = order
  }

  /** Lets the next one in, when it is its turn: the first at any time, others when what was there before `isDrawn`. True when one came. */
  next(isDrawn: boolean): boolean {
    if (this.isAll || (this.count > 0 && !isDrawn)) return false
    this.count++
    return true
  }

  has(one: T): boolean {
    const at = this.order.indexOf(one)
    return at >= 0 && at < this.count
  }

  get isAll(): boolean {
    return this.count === this.order.length
  }

  /** Whether more than the first is drawn. */
  get isBeyondFirst(): boolean {
    return this.count > 1
  }

  /** All must be drawn anew. */
  restart(): void {
    this.count = 0
  }
}
