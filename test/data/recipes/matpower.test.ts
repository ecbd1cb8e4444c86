/** MATPOWER cases: the published answers, the ways to write one, and what breaks. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMatpower } from '../../../data/recipes/matpower.ts'
import { summarise } from '../../../server/commands/powerflow.ts'
import { solvePowerFlow } from '../../../twin/power/powerNetwork.ts'

const cases = process.env['CITYTWIN_CASES'] ?? join(import.meta.dirname, '../../../../shared/cases')

const solve = (text: string) => {
  const parsed = parseMatpower(text)
  return summarise(parsed, solvePowerFlow(parsed.network), 0)
}

const HEAD = `function mpc = tiny
mpc.version = '2'; mpc.baseMVA = 10;
`
const BUS = `mpc.bus = [
  1 3 0 0 0 0 1 1 0 12.66 1 1 1;
  7 1 100 60 0 0 1 1 0 12.66 1 1.1 0.9 % two to come
  9 1 90 40 0 0 1 1 0 12.66 1 1.1 0.9
];
`
const REST = `mpc.gen = [ 1 0 0 10 -10 1 100 1 10 0 ];
mpc.branch = [
  1, 7, 0.0922, 0.0470, 0, 0, 0, 0, 0, 0, 1, -360, 360;
  7  9  0.4930  0.2511  0  0  0  0  ...
     0  0  1  -360  360
];
`
const SCALE = `define_constants;
Vbase = mpc.bus(1, BASE_KV) * 1e3; Sbase = mpc.baseMVA * 1e6;
mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);
mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3;
`
const WHOLE = HEAD + BUS + REST + SCALE

describe('a MATPOWER case', () => {
  it.for([
    ['case33bw', 202.677, 135.141, 0.91309, 18],
    ['case69', 224.992, 102.158, 0.90919, 65],
    ['case118zh', 1298.092, 978.736, 0.8688, 77],
  ] as const)('%s has the published losses of %f kW', ([name, kw, kvar, pu, bus], { skip }) => {
    const file = join(cases, 'power', `${name}.m`)
    if (!existsSync(file)) skip(`${name}.m is not among the cases`)
    const solved = solve(readFileSync(file, 'utf8'))
    expect(solved.lossesKw).toBeCloseTo(kw, 3)
    expect(solved.lossesKvar).toBeCloseTo(kvar, 3)
    expect(solved.minVoltagePu).toBeCloseTo(pu, 5)
    expect(solved.minVoltageBus).toBe(bus)
    expect(solved.mismatchPu).toBeLessThan(1e-6)
  })

  it('case70da is a forest of two sources, with its ties open', ({ skip }) => {
    const file = join(cases, 'power', 'case70da.m')
    if (!existsSync(file)) skip('case70da.m is not among the cases')
    const parsed = parseMatpower(readFileSync(file, 'utf8'))
    const flow = solvePowerFlow(parsed.network)
    expect(flow.method).toBe('sweep')
    expect([...parsed.network.isSource].filter((is) => is === 1)).toHaveLength(2)
    expect([...flow.isEnergized].every((is) => is === 1)).toBe(true)
  })

  it('case33bw with 7, 9, 14, 32, 37 open loses the published optimum of 139.551 kW', ({ skip }) => {
    const file = join(cases, 'power', 'case33bw.m')
    if (!existsSync(file)) skip('case33bw.m is not among the cases')
    const parsed = parseMatpower(readFileSync(file, 'utf8'))
    const { isClosed } = parsed.network.branches
    isClosed.fill(1)
    for (const branch of [7, 9, 14, 32, 37]) isClosed[branch - 1] = 0
    expect(solvePowerFlow(parsed.network).lossPPu * parsed.baseMva * 1000).toBeCloseTo(139.551, 3)
  })

  it('keeps the numbers the file gives its buses', () => {
    expect(parseMatpower(WHOLE).busNumbers).toEqual([1, 7, 9])
    expect(solve(WHOLE).minVoltageBus).toBe(9)
  })

  it.for([
    ['a base that is an expression', WHOLE.replace('mpc.baseMVA = 10', 'mpc.baseMVA = 30/3')],
    ['commas and line ends for spaces', WHOLE.replace('7 1 100 60 0 0', '7, 1, 100,60 ,0, 0')],
    ['cells that are expressions', WHOLE.replace('7 1 100 60', '7 1 50*2 sqrt(3600)')],
    ['constants by idx functions', WHOLE.replace('define_constants;', '[PQ, PV, REF, NONE, BUS_I, BUS_TYPE, PD, QD, GS, BS, BUS_AREA, VM, ...\n VA, BASE_KV] = idx_bus;\n[F_BUS, ~, BR_R, BR_X] = idx_brch;')],
    ['rows picked by comparison', WHOLE.replace('mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3', 'm = mpc.bus(:, BUS_TYPE) ~= 3;\nmpc.bus(m, PD:QD) = mpc.bus(m, PD:QD) .* (1e-3 * ones(2))')],
    ['columns appended', WHOLE.replace(SCALE, `mpc.bus(:, end+1) = 0;\n${SCALE}`)],
    ['an open tie', WHOLE.replace('mpc.branch = [', 'mpc.branch = [\n 1 9 2 2 0 0 0 0 0 0 0 -360 360;')],
    ['a generator that is off', WHOLE.replace('mpc.gen = [', 'mpc.gen = [ 9 5 5 10 -10 1.1 100 0 10 0;')],
    ['an isolated bus', WHOLE.replace('7 1 100', '5 4 9 9 0 0 1 1 0 12.66 1 1 1\n 7 1 100').replace('mpc.branch = [', 'mpc.branch = [\n 5 7 1 1 0 0 0 0 0 0 1 -360 360')],
    ['the format of version 1', WHOLE.replaceAll('mpc.', '').replace('function mpc', 'function [baseMVA, bus, gen, branch]')],
    ['Windows line ends', WHOLE.replaceAll('\n', '\r\n')],
    ['names of buses in a cell', `${WHOLE}mpc.bus_name = {\n 'a %';\n "it's"\n};`],
    ['a block comment', `%{\nmpc.bus = [\n%}\n${WHOLE}`],
    ['the order of loads kept by rows or columns', WHOLE.replace('mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3', 'mpc.bus(:, PD) = [0 100 90] / 1e3; mpc.bus(:, QD) = [0; 60; 40] / 1e3')],
    ['numbers picked out of a whole matrix', WHOLE.replace('mpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3', 'd = mpc.bus(:, [PD QD]);\nd(d > 50) = [100 90 60] / 1e3;\nd(d == 40) = 0.04;\nmpc.bus(:, [PD QD]) = d')],
    ['sizes, sums and extremes by dimension', WHOLE.replace('/ 1e3', '/ (1e3 * sum(ones(size(mpc.gen)), 2) / max(0 * mpc.gen + 10, [], 2))')],
    ['values taken over several lines', WHOLE.replace('define_constants;', 'define_constants;\n[rows,\ncolumns] = size(mpc.bus);\nmpc.bus = mpc.bus(1:rows, 1:columns);')],
    ['base voltages between phase and earth', WHOLE.replaceAll('0 12.66 1', '0\t(12.66*sqrt(3))/sqrt(3)\t1')],
    ['columns beyond the known', WHOLE.replace('-360, 360', '-360, 360, 0.0852').replace('-360  360', '-360  360  0.06')],
    ['several generators at one bus', WHOLE.replace('mpc.gen = [', 'mpc.gen = [ 1 0 0 10 -10 1.04 100 1 10 0;')],
    ['a transpose', WHOLE.replace('[PD, QD]) / 1e3', "[PD, QD])'' / 1e3")],
  ])('reads %s', ([, text]) => {
    const plain = solve(WHOLE)
    const other = solve(text)
    expect(other.lossesKw).toBeCloseTo(plain.lossesKw as number, 9)
    expect(other.minVoltagePu).toBeCloseTo(plain.minVoltagePu as number, 9)
  }) // prettier-ignore

  it('turns apparent power into active and reactive by the power factor its code names', () => {
    const text = `${WHOLE}pf = 0.85;
mpc.bus(:, QD) = mpc.bus(:, PD) * sin(acos(pf)); mpc.bus(:, PD) = mpc.bus(:, PD) * pf;`
    const { network } = parseMatpower(text)
    expect(network.pPu[1]).toBeCloseTo(0.1 * 0.85 * 0.1, 12)
    expect(network.qPu[1]).toBeCloseTo(0.1 * Math.sqrt(1 - 0.85 ** 2) * 0.1, 12)
  })

  it('counts power fed in, at a load bus or below zero, as less load', () => {
    const fed = WHOLE.replace('mpc.gen = [', 'mpc.gen = [ 9 0.04 0.01 10 -10 1.1 100 1 10 0;')
    const { network } = parseMatpower(fed.replace('7 1 100 60', '7 1 -100 -60'))
    expect(network.pPu[1]).toBeCloseTo(-0.01, 12)
    expect(network.qPu[1]).toBeCloseTo(-0.006, 12)
    expect(network.pPu[2]).toBeCloseTo((0.09 - 0.04) / 10, 12)
    expect(network.qPu[2]).toBeCloseTo((0.04 - 0.01) / 10, 12)
    expect(network.heldPu[2]).toBe(0)
  })

  it.for([
    ['', 'baseMVA'],
    ['hello world', 'line 1'],
    [WHOLE.replace('mpc.bus = [', 'mpc.buss = ['), 'bus'],
    [WHOLE.replace('7 1 100 60 0 0', '7 1 100 60 0 0 0'), 'row 2 of the matrix has 14 numbers'],
    [WHOLE.replace('];\n', '\n'), 'line'],
    [WHOLE.replace('7  9  0.4930', '7  8  0.4930'), 'branch row 2 ends at bus 8'],
    [WHOLE.replace('9 1 90', '7 1 90'), 'bus 7 is listed twice'],
    [WHOLE.replace('1 3 0 0', '1 1 0 0'), 'reference bus'],
    [WHOLE.replace('9 1 90 40', '9 1 NaN 40'), 'bus row 3, column 3'],
    [`${WHOLE}if x, y = 1; end`, '"if" is beyond what is read'],
    [`${WHOLE}z = frobnicate(3);`, '"frobnicate" is not known'],
    [`${WHOLE}mpc = loadcase('other');`, '"loadcase" is not known'],
    [`${WHOLE}z = sqrt(2, 3);`, 'line 18: sqrt() is not known with what it is given here'],
    [`${WHOLE}z = sum(mpc.bus, 3);`, 'line 18: 3 is no dimension'],
    [`${WHOLE}mpc.bus(:, PD) = [1 2];`, 'line 18: 1 × 2 numbers do not fill 3 × 1 places'],
    [`${WHOLE}mpc.bus(9, 1) / [1 2]`, 'line 18: row 9 exceeds 3 rows'],
  ])('that is broken ends with one sentence (%#)', ([text, message]) => {
    expect(() => parseMatpower(text)).toThrow(message)
    expect(() => parseMatpower(text)).toThrow(/^[^\n]+$/)
  })

  it('of any bytes is read or refused with a sentence, and never hangs', () => {
    const piece = fc.constantFrom('mpc.bus', '=', '[', ']', '(', ')', '{', '}', "'", '...', '%', ';', '\n', ' ', ',', ':', '1e3', '-', '~', 'end', 'PD', '^', './', '1.5.2', '"', '&&') // prettier-ignore
    const spoiled = fc
      .tuple(fc.nat(WHOLE.length), fc.nat(30), fc.array(piece, { maxLength: 8 }))
      .map(([at, length, pieces]) => WHOLE.slice(0, at) + pieces.join('') + WHOLE.slice(at + length))
    const any = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
      spoiled,
    )
    fc.assert(
      fc.property(any, (text) => {
        try {
          solvePowerFlow(parseMatpower(text).network)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
          expect((error as Error).name).not.toMatch(/TypeError|RangeError/)
        }
      }),
      { numRuns: 3000, seed: 1 },
    )
  })
})
