/** Seeded chance for one case: the same seed and case number give the same throws, whatever was thrown for other cases. */
import { randomIndex } from '../../../twin/kernel/random.ts'

export class Dice {
  private readonly seed: number
  private readonly number: number
  private throws = 0

  constructor(seed: number, number: number) {
    this.seed = seed
    this.number = number
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return randomIndex(below, this.seed, this.number, this.throws++)
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]
  }
}
