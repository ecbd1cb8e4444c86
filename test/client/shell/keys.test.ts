/** The sheet of keys names no key that does nothing on its face. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keysOf } from '../../../client/shell/keys.ts'

// what of the sheet is a single key of one face, and the file that listens for it
const listeners = [
  ['/', 'plan', 'client/faces/plan/PlanFace.tsx', 'hotkey="/"'],
  ['/', 'desk', 'client/faces/desk/DeskFace.tsx', 'hotkey="/"'],
  ['B', 'public', 'client/faces/public/PublicTools.tsx', "useHotkey('b'"],
  ['B', 'plan', 'client/faces/plan/PlanFace.tsx', "useHotkey('b'"],
  ['1 – 4', 'plan', 'client/faces/plan/PlanFace.tsx', "useHotkey('4'"],
] as const
const facesOf = (key: string) =>
  (['public', 'plan', 'desk', 'wall'] as const).filter((face) => keysOf(face).some(([one]) => one === key))

test.each(['/', 'B', '1 – 4'])(
  '%s is on the sheet of the faces that listen for it, and of no other',
  (key) => {
    const said = listeners.filter(([one]) => one === key)
    expect(facesOf(key)).toEqual(said.map(([, face]) => face).toSorted((a, b) => order(a) - order(b)))
    for (const [, , path, words] of said) expect(readFileSync(path, 'utf8')).toContain(words)
  },
)

const order = (face: string) => ['public', 'plan', 'desk', 'wall'].indexOf(face)

test('nothing is undone where nothing is edited, and a wall has no keys', () => {
  expect(facesOf('Ctrl Z')).toEqual(['plan'])
  expect(keysOf('wall')).toEqual([])
})
