/** The command `powerflow` as people run it: one JSON object last, one sentence and exit 1 for what is broken. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const caseText = (load: string) => `function mpc = tiny
mpc.baseMVA = 1;
mpc.bus = [1 3 0 0 0 0 1 1 0 10 1 1 1; 5 1 ${load} 0 0 1 1 0 10 1 1.1 0.9];
mpc.gen = [1 0 0 1 -1 1 1 1 1 0];
mpc.branch = [1 5 0.05 0 0 0 0 0 0 0 1 -360 360];
`

describe('npm run powerflow', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'powerflow-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = (text: string | undefined) => {
    const file = join(folder, 'case.m')
    if (text !== undefined) writeFileSync(file, text)
    const args = text === undefined ? [] : ['--case', file]
    const node = join(root, 'node_modules/.bin/node')
    const { status, stdout, stderr } = spawnSync(node, ['server/commands/powerflow.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    })
    return { status, stdout, stderr: stderr.trim().split('\n') }
  }

  it('prints the solution of a case as its last line', () => {
    const { status, stdout } = run(caseText('1 0'))
    expect(status).toBe(0)
    const printed = JSON.parse(stdout.trim().split('\n').at(-1)!)
    expect(Object.keys(printed)).toEqual([
      'converged', 'lossesKw', 'lossesKvar', 'minVoltagePu', 'minVoltageBus', 'buses', 'iterations', 'mismatchPu', 'milliseconds',
    ]) // prettier-ignore
    expect(printed.minVoltagePu).toBeCloseTo((1 + Math.sqrt(0.8)) / 2, 8)
    expect(printed.minVoltageBus).toBe(5)
  })

  it('says when there is no solution, with exit code 1', () => {
    const { status, stdout } = run(caseText('9 0'))
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      converged: false,
      lossesKw: null,
      minVoltagePu: null,
      buses: 2,
    })
  })

  it('names the buses that no source reaches, and solves the others', () => {
    const text = caseText('1 0').replace(
      '5 1 1 0',
      '6 1 2 1 0 0 1 1 0 10 1 1 1; 8 4 2 1 0 0 1 1 0 10 1 1 1; 5 1 1 0',
    )
    const { status, stdout, stderr } = run(text)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ converged: true, minVoltageBus: 5, buses: 4 })
    expect(stderr).toHaveLength(1)
    expect(stderr[0]).toMatch(/no source reaches buses 6; they are left out$/)
  })

  it.for([['not a case'], [caseText('1')], [undefined]])('ends with one sentence for %j', ([text]) => {
    const { status, stdout, stderr } = run(text)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toHaveLength(1)
    expect(stderr[0]).toMatch(/^powerflow: /)
  })
})
