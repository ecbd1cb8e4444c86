/** Laws of how much is drawn. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { has, qualities, qualityFrom, QualityLadder } from '../../../client/state/quality.ts'

/** Draws frames of `tookMs` from `fromMs` for `forMs`, each followed by another; gives when the step changed. */
function draw(ladder: QualityLadder, fromMs: number, forMs: number, tookMs: number): number[] {
  const changes: number[] = []
  const everyMs = Math.max(16, tookMs)
  for (let nowMs = fromMs; nowMs < fromMs + forMs; nowMs += everyMs)
    if (ladder.frame(nowMs, tookMs)) changes.push(nowMs)
  return changes
}

describe('the quality of the drawing', () => {
  it('is full to begin with, and stays so while frames are in time', () => {
    const ladder = new QualityLadder()
    expect(draw(ladder, 0, 600_000, 12)).toEqual([])
    expect(ladder.quality).toBe('full')
  })

  it('goes down step by step while frames are late, each step after three seconds, and no further than the last', () => {
    const ladder = new QualityLadder()
    const changes = draw(ladder, 0, 60_000, 90)
    expect(changes).toHaveLength(qualities.length - 1)
    expect(changes[0]).toBeGreaterThanOrEqual(3000)
    expect(changes[3]).toBeLessThan(14_000)
    expect(ladder.quality).toBe('fewer')
  })

  it('comes back to full when frames are early again', () => {
    const ladder = new QualityLadder()
    draw(ladder, 0, 20_000, 90)
    draw(ladder, 20_000, 120_000, 8)
    expect(ladder.quality).toBe('full')
  })

  it('is not moved by one late frame in ten', () => {
    const ladder = new QualityLadder()
    for (let i = 0; i < 10_000; i++) expect(ladder.frame(i * 20, i % 10 === 0 ? 200 : 18)).toBe(false)
  })

  it('tries a step that was too much later and later', () => {
    const ladder = new QualityLadder()
    let nowMs = 0
    const triesMs: number[] = []
    // full is too much for this machine, and one step less is easy
    while (nowMs < 1_800_000) {
      const before = ladder.quality
      ladder.frame(nowMs, before === 'full' ? 60 : 10)
      if (before !== 'full' && ladder.quality === 'full') triesMs.push(nowMs)
      nowMs += before === 'full' ? 60 : 16
    }
    const pausesMs = triesMs.slice(1).map((ms, i) => ms - triesMs[i])
    expect(pausesMs.length).toBeGreaterThan(2)
    for (let i = 1; i < pausesMs.length; i++) expect(pausesMs[i]).toBeGreaterThan(pausesMs[i - 1] * 0.99)
    expect(triesMs.length).toBeLessThan(12)
  })

  it('changes by one step at a time, whatever the frames', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 400 }), (times) => {
        const ladder = new QualityLadder()
        let nowMs = 0
        for (const tookMs of times) {
          const before = qualities.indexOf(ladder.quality)
          nowMs += Math.max(16, tookMs)
          const hasChanged = ladder.frame(nowMs, tookMs)
          const by = Math.abs(qualities.indexOf(ladder.quality) - before)
          expect(by).toBe(hasChanged ? 1 : 0)
        }
      }),
    )
  })

  it('leaves out what the steps before it do', () => {
    expect(has('full', 'noTrails')).toBe(true)
    expect(has('noPlates', 'noTrails')).toBe(false)
    expect(has('noPlates', 'noPlates')).toBe(false)
    expect(has('noPlates', 'noBodies')).toBe(true)
    expect(qualityFrom('noBodies')).toBe('noBodies')
    expect(qualityFrom('best')).toBeUndefined()
  })
})
