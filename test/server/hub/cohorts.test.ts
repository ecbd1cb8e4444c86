/** However many watch, walls are written to first and all others before the next frame. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HubSocket } from '../../../server/hub/line.ts'
import { COHORT, slotMs, Stream } from '../../../server/hub/stream.ts'

it('the last cohort’s slot comes before the next frame, and slots lie no further apart than they need', () => {
  const viewers = fc.integer({ min: 1, max: 200_000 })
  const everyMs = fc.integer({ min: 50, max: 10_000 })
  fc.assert(
    fc.property(viewers, everyMs, (count, betweenMs) => {
      const spacingMs = slotMs(count, betweenMs)
      const lastSlot = Math.floor((count - 1) / COHORT)
      expect(lastSlot * spacingMs).toBeLessThan(betweenMs)
      expect(slotMs(count, 2 * betweenMs)).toBeGreaterThanOrEqual(spacingMs)
      expect(slotMs(1, Infinity)).toBeGreaterThanOrEqual(spacingMs)
    }),
  )
})

describe('a crowd', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** As many as fill three cohorts, and a wall that came last; `got` counts what each was sent since the last frame. */
  function crowd() {
    const got = new Map<string, number>()
    const socketOf = (id: string) =>
      ({
        id,
        conn: { transport: { name: 'polling', writable: true }, writeBuffer: [] },
        emit: () => got.set(id, (got.get(id) ?? 0) + 1),
      }) as unknown as HubSocket
    const stream = new Stream('live', 1, () => 1)
    stream.restart({ bytes: new ArrayBuffer(8) })
    const sockets = Array.from({ length: 3 * COHORT }, (_, i) => socketOf(`viewer ${i}`))
    for (const socket of sockets) stream.subscribe(socket, false)
    stream.subscribe(socketOf('wall'), true)
    vi.advanceTimersByTime(1000)
    stream.frame({ bytes: new ArrayBuffer(8) })
    vi.advanceTimersByTime(1000)
    got.clear()
    const reached = () => [got.get('wall') ?? 0, got.size - (got.has('wall') ? 1 : 0)]
    return { stream, sockets, got, reached }
  }

  it('is written to cohort by cohort, after the walls, everybody once', () => {
    const { stream, got, reached } = crowd()
    stream.frame({ bytes: new ArrayBuffer(8) })
    expect(reached()).toEqual([1, COHORT])
    vi.advanceTimersByTime(slotMs(1, Infinity))
    expect(reached()).toEqual([1, 2 * COHORT])
    vi.advanceTimersByTime(1000)
    expect(reached()).toEqual([1, 3 * COHORT])
    expect(new Set(got.values())).toEqual(new Set([1]))
  })

  it('leaves in peace who has gone before its slot', () => {
    const { stream, sockets, got, reached } = crowd()
    stream.frame({ bytes: new ArrayBuffer(8) })
    for (const socket of sockets.slice(-COHORT)) stream.unsubscribe(socket)
    vi.advanceTimersByTime(1000)
    expect(reached()).toEqual([1, 2 * COHORT])
    expect(got.has(`viewer ${3 * COHORT - 1}`)).toBe(false)
  })
})
