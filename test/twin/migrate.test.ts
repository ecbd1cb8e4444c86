/** A recording of the first release opens, with everything it held; one of tables to come gives what is known of it. */
import { readFileSync } from 'node:fs'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { newDecoder } from '../../client/source/newDecoder.ts'
import { filePast } from '../../client/source/pastStore.ts'
import { ReplayPlayer } from '../../client/source/replayPlayer.ts'
import { publishedTables } from '../../twin/domains.ts'
import { simulatedFrom } from '../../twin/kernel/provenance.ts'
import { makeTable, tableSpec, whole, type Table, type TableSpec } from '../../twin/kernel/table.ts'
import { Migration, recordedTables } from '../../twin/migrate.ts'
import { columnNamed, describedColumns } from '../../twin/provenance/columns.ts'
import { ofColumn, provenanceAt } from '../../twin/provenance/lookup.ts'
import { columnTable, exceptionTable } from '../../twin/provenance/tables.ts'
import { FrameDecoder, FrameEncoder, schemaHash } from '../../twin/protocol/frame.ts'
import { readRecording, writeMoment, writeRecording } from '../../twin/protocol/recording.ts'
import { parseSchema, schemaText } from '../../twin/protocol/schemaText.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { makePulseTwin } from '../server/fixtures/pulseTwin.ts'

const file = new Uint8Array(
  readFileSync(new URL('../fixtures/recordings/firstSchema.citytwin', import.meta.url)),
)
// Of its tables, written down by the release that made the file.
const FIRST_SCHEMA = 8336611
const FIRST_STATE = 922323601

const valuesIn = (tables: readonly Table[], { name }: TableSpec) => {
  const { rows, columns } = tables.find(({ spec }) => spec.name === name)!
  return Object.entries(columns).map(([column, values]) => [column, [...values.subarray(0, rows)]])
}

describe('a recording of the first release', () => {
  const { header, moments } = readRecording(file)
  const recorded = recordedTables(header)
  const before = new FrameDecoder(recorded.map((spec) => makeTable(spec, 0)))
  for (const { frame } of moments) before.apply(inflateRawSync(frame))

  it('is read by the tables of its day', () => {
    expect(header).toMatchObject({ schemaHash: FIRST_SCHEMA, cityId: 'small' })
    expect(header.schema).toBeUndefined()
    expect(before.stateHash()).toBe(FIRST_STATE)
  })

  it('shows on a page of today every value it holds', async () => {
    const player = new ReplayPlayer(filePast(file, 'small'))
    const page = newDecoder()
    const picture = await player.show({ timeMs: moments.at(-1)!.cityMs, isJump: true, isCoarse: false })
    expect(page.apply(picture.bytes)).toBe(true)
    expect(picture.timeMs).toBe(moments.at(-1)!.cityMs)
    for (const spec of recorded) expect(valuesIn(page.tables, spec)).toEqual(valuesIn(before.tables, spec))
    const links = page.tables[0].columns
    expect(links['isClosed'][3], 'the closure in the middle of it').toBe(1)
    expect(Array.from(links['vehicles']).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100)
  })

  it('reads in every column as that column is declared', () => {
    const page = newDecoder()
    const migration = new Migration(recorded)
    for (const { frame, isKeyframe } of moments)
      page.apply(migration.frame(inflateRawSync(frame), isKeyframe)!)
    const published = (spec: { name: string }) => page.tables.find((each) => each.spec.name === spec.name)!
    const found = provenanceAt(published as never, linkTable, 'speedMps', 0)
    expect(found).toMatchObject({ kind: 'simulated', quality: 'good' })
  })

  it('saved in part from such a page is a recording of today', async () => {
    const { fromMs, toMs } = (await filePast(file, 'small').span()).parts[0]
    const saved = readRecording(await filePast(file, 'small').file(fromMs, toMs))
    expect(saved.header.schemaHash).toBe(schemaHash(publishedTables))
    expect(recordedTables(saved.header).map(({ name }) => name)).toEqual(
      publishedTables.map(({ name }) => name),
    )
  })
})

describe('a recording of tables to come', () => {
  // the links' columns turned about, one more among them, and a table that is not known here
  const { vehicles, ...others } = linkTable.columns
  const links = tableSpec(linkTable.name, simulatedFrom(), { noiseDb: whole('u8'), ...others, vehicles })
  const specs = [
    tableSpec('air.cells', simulatedFrom(), { pm25: whole('u16') }),
    ...(publishedTables.map((spec) => (spec === linkTable ? links : spec)) as readonly TableSpec[]),
  ]
  const twin = makePulseTwin(24, 0)
  twin.command({ kind: 'setLinkClosed', link: 3, isClosed: true })
  const tables = specs.map((spec) => makeTable(spec, 0))
  const described = specs
    .slice(0, -2)
    .flatMap((spec) => Object.keys(spec.columns).map((name) => [spec.name, name]))
  const closed = described.findIndex(([table, name]) => table === linkTable.name && name === 'isClosed')
  const noise = described.findIndex(([, name]) => name === 'noiseDb')

  it('gives each value to its column and each provenance to its value', () => {
    const own = tables.find(({ spec }) => spec.name === linkTable.name)!
    Object.assign(own, makeTable(links, 4))
    own.columns['speedMps'].set([1, 2, 3, 4])
    own.columns['isClosed'][3] = 1
    const columns = Object.assign(tables.at(-2)!, makeTable(columnTable, described.length)).columns
    columns['sources'].fill(1)
    columns['kind'].fill(4)
    const exceptions = Object.assign(tables.at(-1)!, makeTable(exceptionTable, 2)).columns
    exceptions['column'].set([noise, closed])
    exceptions['row'].set([1, 3])
    exceptions['kind'].set([0, 1])
    const page = newDecoder()
    page.apply(new Migration(specs).frame(new FrameEncoder(tables).delta(50), true)!)
    const published = (spec: { name: string }) => page.tables.find((each) => each.spec.name === spec.name)!
    expect([...published(linkTable).columns['speedMps']]).toEqual([1, 2, 3, 4])
    expect(provenanceAt(published as never, linkTable, 'isClosed', 3).kind).toBe('manual')
    expect(provenanceAt(published as never, linkTable, 'isClosed', 2).kind).toBe('simulated')
    expect(published(exceptionTable).rows, 'what is known of no column here is let go').toBe(1)
    expect(published(columnTable).rows).toBe(describedColumns.length)
    const column = columnNamed(linkTable.name, 'vehicles')!
    expect(ofColumn(published(columnTable) as never, column).sources).toBe(1)
  })

  it('is refused with a sentence when it does not say what they are, or says what is not so', () => {
    const make = (change: object) =>
      writeRecording({ cityId: 'small', schemaHash: 1, epoch: '', runs: [], ...change }, [])
    const open = (change: object) => () => filePast(make(change) as Uint8Array<ArrayBuffer>, 'small')
    expect(open({})).toThrow(/does not say how it is read/)
    expect(open({ schema: 'traffic.links speedMps:f99' })).toThrow(/does not say how it is read/)
    expect(open({ schema: schemaText(specs) })).toThrow(/not those it names/)
    expect(open({ schema: schemaText(specs), schemaHash: schemaHash(specs) })).toThrow(/no picture/)
  })

  it('without a keyframe at its head lacks a frame', () => {
    const encoder = new FrameEncoder(tables)
    encoder.delta(0)
    const frame = new Uint8Array(deflateRawSync(encoder.delta(50)))
    const moment = writeMoment({ isKeyframe: false, run: 1, tick: 50, cityMs: 0, wallMs: 0, frame })
    const header = {
      cityId: 'small',
      schemaHash: schemaHash(specs),
      schema: schemaText(specs),
      epoch: '',
      runs: [],
    }
    expect(() => filePast(writeRecording(header, [moment]) as Uint8Array<ArrayBuffer>, 'small')).toThrow(
      /lacks a frame/,
    )
  })
})

it('tables as text are the same tables', () => {
  const again = parseSchema(schemaText(publishedTables))
  expect(schemaHash(again)).toBe(schemaHash(publishedTables))
})
