/** The keys that mean something on a face, on one sheet, and whether single ones act at all. */
import { useState, type ReactNode } from 'react'
import type { Face } from '../../twin/protocol/roles.ts'
import { say } from '../language/language.ts'
import { Dialog } from './Dialog.tsx'
import { keysOf } from './keys.ts'
import { doKeysAct, letKeysAct } from './hotkeys.ts'

/** `children` are the face's own keys, of its lists. */
export function Help({ face, onClose, children }: { face: Face; onClose: () => void; children?: ReactNode }) {
  const [isOn, setOn] = useState(doKeysAct)
  return (
    <Dialog title={say('help.title')} onClose={onClose}>
      <dl className="keys">
        {keysOf(face).map(([key, meaning]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(meaning)}</dd>
          </div>
        ))}
      </dl>
      {children}
      <label className="row">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => {
            setOn(event.target.checked)
            letKeysAct(event.target.checked)
          }}
        />
        {say('help.single')}
      </label>
    </Dialog>
  )
}
