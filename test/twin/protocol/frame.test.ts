/** What the encoder sends, the decoder has; what is broken is refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulatedFrom } from '../../../twin/kernel/provenance.ts'
import {
  exact,
  makeTable,
  real,
  resizeTable,
  tableSpec,
  tickColumn,
  whole,
} from '../../../twin/kernel/table.ts'
import { FrameDecoder, FrameEncoder, KEYFRAME } from '../../../twin/protocol/frame.ts'

const links = tableSpec('traffic.links', simulatedFrom(), { speedMps: real(0.25), vehicles: whole('u16') })
const vehicles = tableSpec('traffic.vehicles', simulatedFrom(), {
  link: whole('u32'),
  entryTick: tickColumn(),
  stopM: real(1),
})

function worldOf(rows: number) {
  return { links: makeTable(links, rows), vehicles: makeTable(vehicles, rows) }
}

type World = ReturnType<typeof worldOf>
const tablesOf = (world: World) => [world.links, world.vehicles]

/** Writes arbitrary numbers into arbitrary rows. */
function scribble(world: World, changes: readonly (readonly [number, number])[], tick: number): void {
  for (const [at, value] of changes) {
    const row = at % world.links.rows
    world.links.columns.speedMps[row] = value / 7
    world.links.columns.vehicles[row] = value
    world.vehicles.columns.link[row] = value % 3 === 0 ? 0xffffffff : value
    world.vehicles.columns.entryTick[row] = tick - (value % 500)
    world.vehicles.columns.stopM[row] = value % 90
  }
}

function expectSame(received: World, sent: World): void {
  expect(received.links.rows).toBe(sent.links.rows)
  for (let row = 0; row < sent.links.rows; row++) {
    expect(
      Math.abs(received.links.columns.speedMps[row] - sent.links.columns.speedMps[row]),
    ).toBeLessThanOrEqual(0.1251)
    expect(received.links.columns.vehicles[row]).toBe(sent.links.columns.vehicles[row])
    expect(received.vehicles.columns.link[row]).toBe(sent.vehicles.columns.link[row])
    expect(received.vehicles.columns.entryTick[row]).toBe(sent.vehicles.columns.entryTick[row])
    expect(received.vehicles.columns.stopM[row]).toBe(sent.vehicles.columns.stopM[row])
  }
}

const step = fc.record({
  changes: fc.array(fc.tuple(fc.nat(), fc.nat(60_000)), { maxLength: 20 }),
  grow: fc.nat(5),
  joins: fc.boolean(),
})

describe('frames', () => {
  it('bring exact values over bit by bit, ratios and hundreds of megawatts alike', () => {
    const spec = tableSpec('objectives.indicators', simulatedFrom(), { value: exact() })
    const value = fc.oneof(fc.float(), fc.constantFrom(6.26e8, -3.4e9, 0.001, 0))
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 }), (pairs) => {
        const sent = makeTable(spec, pairs.length)
        const received = makeTable(spec, 0)
        const encoder = new FrameEncoder([sent])
        const decoder = new FrameDecoder([received])
        for (const which of [0, 1]) {
          sent.columns.value.set(pairs.map((pair) => pair[which]))
          decoder.apply(encoder.delta(50 * (which + 1)))
          expect(received.columns.value.subarray(0, pairs.length)).toEqual(sent.columns.value)
        }
      }),
    )
  })

  it('bring every receiver, whenever it joined, to the same tables as the sender', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        (rows, steps) => {
          const world = worldOf(rows)
          const encoder = new FrameEncoder(tablesOf(world))
          const receivers: { world: World; decoder: FrameDecoder }[] = []
          steps.forEach(({ changes, grow, joins }, s) => {
            const tick = 50 * s
            resizeTable(world.links, world.links.rows + grow)
            resizeTable(world.vehicles, world.links.rows)
            scribble(world, changes, tick)
            const frame = encoder.delta(tick)
            for (const { decoder } of receivers) expect(decoder.apply(frame)).toBe(true)
            if (joins) {
              const fresh = worldOf(0)
              const decoder = new FrameDecoder(tablesOf(fresh))
              expect(decoder.apply(encoder.keyframe())).toBe(true)
              receivers.push({ world: fresh, decoder })
            }
          })
          for (const receiver of receivers) expectSame(receiver.world, world)
        },
      ),
      { numRuns: 80 },
    )
  })

  it('leave a receiver that missed one as it was, until a keyframe', () => {
    const world = worldOf(4)
    const encoder = new FrameEncoder(tablesOf(world))
    const received = worldOf(0)
    const decoder = new FrameDecoder(tablesOf(received))
    encoder.delta(0)
    decoder.apply(encoder.keyframe())
    scribble(world, [[1, 77]], 50)
    encoder.delta(50)
    scribble(world, [[2, 78]], 100)
    expect(decoder.apply(encoder.delta(100))).toBe(false)
    expect(received.links.columns.vehicles[1]).toBe(0)
    expect(decoder.apply(encoder.keyframe())).toBe(true)
    expectSame(received, world)
  })

  it('name the rows that changed', () => {
    const world = worldOf(5)
    const encoder = new FrameEncoder(tablesOf(world))
    const decoder = new FrameDecoder(tablesOf(worldOf(0)))
    encoder.delta(0)
    decoder.apply(encoder.keyframe())
    world.links.columns.vehicles[3] = 9
    decoder.apply(encoder.delta(50))
    expect([...decoder.changedRows[0]]).toEqual([3])
    expect([...decoder.changedRows[1]]).toEqual([])
  })

  it('cost a few bytes when nothing changed', () => {
    const world = worldOf(1000)
    const encoder = new FrameEncoder(tablesOf(world))
    encoder.delta(0)
    expect(encoder.delta(50).length).toBeLessThan(30)
  })

  it('of other tables are refused', () => {
    const encoder = new FrameEncoder([makeTable(links, 1)])
    expect(() => new FrameDecoder(tablesOf(worldOf(1))).apply(encoder.delta(0))).toThrow('schema')
    expect(() => new FrameDecoder(tablesOf(worldOf(1))).apply(new Uint8Array(40))).toThrow('CTF1')
  })

  it('that ask for more rows than a receiver has room for are refused before they take it', () => {
    const encoder = new FrameEncoder(tablesOf(worldOf(1)))
    const frame = encoder.delta(0)
    // behind the head of 16 bytes stands the first table's number of rows
    const greedy = new Uint8Array([...frame.subarray(0, 16), 0xff, 0xff, 0xff, 0x1f, ...frame.subarray(17)])
    const tables = tablesOf(worldOf(1))
    expect(() => new FrameDecoder(tables).apply(greedy)).toThrow('of 67108863 rows')
    expect(tables[0].rows).toBe(1)
  })

  it('that are damaged end in an error or a value, never in a hang', () => {
    const world = worldOf(30)
    scribble(
      world,
      [
        [3, 999],
        [9, 12345],
      ],
      0,
    )
    const encoder = new FrameEncoder(tablesOf(world))
    encoder.delta(0)
    const frame = encoder.keyframe()
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.nat(255), fc.nat(frame.length), (at, byte, length) => {
        const damaged = frame.slice(0, length)
        if (at < damaged.length) damaged[at] = byte
        const decoder = new FrameDecoder(tablesOf(worldOf(0)))
        try {
          decoder.apply(damaged)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
      { numRuns: 500 },
    )
    expect(new FrameDecoder(tablesOf(worldOf(0))).tick).toBe(KEYFRAME)
  })

  it('hold nothing of what stood in rows that went and came again', () => {
    const table = makeTable(links, 2)
    const received = makeTable(links, 0)
    const [encoder, decoder] = [new FrameEncoder([table]), new FrameDecoder([received])]
    table.columns.vehicles.fill(9)
    decoder.apply(encoder.delta(0))
    resizeTable(table, 1)
    decoder.apply(encoder.delta(50))
    resizeTable(table, 2)
    table.columns.vehicles[1] = 0
    table.columns.speedMps[1] = 1
    decoder.apply(encoder.delta(100))
    expect([...received.columns.vehicles.subarray(0, 2)]).toEqual([9, 0])
  })
})
