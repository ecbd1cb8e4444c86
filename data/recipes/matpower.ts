/**
 * MATPOWER case files (versions 1 and 2): runs the file's own code, so that columns it rescales at its end come out as
 * its author meant them, and gives the network it describes, per unit. Throws one sentence for a file that is broken.
 */
import type { BusBranchNetwork } from '../../twin/power/busBranch.ts'
import { cos, PI, sin } from '../../twin/kernel/math.ts'
import { isMatrix, runMatlab, type MatlabFunction, type Struct, type Value } from './matlab.ts'
import { indexAt, matrix, scalar, type Matrix } from './matrix.ts'

export interface MatpowerCase {
  readonly baseMva: number
  /** The numbers the file gives its buses, in its order. */
  readonly busNumbers: readonly number[]
  readonly network: BusBranchNetwork
}

/** Column names in the order of MATPOWER's idx_bus, idx_brch and idx_gen, which number them from 1; see its manual, appendix B. */
const BUS_NAMES =
  'BUS_I BUS_TYPE PD QD GS BS BUS_AREA VM VA BASE_KV ZONE VMAX VMIN LAM_P LAM_Q MU_VMAX MU_VMIN'.split(' ')
const BRANCH_NAMES = (
  'F_BUS T_BUS BR_R BR_X BR_B RATE_A RATE_B RATE_C TAP SHIFT BR_STATUS PF QF PT QT MU_SF MU_ST ' +
  'ANGMIN ANGMAX MU_ANGMIN MU_ANGMAX'
).split(' ')
const GEN_NAMES = (
  'GEN_BUS PG QG QMAX QMIN VG MBASE GEN_STATUS PMAX PMIN MU_PMAX MU_PMIN MU_QMAX MU_QMIN PC1 PC2 ' +
  'QC1MIN QC1MAX QC2MIN QC2MAX RAMP_AGC RAMP_10 RAMP_30 RAMP_Q APF'
).split(' ')
const COST_NAMES = 'PW_LINEAR POLYNOMIAL MODEL STARTUP SHUTDOWN NCOST COST'.split(' ')

/** Where the columns are not where the list says: angle limits stand before the results, costs of several blocks. */
const BRANCH_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 12, 13, 20, 21]
const GEN_NUMBERS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 22, 23, 24, 25, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
]
const COST_NUMBERS = [1, 2, 1, 2, 3, 4, 5]
const TYPE_NAMES = ['PQ', 'PV', 'REF', 'NONE']

/** Bus types. */
const PV = 2
const REF = 3
const NONE = 4

const FUNCTIONS: Readonly<Record<string, MatlabFunction>> = {
  idx_bus: () => [1, 2, 3, 4, ...BUS_NAMES.map((_, i) => i + 1)].map(scalar),
  idx_brch: () => BRANCH_NUMBERS.map(scalar),
  idx_gen: () => GEN_NUMBERS.map(scalar),
  idx_cost: () => COST_NUMBERS.map(scalar),
}

const COMMANDS: Readonly<Record<string, (variables: Struct) => void>> = {
  define_constants: (variables) => {
    const define = (names: readonly string[], number: (i: number) => number) =>
      names.forEach((name, i) => variables.set(name, scalar(number(i))))
    define(TYPE_NAMES, (i) => i + 1)
    define(BUS_NAMES, (i) => i + 1)
    define(BRANCH_NAMES, (i) => BRANCH_NUMBERS[i])
    define(GEN_NAMES, (i) => GEN_NUMBERS[i])
    define(COST_NAMES, (i) => COST_NUMBERS[i])
  },
}

/** The case of a file's text; throws, naming line or matrix and row, when it cannot be read or makes no sense. */
export function parseMatpower(text: string): MatpowerCase {
  const variables = runMatlab(text, FUNCTIONS, COMMANDS)
  const holder = [...variables.values()].find((value) => value instanceof Map && value.has('bus'))
  const find = (name: string): Value | undefined =>
    holder instanceof Map ? holder.get(name) : variables.get(name)
  const baseMva = numberOf(find('baseMVA'))
  if (baseMva === undefined || !(baseMva > 0) || !Number.isFinite(baseMva)) {
    throw new Error('the file gives no positive baseMVA, so it is no MATPOWER case')
  }
  const bus = tableOf(find('bus'), 'bus', 10)
  const branch = tableOf(find('branch'), 'branch', 4)
  const gen = tableOf(find('gen') ?? matrix(0, 0), 'gen', 6)
  if (bus.rows === 0) throw new Error('the file has no buses')
  const busNumbers = Array.from({ length: bus.rows }, (_, i) => at(bus, i, 1))
  const rowOf = new Map<number, number>()
  busNumbers.forEach((number, i) => {
    if (!Number.isInteger(number))
      throw new Error(`bus row ${i + 1} has the number ${number}, a whole one is due`)
    if (rowOf.has(number)) throw new Error(`bus ${number} is listed twice`)
    rowOf.set(number, i)
  })
  return { baseMva, busNumbers, network: makeNetwork(bus, branch, gen, rowOf, baseMva) }
}

function makeNetwork(
  bus: Matrix,
  branch: Matrix,
  gen: Matrix,
  rowOf: ReadonlyMap<number, number>,
  baseMva: number,
): BusBranchNetwork {
  const busColumn = (column: number) =>
    Float64Array.from({ length: bus.rows }, (_, i) => finite(at(bus, i, column), 'bus', i, column) / baseMva)
  const pPu = busColumn(3)
  const qPu = busColumn(4)
  const isSource = new Uint8Array(bus.rows)
  const isOut = new Uint8Array(bus.rows)
  const heldPu = new Float64Array(bus.rows)
  const magnitude = new Float64Array(bus.rows)
  const isGenerating = new Uint8Array(bus.rows)
  for (let i = 0; i < gen.rows; i++) {
    const at1 = rowOf.get(at(gen, i, 1))
    if (at1 === undefined) throw new Error(`gen row ${i + 1} is at bus ${at(gen, i, 1)}, which is not listed`)
    if (gen.columns >= 8 && !(at(gen, i, 8) > 0)) continue
    // Of several at one bus the last sets the voltage, as in MATPOWER.
    magnitude[at1] = finite(at(gen, i, 6), 'gen', i, 6)
    isGenerating[at1] = 1
    pPu[at1] -= finite(at(gen, i, 2), 'gen', i, 2) / baseMva
    qPu[at1] -= finite(at(gen, i, 3), 'gen', i, 3) / baseMva
  }
  for (let i = 0; i < bus.rows; i++) {
    const type = at(bus, i, 2)
    if (![1, PV, REF, NONE].includes(type))
      throw new Error(`bus row ${i + 1} has type ${type}, expected 1 to 4`)
    if (type === NONE) isOut[i] = 1
    if (type === REF) isSource[i] = 1
    if (type === PV && isGenerating[i] === 1) heldPu[i] = magnitude[i]
    if (magnitude[i] <= 0) magnitude[i] = at(bus, i, 8) > 0 ? at(bus, i, 8) : 1
  }
  if (!isSource.includes(1)) {
    const first = heldPu.findIndex((held) => held > 0)
    if (first < 0)
      throw new Error('the file has no reference bus (type 3) and no generator to take its place')
    isSource[first] = 1
    heldPu[first] = 0
  }
  const angle = (i: number) => (finite(at(bus, i, 9), 'bus', i, 9) * PI) / 180
  return {
    pPu,
    qPu,
    gPu: busColumn(5),
    bPu: busColumn(6),
    isSource,
    sourceRe: magnitude.map((v, i) => v * cos(angle(i))),
    sourceIm: magnitude.map((v, i) => v * sin(angle(i))),
    heldPu,
    isOut,
    branches: makeBranches(branch, rowOf),
  }
}

function makeBranches(branch: Matrix, rowOf: ReadonlyMap<number, number>): BusBranchNetwork['branches'] {
  const column = (number: number, otherwise = 0) =>
    Float64Array.from({ length: branch.rows }, (_, i) =>
      number > branch.columns ? otherwise : finite(at(branch, i, number), 'branch', i, number),
    )
  const end = (number: number) =>
    Int32Array.from(column(number), (bus, i) => {
      const row = rowOf.get(bus)
      if (row === undefined) throw new Error(`branch row ${i + 1} ends at bus ${bus}, which is not listed`)
      return row
    })
  const from = end(1)
  const to = end(2)
  const self = from.findIndex((bus, i) => bus === to[i])
  if (self >= 0) throw new Error(`branch row ${self + 1} begins and ends at the same bus`)
  // A ratio of 0 means a line, that is 1.
  const ratio = column(9).map((value) => (value === 0 ? 1 : value))
  const negative = ratio.findIndex((value) => value <= 0)
  if (negative >= 0) throw new Error(`branch row ${negative + 1} has the ratio ${ratio[negative]}`)
  const shift = column(10).map((degrees) => (degrees * PI) / 180)
  return {
    from,
    to,
    rPu: column(3),
    xPu: column(4),
    bPu: column(5),
    tapRe: ratio.map((value, i) => value * cos(shift[i])),
    tapIm: ratio.map((value, i) => value * sin(shift[i])),
    isClosed: Uint8Array.from(column(11, 1), (status) => (status > 0 ? 1 : 0)),
  }
}

function tableOf(value: Value | undefined, name: string, columns: number): Matrix {
  if (value === undefined) throw new Error(`the file has no matrix "${name}", so it is no MATPOWER case`)
  if (!isMatrix(value)) throw new Error(`"${name}" is no matrix of numbers`)
  if (value.rows > 0 && value.columns < columns) {
    throw new Error(`the matrix "${name}" has ${value.columns} columns, at least ${columns} are due`)
  }
  return value
}

function numberOf(value: Value | undefined): number | undefined {
  return isMatrix(value) && value.values.length === 1
    ? indexAt(value, [Int32Array.of(0)]).values[0]
    : undefined
}

/** The number in row `row` (from 0) and column `column` (from 1, as the manual counts). */
function at(of: Matrix, row: number, column: number): number {
  return of.values[row * of.columns + column - 1]
}

function finite(value: number, table: string, row: number, column: number): number {
  if (!Number.isFinite(value))
    throw new Error(`${table} row ${row + 1}, column ${column} is ${value}, a number is due`)
  return value
}
