/** Random numbers depend on seed and counters alone, and are spread evenly. */
import { describe, expect, it } from 'vitest'
import { randomBits, randomIndex, randomUnit } from '../../../twin/kernel/random.ts'

describe('random numbers', () => {
  it('are the same for the same seed and counters, in any order', () => {
    const forwards = [1, 2, 3].map((i) => randomBits(7, i, 5))
    const backwards = [3, 2, 1].map((i) => randomBits(7, i, 5)).reverse()
    expect(forwards).toEqual(backwards)
  })

  it('differ when any one counter or the seed differs', () => {
    const draws = [
      randomBits(1, 2, 3, 4),
      randomBits(2, 2, 3, 4),
      randomBits(1, 3, 3, 4),
      randomBits(1, 2, 4, 4),
      randomBits(1, 2, 3, 5),
    ]
    expect(new Set(draws).size).toBe(draws.length)
  })

  it('fill ten bins evenly (χ² below the 99.9 % point, 27.9, for every counter)', () => {
    for (const draw of [
      (i: number) => randomUnit(3, i),
      (i: number) => randomUnit(3, 1, i),
      (i: number) => randomUnit(3, 1, 1, i),
    ]) {
      const bins = Array.from({ length: 10 }, () => 0)
      for (let i = 0; i < 10_000; i++) bins[Math.floor(draw(i) * 10)]++
      expect(bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9)
    }
  })

  it('stay below their bound', () => {
    for (let i = 0; i < 1000; i++) expect(randomIndex(7, 1, i)).toBeLessThan(7)
  })
})
