/** Laws of how vehicles are drawn along a link. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  beginAt,
  beginningS,
  BRAKE_MPS2,
  positionM,
  START_MPS2,
  type Motion,
} from '../../../client/state/motion.ts'
import { JAM_SPACING_M } from '../../../twin/traffic/roads.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const motions = fc
  .record({
    lengthM: number(10, 1500),
    paceMps: number(1.5, 30),
    beginS: number(0, 5000),
    waitS: number(0, 120),
    stopShare: number(0, 1),
    sinceRestM: fc.option(number(0, 21), { nil: undefined }),
  })
  .map(({ lengthM, paceMps, beginS, waitS, stopShare, sinceRestM }): Motion => {
    const motion: Motion = {
      entryS: 0,
      exitS: beginS + lengthM / paceMps + waitS + (sinceRestM === undefined ? 0 : paceMps / START_MPS2),
      stopM: stopShare * lengthM,
      lengthM,
      paceMps,
      sinceRestM,
    }
    beginAt(beginS, 0, motion)
    return motion
  })

/** Of metres beside metres: what rounding leaves. */
const NOTHING_M = 1e-6

describe('a drawn motion', () => {
  it('begins at the start and ends at the end of its link, at its exit', () => {
    fc.assert(
      fc.property(motions, (motion) => {
        expect(positionM(beginningS(motion), motion)).toBeLessThan(1e-3)
        expect(positionM(motion.exitS, motion)).toBeCloseTo(motion.lengthM, 5)
      }),
    )
  })

  it('never runs back, and never faster than its pace', () => {
    fc.assert(
      fc.property(motions, number(0, 1), number(0, 5), (motion, share, laterS) => {
        const beginS = beginningS(motion)
        const tS = beginS + share * (motion.exitS - beginS)
        const stepM = positionM(tS + laterS, motion) - positionM(tS, motion)
        expect(stepM).toBeGreaterThanOrEqual(-NOTHING_M)
        expect(stepM).toBeLessThanOrEqual(laterS * motion.paceMps + NOTHING_M)
      }),
    )
  })

  it('brakes and gathers speed as a driver does, when it has the room', () => {
    const motion: Motion = {
      entryS: 0,
      exitS: 100,
      stopM: 200,
      lengthM: 500,
      paceMps: 12,
      sinceRestM: undefined,
    }
    const h = 0.1
    let hardest = 0
    let strongest = 0
    for (let tS = 1; tS < 99; tS += h) {
      const a = (positionM(tS + h, motion) - 2 * positionM(tS, motion) + positionM(tS - h, motion)) / (h * h)
      hardest = Math.min(hardest, a)
      strongest = Math.max(strongest, a)
    }
    expect(-hardest).toBeCloseTo(BRAKE_MPS2, 3)
    expect(strongest).toBeCloseTo(START_MPS2, 3)
  })

  it('crosses the stop line at the speed that it goes on with behind it', () => {
    const stopM = 4.5
    const before: Motion = { entryS: 0, exitS: 60, stopM, lengthM: 200, paceMps: 12, sinceRestM: undefined }
    const behind: Motion = { entryS: 0, exitS: 100, stopM: 0, lengthM: 300, paceMps: 12, sinceRestM: stopM }
    beginAt(60, 0, behind)
    const h = 0.01
    const out = (positionM(60, before) - positionM(60 - h, before)) / h
    const into = (positionM(60 + h, behind) - positionM(60, behind)) / h
    expect(out).toBeCloseTo(Math.sqrt(2 * START_MPS2 * stopM), 1)
    expect(into).toBeCloseTo(out, 1)
  })

  it('goes on from where it is drawn, whatever its plan becomes', () => {
    fc.assert(
      fc.property(motions, number(0, 1), number(0, 1), number(1, 1.3), (motion, share, stopShare, later) => {
        const beginS = beginningS(motion)
        const tS = beginS + share * (motion.exitS - beginS)
        const wasM = positionM(tS, motion)
        const leftM = motion.lengthM - wasM
        const next: Motion = {
          ...motion,
          stopM: stopShare * leftM,
          exitS: Math.max(motion.exitS * later, tS + leftM / motion.paceMps),
        }
        beginAt(tS, wasM, next)
        expect(Math.abs(positionM(tS, next) - wasM)).toBeLessThan(0.05)
      }),
    )
  })

  it('keeps the vehicles of a queue a jam spacing apart while they stand, and a car and a half metres while they set off', () => {
    const queues = fc.record({
      paceMps: number(4, 20),
      vehicles: fc.integer({ min: 2, max: 12 }),
      greenS: number(30, 90),
      headwayS: number(1.8, 3),
      everyS: number(1.8, 6),
    })
    fc.assert(
      fc.property(queues, ({ paceMps, vehicles, greenS, headwayS, everyS }) => {
        const lengthM = 300
        // Newell: each does what the one ahead did a wave time later and a jam spacing behind; never less than a headway apart
        const headS = Math.max(headwayS, JAM_SPACING_M / paceMps)
        const queue = Array.from({ length: vehicles }, (_, k): Motion => {
          const entryS = k * Math.max(everyS, headS)
          const exitS = Math.max(greenS + k * headS, entryS + lengthM / paceMps)
          return { entryS, exitS, stopM: k * JAM_SPACING_M, lengthM, paceMps, sinceRestM: undefined }
        })
        for (let tS = 0; tS < greenS + 40; tS += 0.5) {
          for (let k = 1; k < vehicles; k++) {
            // those that came too late for it do not belong to the queue
            if (queue[k].exitS > greenS + k * headS) break
            const ahead = positionM(tS, queue[k - 1])
            if (tS > queue[k - 1].exitS || tS < queue[k].entryS) continue
            const gapM = ahead - positionM(tS, queue[k])
            expect(gapM).toBeGreaterThan(6)
            const isBeforeGreen = tS < greenS - paceMps / START_MPS2
            if (isBeforeGreen) expect(gapM).toBeGreaterThan(JAM_SPACING_M - 0.01)
          }
        }
      }),
    )
  })
})
