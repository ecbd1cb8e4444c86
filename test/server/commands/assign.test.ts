/** The command `assign` as people run it: one JSON object last, flows to a file, one sentence and exit 1 for what is broken. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
// Two streets from 1 to 2: 10 (1 + x/100) directly, 15 (1 + x/300) by node 3.
const NETWORK = `<NUMBER OF ZONES> 2
<NUMBER OF NODES> 3
<FIRST THRU NODE> 3
<NUMBER OF LINKS> 3
<END OF METADATA>
~ init term capacity length fft b power speed toll type ;
1 2 100 2 10 1 1 0 0 1 ;
1 3 300 1 15 1 1 0 3 1 ;
3 2 0 0 0 0 0 0 0 1 ;
`
const TRIPS = '<NUMBER OF ZONES> 2\n<END OF METADATA>\nOrigin 1\n 1 : 9.0; 2 : 200.0;\n'

describe('npm run assign', () => {
  let folder = ''
  const file = (name: string) => join(folder, name)
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assign-'))
    writeFileSync(file('net.tntp'), NETWORK)
    writeFileSync(file('trips.tntp'), TRIPS)
    writeFileSync(file('broken.tntp'), NETWORK.replace('1 3 300', '1 3 wide'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = (...args: string[]) => {
    const node = join(root, 'node_modules/.bin/node')
    const { status, stdout, stderr } = spawnSync(node, ['server/commands/assign.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    })
    return { status, last: stdout.trim().split('\n').at(-1)!, stderr: stderr.trim() }
  }
  const files = () => ['--network', file('net.tntp'), '--trips', file('trips.tntp')]

  it('prints the equilibrium as its last line, and writes the flows', () => {
    const { status, last } = run(...files(), '--gap', '1e-9', '--flows', file('flows.tsv'))
    expect(status).toBe(0)
    const printed = JSON.parse(last)
    expect(Object.keys(printed)).toEqual([
      'relativeGap', 'objective', 'totalTravelTime', 'iterations', 'seconds', 'links', 'zones',
    ]) // prettier-ignore
    expect(printed).toMatchObject({ links: 3, zones: 2 })
    expect(printed.totalTravelTime).toBeCloseTo(200 * 20, 5)
    expect(printed.objective).toBeCloseTo(100 * 15 + 100 * 17.5, 5)
    const rows = readFileSync(file('flows.tsv'), 'utf8').trim().split('\n')
    expect(rows[0]).toBe('From\tTo\tVolume\tCost')
    expect(
      rows.slice(1).map((row) => row.split('\t').map((text) => Math.round(Number(text) * 1e6) / 1e6)),
    ).toEqual([
      [1, 2, 100, 20],
      [1, 3, 100, 20],
      [3, 2, 100, 0],
    ])
  })

  it('weighs tolls and lengths, in the objective and not in the travel time', () => {
    const { last } = run(...files(), '--gap', '1e-9', '--toll-weight', '2', '--distance-weight', '3')
    // 16 + x/10 = 24 + y/20 and x + y = 200: x = 120, y = 80
    const printed = JSON.parse(last)
    expect(printed.totalTravelTime).toBeCloseTo(120 * 22 + 80 * 19, 4)
    expect(printed.objective).toBeCloseTo(120 * (16 + 6) + 80 * (24 + 2), 4)
  })

  it('closes a street, and tells of trips that lose their way', () => {
    expect(JSON.parse(run(...files(), '--close', '1-2').last).totalTravelTime).toBeCloseTo(200 * 25, 4)
    const { status, last, stderr } = run(...files(), '--close', '1-2', '--close', '3-2')
    expect(status).toBe(0)
    expect(JSON.parse(last)).toMatchObject({ totalTravelTime: 0, objective: 0 })
    expect(stderr).toBe('assign: nothing leads between 1 pairs of zones; their 200 trips are left out')
  })

  it('ends with one sentence for what is broken', () => {
    const trips = ['--trips', file('trips.tntp')]
    const cases: [string[], RegExp][] = [
      [[], /^assign: which network\? npm run -s assign/],
      [['--network', file('net.tntp')], /^assign: which trips\?/],
      [['--network', file('none.tntp'), ...trips], /none\.tntp: ENOENT/],
      [
        ['--network', file('broken.tntp'), ...trips],
        /broken\.tntp: line 8: capacity is "wide", a number from 0 on is due$/,
      ],
      [[...files(), '--gap', 'small'], /--gap is small, a number from 0 on is due$/],
      [[...files(), '--close', '1-9'], /--close is 1-9, a link of the network is due$/],
      [[...files(), '--shut', '1-2'], /Unknown option '--shut'/],
    ]
    for (const [args, message] of cases) {
      const { status, stderr } = run(...args)
      expect(status).toBe(1)
      expect(stderr.split('\n')).toHaveLength(1)
      expect(stderr).toMatch(message)
    }
  })
})
