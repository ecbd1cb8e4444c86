/** The keys, on one sheet. */
import { say } from '../language/language.ts'
import { Dialog } from './Dialog.tsx'

const keys = [
  ['/', 'help.search'],
  ['1 – 4', 'help.layers'],
  ['Ctrl Z', 'help.undo'],
  ['Ctrl Shift Z', 'help.redo'],
  ['B', 'help.blackout'],
  ['T', 'help.theme'],
  ['D', 'tools.buildings'],
  ['Esc', 'help.escape'],
  ['← ↑ ↓ →', 'help.pan'],
  ['+ −', 'help.zoom'],
  ['?', 'help.help'],
] as const

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={say('help.title')} onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, meaning]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(meaning)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
