/** Which keys mean something on which face; the sheet of keys shows these and no others. */
import type { Face } from '../../twin/protocol/roles.ts'
import type { MessageKey } from '../language/language.ts'

const everywhere: readonly Face[] = ['public', 'plan', 'desk']

const keys: readonly (readonly [string, MessageKey, readonly Face[]])[] = [
  ['/', 'help.search', ['plan', 'desk']],
  ['1 – 4', 'help.layers', ['plan']],
  ['Ctrl Z', 'help.undo', ['plan']],
  ['Ctrl Shift Z', 'help.redo', ['plan']],
  ['X', 'help.flip', ['plan']],
  ['B', 'help.blackout', ['public', 'plan']],
  ['T', 'help.theme', everywhere],
  ['D', 'tools.buildings', everywhere],
  ['Esc', 'help.escape', everywhere],
  ['← ↑ ↓ →', 'help.pan', everywhere],
  ['+ −', 'help.zoom', everywhere],
  ['?', 'help.help', everywhere],
]

export function keysOf(face: Face): readonly (readonly [string, MessageKey])[] {
  return keys.filter(([, , faces]) => faces.includes(face)).map(([key, meaning]) => [key, meaning])
}
