/** Frames in parts: who sees some parts has exactly their rows of the whole, whatever happens, and nothing else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulatedFrom } from '../../../twin/kernel/provenance.ts'
import {
  makeTable,
  tableSpec,
  tickColumn,
  whole,
  exact,
  real,
  resizeTable,
  type TableSpec,
} from '../../../twin/kernel/table.ts'
import { FrameDecoder, FrameEncoder, KEYFRAME } from '../../../twin/protocol/frame.ts'
import { PartDecoder } from '../../../twin/protocol/partDecoder.ts'
import { PartEncoder } from '../../../twin/protocol/partEncoder.ts'
import { CORE, NOWHERE, writeBundle, type BundleEntry, type TableCut } from '../../../twin/protocol/parts.ts'

const streets = tableSpec('a.streets', simulatedFrom(), { speed: real(0.5), count: whole('u16') })
const cars = tableSpec('a.cars', simulatedFrom(), { place: whole('u32'), since: tickColumn() })
const city = tableSpec('a.city', simulatedFrom(), { load: exact(), kind: whole('i8') })
const specs: readonly TableSpec[] = [streets, cars, city]
const STREETS = 12
const NO_PLACE = 0xffffffff
// streets 0, 3, 6 … are of part 1, the next of part 2, the rest of part 3; part 7 is the first four of them; cars go by their street
const partOfStreet = (row: number) => 1 + (row % 3)
const cuts: TableCut[] = [
  { table: 0, partOf: partOfStreet },
  { table: 0, partOf: (row) => (row < 4 ? 7 : NOWHERE) },
  {
    table: 1,
    partOf: (row, [place]) => (place[row] >>> 0 < STREETS ? 3 + partOfStreet(place[row]) : NOWHERE),
  },
]
const absent = new Map<number, Record<string, number>>([
  [0, { speed: NaN }],
  [1, { place: NO_PLACE }],
])

class Host {
  tables = specs.map((spec, t) => makeTable(spec, [STREETS, 3, 2][t]))
  private readonly encoder = new FrameEncoder(this.tables)
  readonly whole = new FrameDecoder(specs.map((spec) => makeTable(spec, 0)))
  readonly parts: PartEncoder
  private tick = 0

  constructor() {
    this.tables[1].columns['place'].fill(NO_PLACE)
    this.whole.apply(this.encoder.delta(this.tick))
    this.parts = new PartEncoder(this.whole, cuts)
  }

  next(wanted: readonly number[]): { entries: Map<number, Uint8Array>; baseTick: number } {
    const baseTick = this.tick
    this.tick += 50
    this.whole.apply(this.encoder.delta(this.tick))
    return { entries: this.parts.take(new Set(wanted)), baseTick }
  }
}

class Page {
  readonly decoder = new PartDecoder(
    specs.map((spec) => makeTable(spec, 0)),
    absent,
    () => expect.fail('nothing is deflated'),
  )
  seen: number[]
  private readonly host: Host

  constructor(host: Host, seen: number[]) {
    this.host = host
    this.seen = seen
    this.take(
      KEYFRAME,
      seen.map((part) => this.wholeOf(part)),
    )
  }

  turn(to: number[]): void {
    const gone = this.seen.filter((part) => !to.includes(part))
    const come = to.filter((part) => !this.seen.includes(part))
    const entries = [
      ...gone.map((part) => ({ part, kind: 'gone' }) as const),
      ...come.map((part) => this.wholeOf(part)),
    ]
    this.seen = to
    this.take(
      this.host.whole.tick,
      entries.sort((a, b) => a.part - b.part),
    )
  }

  take(baseTick: number, entries: readonly BundleEntry[]): void {
    const { parts, whole: state } = this.host
    expect(this.decoder.apply(writeBundle(parts.schema, state.tick, baseTick, entries))).toBe(true)
  }

  step({ entries, baseTick }: ReturnType<Host['next']>): void {
    const told = this.seen.filter((part) => entries.has(part))
    this.take(
      baseTick,
      told.map((part) => ({
        part,
        kind: 'changes',
        block: { bytes: entries.get(part)!, isDeflated: false },
      })),
    )
  }

  private wholeOf(part: number): BundleEntry {
    return { part, kind: 'whole', block: { bytes: this.host.parts.whole(part), isDeflated: false } }
  }
}

/** What a page that sees `parts` must have, from the whole. */
function expected({ whole: state }: Host, parts: readonly number[]): unknown[] {
  const sees = [
    (row: number) => parts.includes(partOfStreet(row)) || (parts.includes(7) && row < 4),
    (row: number) => {
      const place = state.tables[1].columns['place'][row]
      return place < STREETS && parts.includes(3 + partOfStreet(place))
    },
    () => parts.includes(CORE),
  ]
  return state.tables.map(({ spec, rows, columns }, t) =>
    Object.keys(spec.columns).map((name) =>
      Array.from({ length: rows }, (_, row) =>
        sees[t](row) ? columns[name][row] : (absent.get(t)?.[name] ?? 0),
      ),
    ),
  )
}

function had(page: Page, host: Host): unknown[] {
  return page.decoder.tables.map(({ spec, rows, columns }, t) =>
    Object.keys(spec.columns).map((name) =>
      Array.from({ length: host.whole.tables[t].rows }, (_, row) =>
        row < rows ? columns[name][row] : (absent.get(t)?.[name] ?? 0),
      ),
    ),
  )
}

const views = [[0], [0, 1, 4], [0, 1, 2, 4, 5], [0, 2, 5], [0, 3, 6], [0, 1, 2, 3, 4, 5, 6], [0, 1]]
const change = fc.oneof(
  fc.record({ kind: fc.constant('street' as const), row: fc.nat(STREETS - 1), value: fc.nat(40) }),
  fc.record({ kind: fc.constant('car' as const), row: fc.nat(5), value: fc.nat(STREETS + 2) }),
  fc.record({ kind: fc.constant('city' as const), row: fc.nat(1), value: fc.integer({ min: -99, max: 99 }) }),
)
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ changes: fc.array(change, { maxLength: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ view: fc.nat(views.length - 1) }) },
)

describe('a frame in parts', () => {
  it('gives who sees some parts their rows of the whole and no others, however it looks about', () => {
    fc.assert(
      fc.property(fc.nat(views.length - 1), fc.array(action, { maxLength: 25 }), (first, actions) => {
        const host = new Host()
        const page = new Page(host, views[first])
        for (const act of actions) {
          if ('view' in act) page.turn(views[act.view])
          else {
            for (const { kind, row, value } of act.changes) {
              const [roads, vehicles, all] = host.tables
              if (kind === 'street') {
                roads.columns['speed'][row] = value * 0.5
                roads.columns['count'][row] = value
              } else if (kind === 'car') {
                if (row >= vehicles.rows) {
                  const from = vehicles.rows
                  resizeTable(vehicles, row + 1)
                  vehicles.columns['place'].fill(NO_PLACE, from, row + 1)
                }
                vehicles.columns['place'][row] = value < STREETS ? value : NO_PLACE
                vehicles.columns['since'][row] = host.whole.tick + value
              } else if (value > 70) resizeTable(all, row + 1)
              else if (row < all.rows) {
                all.columns['load'][row] = value / 3
                all.columns['kind'][row] = value
              }
            }
            page.step(host.next([0, 1, 2, 3, 4, 5, 6]))
          }
          expect(had(page, host)).toEqual(expected(host, page.seen))
          const sum = page.seen.reduce((total, part) => (total + host.parts.hashOf(part)) >>> 0, 0)
          expect(page.decoder.stateHash()).toBe(sum)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('says what changed, once each, and all when it begins', () => {
    const host = new Host()
    const page = new Page(host, [0, 1, 2, 4, 5])
    expect(page.decoder.changedRows.map((rows) => rows.length)).toEqual([STREETS, 0, 2])
    host.tables[1].columns['place'][0] = 0
    page.step(host.next([0, 1, 2, 4, 5]))
    host.tables[1].columns['place'][0] = 1
    page.step(host.next([0, 1, 2, 4, 5]))
    expect([...page.decoder.changedRows[1]]).toEqual([0])
  })

  it('takes nothing that does not follow, and refuses what is not a bundle of these tables', () => {
    const host = new Host()
    const page = new Page(host, [0])
    const { schema } = host.parts
    expect(page.decoder.apply(writeBundle(schema, 100, 50, []))).toBe(false)
    expect(() => page.decoder.apply(writeBundle(schema + 1, 100, 0, []))).toThrow(/schema/)
    expect(() => page.decoder.apply(new Uint8Array(20))).toThrow(/CTB1/)
  })

  it('survives damaged bytes: it throws or takes them, and never hangs', () => {
    const host = new Host()
    const wholes = [0, 1, 2, 3].map((part) => host.parts.whole(part))
    const entries = wholes.map((bytes, part) => ({
      part,
      kind: 'whole' as const,
      block: { bytes, isDeflated: false },
    }))
    const bundle = writeBundle(host.parts.schema, 0, KEYFRAME, entries)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bundle.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (damage) => {
          const bytes = bundle.slice()
          for (const [at, value] of damage) bytes[at] = value
          try {
            new PartDecoder(
              specs.map((spec) => makeTable(spec, 0)),
              absent,
              (deflated) => deflated,
            ).apply(bytes)
          } catch (error) {
            expect((error as Error).message).toMatch(/^(bundle|bytes):/)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
