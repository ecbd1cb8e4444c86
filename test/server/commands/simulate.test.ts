/** The command `simulate` as people run it: one JSON object last, tables in both formats, one sentence and exit 1 for what is wrong. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf, parquetOf } from '../../../server/commands/simulate/tableFiles.ts'
import { citiesFolder, dataVersion, openCity } from '../../../server/loop/cityFolder.ts'
import { writeScenario, type Scenario } from '../../../twin/scenario/document.ts'

const root = join(import.meta.dirname, '../../..')
const node = join(root, 'node_modules/.bin/node')

function simulate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(node, ['server/commands/simulate.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, stdout, stderr: stderr.trim() }
}

describe('npm run simulate', () => {
  let folder = ''
  let scenario: Scenario
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simulate-'))
    const data = dataVersion(await openCity(citiesFolder, 'montevideo'))
    scenario = {
      citytwin: 'scenario',
      version: 1,
      title: 'A street closed at night',
      base: {
        city: 'montevideo',
        data,
        model: '1',
        seed: 3,
        from: { kind: 'typical', date: '2024-03-12', at: '03:00' },
      },
      horizonS: 60,
      edits: [
        { kind: 'closeStreet', id: 'shut', links: [10] },
        { kind: 'substationOut', id: 'none', substation: 4000 },
      ],
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const written = (text: string) => {
    const file = join(folder, 'scenario.json')
    writeFileSync(file, text)
    return file
  }

  it('runs a scenario, says what it left out, and writes what happened', () => {
    const out = join(folder, 'out')
    const { status, stdout, stderr } = simulate('--scenario', written(writeScenario(scenario)), '--out', out)
    expect(stderr).toContain('edit none (substationOut) is not made: there is no substation 4000')
    expect(status).toBe(0)
    const printed = JSON.parse(stdout.trim().split('\n').at(-1)!)
    expect(printed).toMatchObject({ city: 'montevideo', from: '03:00', horizonS: 60, seeds: 1 })
    expect(printed.outcomes.find(({ id }: { id: string }) => id === 'vehicleHours')).toMatchObject({
      interval80: null,
    })
    const csv = readFileSync(join(out, 'edited/trips.csv'), 'utf8').trim().split('\r\n')
    const bytes = readFileSync(join(out, 'edited/trips.parquet'))
    const { num_rows } = parquetMetadata(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    )
    expect(Number(num_rows)).toBe(csv.length - 1)
  }, 120_000)

  it('refuses what it cannot run in a sentence that says what came and what was due', () => {
    const says = (expected: string, ...args: string[]) => {
      const { status, stderr } = simulate(...args)
      expect(stderr).toContain(expected)
      expect(stderr.split('\n')).toHaveLength(1)
      expect(status).toBe(1)
    }
    says('--city is atlantis, expected one of', '--city', 'atlantis', '--from', '17:00')
    says('--from is 25:00, expected a time from 00:00 to 23:59', '--city', 'montevideo', '--from', '25:00')
    says(
      '--seeds is 0, expected a whole number from 1',
      '--city',
      'montevideo',
      '--from',
      '17:00',
      '--seeds',
      '0',
    )
    const broken = writeScenario(scenario).replace('"horizonS": 60', '"horizonS": 1')
    says('scenario.json: scenario: line 6: horizonS is 1, expected >=60', '--scenario', written(broken))
    const other = { ...scenario, base: { ...scenario.base, data: '0123456789ab' } }
    says(
      'the scenario is of the data 0123456789ab, montevideo has',
      '--scenario',
      written(writeScenario(other)),
    )
  }, 120_000)
})

describe('tables as files', () => {
  it('quote what a reader of CSV would take apart, and leave out numbers that are none', () => {
    expect(csvOf({ 'a,b': ['x"y', 'plain'], n: [1.23456789, NaN] })).toBe(
      '"a,b",n\r\n"x""y",1.234568\r\nplain,\r\n',
    )
  })

  it('tell Parquet whole numbers from others', () => {
    const { schema } = parquetMetadata(parquetOf({ whole: [1, 2], other: [1, 2.5], words: ['a', 'b'] }))
    expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
      ['whole', 'INT32'],
      ['other', 'DOUBLE'],
      ['words', 'BYTE_ARRAY'],
    ])
  })
})
