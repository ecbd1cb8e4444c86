/** TNTP files: what is read, what is odd but read, and what is refused, with line, what came and what was due. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTntpNetwork, parseTntpTrips } from '../../../data/recipes/tntp.ts'
import { cases } from '../../fixtures/cases.ts'
import { brokenBytes, outcomeOf } from '../../fixtures/outsideBytes.ts'

const head = (links: number, more = '') =>
  `<NUMBER OF ZONES> 2\t\n<NUMBER OF NODES> 3\n<FIRST THRU NODE> 3\n<NUMBER OF LINKS> ${links}\n${more}<END OF METADATA>\t\n`
const link = '\t1\t3\t100\t5280\t1.5\t0.15\t4\t0\t7\t1\t;\n'

describe('a TNTP network', () => {
  it('is read with metadata, comments and semicolons anyhow', () => {
    const text = `${head(2, '<ORIGINAL HEADER>~ \tInit node ;\n')}\n~ \tinit_node\tterm_node ;\n${link}3 2 1e3 .5 0 0 0 ~ a way home\n`
    expect(parseTntpNetwork(text)).toEqual({
      zoneCount: 2,
      nodeCount: 3,
      firstThruNode: 2,
      fromNode: Uint32Array.of(0, 2),
      toNode: Uint32Array.of(2, 1),
      capacity: Float64Array.of(100, 1000),
      length: Float64Array.of(5280, 0.5),
      freeFlowTime: Float64Array.of(1.5, 0),
      b: Float64Array.of(0.15, 0),
      power: Float64Array.of(4, 0),
      toll: Float64Array.of(7, 0),
      remarks: [],
    })
  })

  it('may come from Windows, with a byte order mark, a header without a tilde, and without a first node to pass', () => {
    const text = `\uFEFF${head(1)}`.replace(/<FIRST.*\n/, '') + `init_node term_node\n${link}`
    expect(parseTntpNetwork(text.replaceAll('\n', '\r\n'))).toMatchObject({ firstThruNode: 0, zoneCount: 2 })
  })

  it('tells of links without capacity and of more links than it says', () => {
    const { remarks } = parseTntpNetwork(`${head(1)}${link}${link.replace('100', '0')}`)
    expect(remarks).toEqual([
      '2 links came, line 4 has 1; all are taken',
      '1 links have the capacity 0; they keep their free-flow time at any flow',
    ])
  })

  it.for([
    ['', /^line 1: the file ends, <END OF METADATA> is due$/],
    ['1 2 3', /^line 1: "1" came, <NAME> value or <END OF METADATA> is due$/],
    ['<NUMBER OF ZONES> 2\n<END OF METADATA>', /^line 2: <NUMBER OF NODES> is due before <END OF METADATA>$/],
    [
      head(1).replace('NODES> 3', 'NODES> 3.5'),
      /^line 2: <NUMBER OF NODES> is "3.5", a whole number from 1 to/,
    ],
    [
      head(1).replace('ZONES> 2', 'ZONES> 9'),
      /^line 1: <NUMBER OF ZONES> is "9", a whole number from 1 to 3 is due$/,
    ],
    [`${head(2)}${link}`, /^line 7: the file ends after 1 links, line 4 has 2$/],
    [`${head(1)}1 3 100 ;`, /^line 6: 3 columns came, at least 7 are due$/],
    [head(1) + link.replace('\t3', '\t4'), /^line 6: term node is "4", one from 1 to 3 is due$/],
    [head(1) + link.replace('100', '1oo'), /^line 6: capacity is "1oo", a number from 0 on is due$/],
    [head(1) + link.replace('1.5', '-1'), /^line 6: free flow time is "-1", a number from 0 on is due$/],
    [head(1) + link.replace('\t7', '\tx'), /^line 6: toll is "x", a number from 0 on is due$/],
  ] as const)('is refused: %j', ([text, message]) => {
    expect(outcomeOf(() => parseTntpNetwork(text))).toMatch(message)
  })
})

describe('TNTP trips', () => {
  it('are read with lines wrapped anyhow, pairs told twice added up, and trips within a zone apart', () => {
    const text =
      '<NUMBER OF ZONES> 3\n<END OF METADATA>\n~ made\nOrigin \t1\n1 : 5;2:1.5 ;\n 3\n:\n2; origin 3 1:1;1:2 ~ x\n'
    const { demand, withinZones } = parseTntpTrips(text, 3)
    expect(withinZones).toBe(5)
    expect([...demand.start]).toEqual([0, 2, 2, 3])
    expect([...demand.destination]).toEqual([1, 2, 0])
    expect([...demand.trips]).toEqual([1.5, 2, 3])
  })

  it.for([
    ['Origin 1\n 2 : 1;', /^line 1: "Origin" came, <NAME> value/],
    ['<END OF METADATA>\n2 : 1;', /^line 2: "2" came, the word "Origin" is due first$/],
    ['<NUMBER OF ZONES> 9\n<END OF METADATA>', /^line 1: trips of 9 zones came, the network has 3$/],
    ['<END OF METADATA>\nOrigin 7', /^line 2: "7" came, an origin from 1 to 3 is due$/],
    ['<END OF METADATA>\nOrigin 1\n\n5 : 1;', /^line 4: "5" came, a destination from 1 to 3 is due$/],
    ['<END OF METADATA>\nOrigin 1\n2 ; 1', /^line 3: ";" came, ":" is due after a destination$/],
    ['<END OF METADATA>\nOrigin 1\n2 : -1', /^line 3: trips is "-1", a number from 0 on is due$/],
    ['<END OF METADATA>\nOrigin 1\n2 :', /^line 3: the file ends where a number of trips is due$/],
    ['<END OF METADATA>\nOrigin', /^line 2: the file ends where an origin is due$/],
  ] as const)('are refused: %j', ([text, message]) => {
    expect(outcomeOf(() => parseTntpTrips(text, 3))).toMatch(message)
  })
})

describe.skipIf(cases('tntp/SiouxFalls') === undefined)('broken TNTP files', () => {
  it.for([
    ['net', parseTntpNetwork],
    ['trips', (text: string) => parseTntpTrips(text, 24)],
  ] as const)('%s: are read, or refused with a line', ([kind, parse]) => {
    const bytes = readFileSync(cases(`tntp/SiouxFalls/SiouxFalls_${kind}.tntp`)!)
    for (const broken of brokenBytes(bytes, 3000)) {
      const text = new TextDecoder().decode(broken)
      expect(outcomeOf(() => parse(text))).toMatch(/^(read|line \d+: .+)$/)
    }
  })
})
